import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { beforeAll, expect, test } from 'vitest';
import { indexName } from '../functions/shared/table/create.ts';
import type { Index } from '../functions/shared/table/port.ts';
import { aPack, ofType, type Resource, resourcesOf } from './testing.ts';

type Statement = {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};
type Policies = readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];

let resources: Readonly<Record<string, Resource>>;
beforeAll(async () => {
  resources = await resourcesOf();
});

const listed = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

/** `<DataTableFDBAD0F2.Arn>/index/g1` -> `Table/index/g1`: construct paths without hashes, ARNs without their head. */
const shown = (resource: unknown): string =>
  flattenCfnReference(resource)
    .replaceAll(/arn:<AWS::Partition>:([\w-]+):<AWS::Region>:<AWS::AccountId>:/g, '$1:')
    .replaceAll(/<(\w+?)[0-9A-F]{8}(\.Arn|\.StreamArn)?>/g, (_, id: string, attribute: string) =>
      attribute === '.StreamArn' ? `${id}.stream` : id,
    );

/** `dynamodb:GetItem Query on DataTable`; a statement that says anything else than actions and resources is no right. */
const lines = ({ Action, Resource, ...rest }: Statement): string[] => {
  expect(rest).toEqual({ Effect: 'Allow' });
  const actions = listed(Action);
  const service = actions[0]?.split(':')[0];
  expect(actions.every((action) => action.startsWith(`${service}:`))).toBe(true);
  const names = actions.map((action) => action.slice(`${service}:`.length)).join(' ');
  return listed(Resource).map((resource) => `${service}:${names} on ${shown(resource)}`);
};

const rightsOf = (role: Resource | undefined): string[] =>
  ((role?.Properties.Policies ?? []) as Policies).flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.flatMap(lines),
  );

const roleIdOf = (name: string): string => {
  const [, made] =
    ofType(resources, 'AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties.FunctionName === `voronka-dev-${name}`,
    ) ?? [];
  const [roleId = ''] =
    (made?.Properties.Role as { 'Fn::GetAtt': string[] } | undefined)?.['Fn::GetAtt'] ?? [];
  return roleId;
};
const roleOf = (name: string): Resource | undefined => resources[roleIdOf(name)];

const read = 'dynamodb:GetItem BatchGetItem Query on DataTable';
const write =
  'dynamodb:GetItem BatchGetItem Query PutItem UpdateItem DeleteItem BatchWriteItem ConditionCheckItem on DataTable';
const queries = (...indexes: Index[]) =>
  indexes.map((index) => `dynamodb:Query on DataTable/index/${indexName(index)}`);
const secrets = (...names: string[]) =>
  names.map((name) => `secretsmanager:GetSecretValue on Secrets${name}`);
const stream = 'dynamodb:DescribeStream GetRecords GetShardIterator ListStreams on DataTable.stream';
const answers =
  'states:SendTaskSuccess SendTaskFailure SendTaskHeartbeat on states:stateMachine:voronka-dev-*';
const starts = 'states:StartExecution on states:stateMachine:voronka-dev-*';
const publishes = 'events:PutEvents on MessagingBus';
const failsTo = (queue: string) => `sqs:SendMessage on ${queue}Failed`;

const schedules = [
  'scheduler:CreateSchedule DeleteSchedule on scheduler:schedule/SchedulesReminders/*',
  'iam:PassRole on SchedulesRemindersRole',
];

const expected: Readonly<Record<string, readonly string[]>> = {
  deals: [
    write,
    ...queries('g1', 'g2', 'g3'),
    ...secrets('Links'),
    's3:GetObject PutObject DeleteObject on Files/files/*',
    's3:DeleteObject on Files/mail/*',
  ],
  tasks: [write, ...queries('g1', 'g2', 'g3'), 's3:GetObject on Files/files/*'],
  ledger: [write, ...queries('g1', 'g2', 'g3')],
  contacts: [write, ...queries('g1', 'g2', 'g3')],
  admin: [write, ...queries('g1', 'g2', 'g3')],
  inbox: [write, ...queries('g1', 'g2', 'g3')],
  'reports-api': [read, ...queries('g1', 'g2', 'g3')],
  payments: [write, ...queries('g1', 'g2', 'g3'), ...secrets('Robokassa', 'Links')],
  delivery: [write, ...queries('g1', 'g2', 'g3'), ...secrets('Cdek')],
  outbox: [write, ...queries('g1', 'g2', 'g3'), ...secrets('Links', 'Sms')],
  pages: [
    write,
    ...queries('g1', 'g2', 'g3'),
    ...secrets('Robokassa', 'Links'),
    's3:GetObject on Files/files/*',
  ],
  step: [write, ...queries('g1', 'g2', 'g3'), ...secrets('Links'), answers],
  workflow: [
    write,
    ...queries('g1', 'g2', 'g3'),
    stream,
    failsTo('WorkflowOutbox'),
    starts,
    'states:StopExecution on states:execution:voronka-dev-*',
    answers,
    publishes,
    ...schedules,
  ],
  alarm: [failsTo('WorkflowAlarm'), write, ...queries('g1')],
  faults: [
    failsTo('WorkflowFailedRuns'),
    write,
    ...queries('g1'),
    starts,
    'states:DescribeExecution RedriveExecution StopExecution on states:execution:voronka-dev-*',
  ],
  deliver: [
    failsTo('NotifyDeliver'),
    write,
    ...secrets('Links'),
    'ses:SendEmail on ses:identity/MailIdentity',
    'ses:SendEmail on ses:configuration-set/MailLetters',
    ...schedules,
    's3:GetObject on Files/files/*',
  ],
  'mail-events': [failsTo('NotifyMailEvents'), write, ...queries('g3')],
  'mail-in': [
    failsTo('MailIn'),
    write,
    ...queries('g1', 'g2', 'g3'),
    ...secrets('Links'),
    's3:GetObject on Files/mail/*',
    's3:PutObject on Files/files/*',
  ],
  'delivery-work': [
    failsTo('Delivery'),
    write,
    ...queries('g1', 'g2', 'g3'),
    ...schedules,
    ...secrets('Cdek'),
    's3:PutObject on Files/files/*',
  ],
  'payments-work': [
    failsTo('Payments'),
    write,
    ...queries('g1', 'g2', 'g3'),
    ...secrets('Robokassa'),
    ...schedules,
  ],
  sms: [
    failsTo('Sms'),
    write,
    ...queries('g1', 'g2', 'g3'),
    ...schedules,
    ...secrets('Sms'),
    'sns:Publish on *',
  ],
  port: [failsTo('NotifyPort'), write, ...queries('g1', 'g2', 'g3')],
  webhooks: [
    failsTo('EventsWebhooks'),
    write,
    ...queries('g1', 'g2', 'g3'),
    ...schedules,
    ...secrets('Links'),
  ],
  reports: [write, stream, failsTo('ReportsAggregates')],
  digest: [failsTo('ReportsDigests'), write, ...queries('g1', 'g2', 'g3')],
};

test('the table above names every function', () => {
  const names = ofType(resources, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    String(Properties.FunctionName).replace('voronka-dev-', ''),
  );

  expect(names.sort()).toEqual(Object.keys(expected).sort());
});

const untraced = ['workflow', 'reports'];
const traces = 'xray:PutTraceSegments PutTelemetryRecords on *';

test('all functions begin a trace with each call but those that every change of the table calls', () => {
  const passing = ofType(resources, 'AWS::Lambda::Function').flatMap(([, { Properties }]) =>
    (Properties.TracingConfig as { Mode: string }).Mode === 'Active' ? [] : [Properties.FunctionName],
  );

  expect(passing.sort()).toEqual(untraced.map((name) => `voronka-dev-${name}`).sort());
});

test.each(Object.entries(expected))('%s may do what its file says and nothing else', (name, rights) => {
  const [logs, ...more] = rightsOf(roleOf(name));

  expect(logs).toBe(
    `logs:CreateLogStream PutLogEvents on ${roleIdOf(name).replace(/Role[0-9A-F]{8}$/, 'Logs')}`,
  );
  expect(more).toEqual(untraced.includes(name) ? rights : [traces, ...rights]);
});

test('machines may call the step function and publish to the bus by their names, and log and trace', () => {
  const [, machines] =
    ofType(resources, 'AWS::IAM::Role').find(([id]) => id.startsWith('industrialRole')) ?? [];

  expect(rightsOf(machines)).toEqual([
    'lambda:InvokeFunction on lambda:function:voronka-dev-step',
    'events:PutEvents on events:event-bus/voronka-dev',
    'logs:CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies DescribeLogGroups on *',
    'xray:PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets on *',
  ]);
});

test('schedules may call the functions they are made for', () => {
  const roleNamed = (start: string) =>
    ofType(resources, 'AWS::IAM::Role').find(([id]) => id.startsWith(start))?.[1];

  expect(rightsOf(roleNamed('SchedulesRemindersRole'))).toEqual([
    ...['deliver', 'alarm', 'payments-work', 'delivery-work', 'sms', 'mail-in', 'webhooks'].map(
      (name) => `lambda:InvokeFunction on lambda:function:voronka-dev-${name}`,
    ),
  ]);
  expect(rightsOf(roleNamed('PaymentsScheduleRole'))).toEqual([
    'lambda:InvokeFunction on PaymentsPaymentsWorkFunction',
    failsTo('Payments'),
  ]);
  expect(rightsOf(roleNamed('ReportsDigestsSchedulesRole'))).toEqual([
    'lambda:InvokeFunction on ReportsDigestsDigestFunction',
    failsTo('ReportsDigests'),
  ]);
});

test('nobody holds a right outside the one policy of its role', () => {
  const policies = [
    ...ofType(resources, 'AWS::IAM::Policy'),
    ...ofType(resources, 'AWS::IAM::ManagedPolicy'),
  ];
  const managed = ofType(resources, 'AWS::IAM::Role').filter(
    ([, { Properties }]) => 'ManagedPolicyArns' in Properties,
  );

  expect([...policies, ...managed]).toEqual([]);
});

test('a star alone stands only for tracing, the delivery of logs and messages to phones', () => {
  const stars = ofType(resources, 'AWS::IAM::Role').flatMap(([, role]) =>
    rightsOf(role).filter((line) => line.endsWith(' on *')),
  );

  expect([...new Set(stars.map((line) => line.split(':')[0]))].sort()).toEqual(['logs', 'sns', 'xray']);
});

/** Who may assume a role, or call what a resource's own policy speaks of, and under which condition. */
const trust = ({ Effect, Action, Principal, Condition = {} }: Statement): string => {
  const who = Object.values(Principal as object).join(' ');
  const when = Object.entries(Condition).flatMap(([operator, values]) =>
    Object.entries(values).map(([key, value]) => ` if ${operator} ${key} ${shown(value)}`),
  );
  return `${Effect} ${who} ${listed(Action).join(' ')}${when.join('')}`;
};

test('a role is assumed by the service it is made for alone, in this account', () => {
  const functions = Object.keys(expected).map(roleIdOf);
  const trusts = ofType(resources, 'AWS::IAM::Role').map(([id, { Properties }]) => {
    const { Statement } = Properties.AssumeRolePolicyDocument as { readonly Statement: readonly Statement[] };
    return [functions.includes(id) ? 'a function' : id.replace(/[0-9A-F]{8}$/, ''), Statement.map(trust)];
  });

  const own = ' if StringEquals aws:SourceAccount <AWS::AccountId>';
  expect(trusts.length).toBe(functions.length + 5);
  expect(Object.fromEntries(trusts)).toEqual({
    'a function': ['Allow lambda.amazonaws.com sts:AssumeRole'],
    industrialRole: [`Allow states.amazonaws.com sts:AssumeRole${own}`],
    SchedulesRemindersRole: [`Allow scheduler.amazonaws.com sts:AssumeRole${own}`],
    DeliveryScheduleRole: [`Allow scheduler.amazonaws.com sts:AssumeRole${own}`],
    PaymentsScheduleRole: [`Allow scheduler.amazonaws.com sts:AssumeRole${own}`],
    ReportsDigestsSchedulesRole: [`Allow scheduler.amazonaws.com sts:AssumeRole${own}`],
  });
});

test('a function is called from outside its role by the one API and by its own rule alone', () => {
  const calls = ofType(resources, 'AWS::Lambda::Permission').map(([, { Properties }]) => {
    const { Action, FunctionName, Principal, SourceArn, ...rest } = Properties;
    expect(rest).toEqual({});
    return `${Principal} ${Action} ${shown(FunctionName)} from ${shown(SourceArn)}`;
  });

  const api = [
    'Deals',
    'Tasks',
    'Ledger',
    'Contacts',
    'Admin',
    'Inbox',
    'ReportsApi',
    'Payments',
    'Delivery',
    'Outbox',
    'Pages',
  ];
  const ruled = [
    'EventsWebhooks/',
    'WorkflowFailedRuns/Faults',
    'NotifyDeliver/',
    'NotifyMailEvents/',
    'NotifyPort/',
    'Delivery/DeliveryWork',
    'Payments/PaymentsWork',
    'Sms/',
  ];
  expect(calls.sort()).toEqual(
    [
      ...api.map(
        (name) =>
          `apigateway.amazonaws.com lambda:InvokeFunction Api${name}Function from execute-api:ApiHttp/*/*`,
      ),
      ...ruled.map((path) => {
        const [concern, name] = path.split('/');
        return `events.amazonaws.com lambda:InvokeFunction ${concern}${name}Function from ${concern}Rule`;
      }),
      'events.amazonaws.com lambda:InvokeFunction SmsFunction from SmsAlsoRule',
      'ses.amazonaws.com lambda:InvokeFunction MailInFunction from ses:receipt-rule-set/voronka-dev:receipt-rule/letters',
    ].sort(),
  );
});

test('a queue, a bucket and a topic let in nobody by their own policies but what feeds them', () => {
  const policies = ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy'].flatMap(
    (type) => ofType(resources, type),
  );
  const allowed = policies.flatMap(([, { Properties }]) => {
    const { Statement } = Properties.PolicyDocument as { readonly Statement: readonly Statement[] };
    return Statement.filter(({ Effect }) => Effect !== 'Deny').map(
      (one) => `${shown(one.Resource)}: ${trust(one)}`,
    );
  });

  expect(allowed.sort()).toEqual([
    'DeliveryFailed: Allow events.amazonaws.com sqs:SendMessage if ArnEquals aws:SourceArn DeliveryRule',
    'EventsWebhooksFailed: Allow events.amazonaws.com sqs:SendMessage if ArnEquals aws:SourceArn EventsWebhooksRule',
    'Files/mail/*: Allow ses.amazonaws.com s3:PutObject if StringEquals aws:SourceAccount <AWS::AccountId> if StringEquals aws:SourceArn ses:receipt-rule-set/voronka-dev:receipt-rule/letters',
    ...['NotifyDeliver', 'NotifyMailEvents', 'NotifyPort', 'Payments'].map(
      (concern) =>
        `${concern}Failed: Allow events.amazonaws.com sqs:SendMessage if ArnEquals aws:SourceArn ${concern}Rule`,
    ),
    'SmsFailed: Allow events.amazonaws.com sqs:SendMessage if ArnEquals aws:SourceArn SmsAlsoRule',
    'SmsFailed: Allow events.amazonaws.com sqs:SendMessage if ArnEquals aws:SourceArn SmsRule',
    'WatchAlarms: Allow cloudwatch.amazonaws.com sns:Publish if StringEquals aws:SourceAccount <AWS::AccountId>',
    'WorkflowFailedRunsFailed: Allow events.amazonaws.com sqs:SendMessage if ArnEquals aws:SourceArn WorkflowFailedRunsRule',
  ]);
});

test('prod holds the same rights as dev, each on its own', async () => {
  const prod = await resourcesOf(aPack, 'prod');

  const all = (one: Readonly<Record<string, Resource>>) =>
    ofType(one, 'AWS::IAM::Role').map(([id, role]) => [id, rightsOf(role)]);
  expect(JSON.parse(JSON.stringify(all(prod)).replaceAll('voronka-prod', 'voronka-dev'))).toEqual(
    all(resources),
  );
});
