import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { beforeAll, expect, test } from 'vitest';
import { indexName } from '../functions/shared/table/create.ts';
import type { Index } from '../functions/shared/table/port.ts';
import { ofType, type Resource, resourcesOf } from './testing.ts';

type Statement = { readonly Action: string | string[]; readonly Resource: unknown };
type Policies = readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];

let resources: Readonly<Record<string, Resource>>;
beforeAll(async () => {
  resources = await resourcesOf();
});

const listed = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

/** `<DataTableFDBAD0F2.Arn>/index/g1` -> `Table/index/g1`: construct paths without hashes, ARNs without their head. */
const shown = (resource: unknown): string =>
  flattenCfnReference(resource)
    .replaceAll(/arn:<AWS::Partition>:(\w+):<AWS::Region>:<AWS::AccountId>:/g, '$1:')
    .replaceAll(/<(\w+?)[0-9A-F]{8}(\.Arn|\.StreamArn)?>/g, (_, id: string, attribute: string) =>
      attribute === '.StreamArn' ? `${id}.stream` : id,
    );

/** `dynamodb:GetItem Query on DataTable` */
const lines = ({ Action, Resource }: Statement): string[] => {
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

const roleOf = (name: string): Resource | undefined => {
  const [, made] =
    ofType(resources, 'AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties.FunctionName === `voronka-dev-${name}`,
    ) ?? [];
  const [roleId = ''] =
    (made?.Properties.Role as { 'Fn::GetAtt': string[] } | undefined)?.['Fn::GetAtt'] ?? [];
  return resources[roleId];
};

const read = 'dynamodb:GetItem BatchGetItem Query on DataTable';
const write =
  'dynamodb:GetItem BatchGetItem Query PutItem UpdateItem DeleteItem BatchWriteItem ConditionCheckItem on DataTable';
const queries = (...indexes: Index[]) =>
  indexes.map((index) => `dynamodb:Query on DataTable/index/${indexName(index)}`);
const stream = 'dynamodb:DescribeStream GetRecords GetShardIterator ListStreams on DataTable.stream';
const answers =
  'states:SendTaskSuccess SendTaskFailure SendTaskHeartbeat on states:stateMachine:voronka-dev-*';
const starts = 'states:StartExecution on states:stateMachine:voronka-dev-*';
const publishes = 'events:PutEvents on MessagingBus';
const failsTo = (queue: string) => `sqs:SendMessage on ${queue}Failed`;

const expected: Readonly<Record<string, readonly string[]>> = {
  deals: [write, ...queries('g1', 'g2', 'g3'), 's3:GetObject PutObject DeleteObject on Files/files/*'],
  tasks: [write, ...queries('g1', 'g2', 'g3')],
  ledger: [write, ...queries('g1', 'g2', 'g3')],
  contacts: [write, ...queries('g1', 'g2', 'g3')],
  admin: [write, ...queries('g1', 'g2', 'g3')],
  inbox: [write, ...queries('g1', 'g2', 'g3')],
  'reports-api': [read, ...queries('g1', 'g2', 'g3')],
  step: [write, ...queries('g1', 'g2', 'g3'), answers],
  workflow: [
    write,
    ...queries('g1', 'g2', 'g3'),
    stream,
    failsTo('WorkflowOutbox'),
    starts,
    'states:StopExecution on states:execution:voronka-dev-*',
    answers,
    publishes,
  ],
  faults: [
    failsTo('WorkflowFailedRuns'),
    write,
    starts,
    'states:DescribeExecution RedriveExecution StopExecution on states:execution:voronka-dev-*',
  ],
  deliver: [
    failsTo('NotifyDeliver'),
    write,
    'ses:SendEmail on ses:identity/MailIdentity',
    'ses:SendEmail on ses:configuration-set/MailLetters',
    'scheduler:CreateSchedule DeleteSchedule on scheduler:schedule/SchedulesReminders/*',
    'iam:PassRole on SchedulesRemindersRole',
  ],
  'mail-events': [failsTo('NotifyMailEvents'), write, ...queries('g3')],
  port: [failsTo('NotifyPort'), write, ...queries('g1', 'g2', 'g3')],
  reports: [write, stream, failsTo('ReportsAggregates')],
  digest: [failsTo('ReportsDigests'), write, ...queries('g1', 'g2', 'g3')],
};

test('the table above names every function', () => {
  const names = ofType(resources, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    String(Properties.FunctionName).replace('voronka-dev-', ''),
  );

  expect(names.sort()).toEqual(Object.keys(expected).sort());
});

test.each(Object.entries(expected))('%s may do what its file says and nothing else', (name, rights) => {
  const [logs, xray, ...rest] = rightsOf(roleOf(name));

  expect(logs).toMatch(/^logs:CreateLogStream PutLogEvents on \w+Logs$/);
  expect(xray).toBe('xray:PutTraceSegments PutTelemetryRecords on *');
  expect(rest).toEqual(rights);
});

test('machines may call the step function and publish to the bus, and log and trace', () => {
  const [, machines] =
    ofType(resources, 'AWS::IAM::Role').find(([id]) => id.startsWith('WorkflowMachinesRole')) ?? [];

  expect(rightsOf(machines)).toEqual([
    'lambda:InvokeFunction on WorkflowStepFunction',
    publishes,
    'logs:CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies DescribeLogGroups on *',
    'xray:PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets on *',
  ]);
});

test('schedules may call one function each', () => {
  const roleNamed = (start: string) =>
    ofType(resources, 'AWS::IAM::Role').find(([id]) => id.startsWith(start))?.[1];

  expect(rightsOf(roleNamed('SchedulesRemindersRole'))).toEqual([
    'lambda:InvokeFunction on lambda:function:voronka-dev-deliver',
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

test('a star alone stands only for tracing and for the delivery of logs', () => {
  const stars = ofType(resources, 'AWS::IAM::Role').flatMap(([, role]) =>
    rightsOf(role).filter((line) => line.endsWith(' on *')),
  );

  expect([...new Set(stars.map((line) => line.split(':')[0]))].sort()).toEqual(['logs', 'xray']);
});
