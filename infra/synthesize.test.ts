import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { api } from '../schemas/api/index.ts';
import { voronka } from './app.ts';
import { synthesize } from './synthesize.ts';
import { aPack, ofType, resourcesOf } from './testing.ts';

const app = () => voronka(aPack, { context: { 'voronka:bundle': false } });

test('cdk-nag finds nothing in the app', () => {
  const { violations } = new AwsSolutionsChecks().validateScope(app());

  expect(violations).toEqual([]);
});

test('cdk-nag finds what is not acknowledged', () => {
  const made = app();
  new Topic(made.node.findChild('Voronka') as Stack, 'Open');

  const { violations } = new AwsSolutionsChecks().validateScope(made);

  expect(violations.map(({ ruleName }) => ruleName)).toEqual(['AwsSolutions-SNS3']);
});

test.each(['dev', 'prod'])('CloudFormation accepts every property in %s', async (stage) => {
  const { warnings } = await synthesize({ bundle: false, nag: true, made: aPack, stage });

  expect(warnings).toEqual([]);
});

test('the template names no account and no region', async () => {
  const { templates } = await synthesize({ bundle: false, nag: false, made: aPack });

  expect(JSON.stringify(templates)).not.toMatch(/\b\d{12}\b|\b(eu|us|ap)-[a-z]+-\d\b/);
});

test('the same input gives the same template', async () => {
  expect(await resourcesOf()).toEqual(await resourcesOf());
});

test('every function is given the same environment', async () => {
  const functions = ofType(await resourcesOf(), 'AWS::Lambda::Function');

  const maps = new Set(functions.map(([, { Properties }]) => JSON.stringify(Properties.Environment)));

  expect(functions.length).toBeGreaterThan(15);
  expect(maps.size).toBe(1);
});

test('every function says which source it is made from', async () => {
  const functions = ofType(await resourcesOf(), 'AWS::Lambda::Function');

  for (const [, { Metadata }] of functions) {
    expect(Metadata).toMatchObject({
      Entry: expect.stringMatching(/^functions\/[a-z-]+\/[a-z-]+\.handler\.ts$/),
      Handler: 'handler',
    });
  }
});

test('every log group ends, and every function and machine has one', async () => {
  const resources = await resourcesOf();
  const groups = ofType(resources, 'AWS::Logs::LogGroup');

  expect(groups.filter(([, { Properties }]) => Properties.RetentionInDays !== 7)).toEqual([]);
  expect(
    ofType(resources, 'AWS::Lambda::Function').filter(([, { Properties }]) => {
      const { LogGroup } = Properties.LoggingConfig as { LogGroup?: { Ref: string } };
      return LogGroup === undefined || resources[LogGroup.Ref]?.Type !== 'AWS::Logs::LogGroup';
    }),
  ).toEqual([]);
});

test('every queue is encrypted, refuses plain HTTP and rings an alarm', async () => {
  const resources = await resourcesOf();
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const alarms = JSON.stringify(ofType(resources, 'AWS::CloudWatch::Alarm'));
  const policies = JSON.stringify(ofType(resources, 'AWS::SQS::QueuePolicy'));

  expect(queues.map(([, { Properties }]) => Properties.QueueName).sort()).toEqual(
    [
      'alarm',
      'deliver',
      'delivery-work',
      'digest',
      'faults',
      'mail-events',
      'mail-in',
      'payments-work',
      'port',
      'reports',
      'sms',
      'webhooks',
      'workflow',
    ].map((name) => `voronka-dev-${name}-failed`),
  );
  for (const [id, { Properties }] of queues) {
    expect(Properties.SqsManagedSseEnabled).toBe(true);
    expect(alarms).toContain(`{"Name":"QueueName","Value":{"Fn::GetAtt":["${id}","QueueName"]}}`);
    expect(policies).toContain(`"Resource":{"Fn::GetAtt":["${id}","Arn"]}`);
  }
});

test('every alarm tells the one topic', async () => {
  const resources = await resourcesOf();
  const [[topic] = []] = ofType(resources, 'AWS::SNS::Topic');

  const silent = ofType(resources, 'AWS::CloudWatch::Alarm').filter(
    ([, { Properties }]) => JSON.stringify(Properties.AlarmActions) !== JSON.stringify([{ Ref: topic }]),
  );

  expect(silent).toEqual([]);
});

test('alarms of this account may publish to the topic, over TLS only', async () => {
  const [[, policy] = []] = ofType(await resourcesOf(), 'AWS::SNS::TopicPolicy');

  expect(policy?.Properties.PolicyDocument).toMatchObject({
    Statement: [
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ],
  });
});

test('what is called without anyone waiting puts its failures away', async () => {
  const resources = await resourcesOf();

  const asynchronous = ofType(resources, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => {
    const { Ref } = Properties.FunctionName as { Ref: string };
    expect(Properties.DestinationConfig).toMatchObject({ OnFailure: { Destination: {} } });
    return resources[Ref]?.Properties.FunctionName;
  });

  expect(asynchronous.sort()).toEqual(
    [
      'alarm',
      'deliver',
      'delivery-work',
      'digest',
      'faults',
      'mail-events',
      'mail-in',
      'payments-work',
      'port',
      'sms',
      'webhooks',
    ].map((name) => `voronka-dev-${name}`),
  );
});

test('both consumers read the stream in order, answer in part and put away what they cannot take', async () => {
  const mappings = ofType(await resourcesOf(), 'AWS::Lambda::EventSourceMapping');

  expect(mappings.map(([, { Properties }]) => Properties.BatchSize).sort()).toEqual([100, 25]);
  for (const [, { Properties }] of mappings) {
    expect(Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: {} } },
    });
  }
});

test('an endpoint is a route, and only a public one is served without a token', async () => {
  const resources = await resourcesOf({ ...aPack, endpoints: api });

  const routes = Object.fromEntries(
    ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]),
  );

  expect(routes).toEqual(
    Object.fromEntries(
      Object.values(api).map((one) => [`${one.method} ${one.path}`, 'public' in one ? 'NONE' : 'JWT']),
    ),
  );
});

test('an endpoint of a service that does not exist is refused with those that do', async () => {
  const endpoints = { odd: { method: 'GET', path: '/v1/odd', service: 'odd' } } as never;

  await expect(resourcesOf({ machines: [], endpoints })).rejects.toThrow(
    'endpoint odd: no service "odd"; services are deals, tasks, ledger, contacts, admin, inbox, reports-api',
  );
});

test('data outlives the stack in prod, and goes with it elsewhere', async () => {
  const kept = async (stage: string) => {
    const resources = await resourcesOf(aPack, stage);
    const policies = [
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
      'AWS::SecretsManager::Secret',
      'AWS::Events::EventBus',
      'AWS::Events::Archive',
      'AWS::SES::EmailIdentity',
    ].flatMap((type) => ofType(resources, type).map(([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy));
    return { count: policies.length, policies: new Set(policies) };
  };

  expect(await kept('prod')).toEqual({ count: 11, policies: new Set(['Retain']) });
  expect(await kept('dev')).toEqual({ count: 11, policies: new Set(['Delete']) });
});

test('a stage name that cannot begin physical names is refused', async () => {
  await expect(resourcesOf(aPack, 'Prod EU')).rejects.toThrow(
    'context stage: "Prod EU" cannot begin physical names; use up to 20 of a-z, 0-9 and "-", a letter first',
  );
});

test('every stack leaves room below the 500 resources and the megabyte that CloudFormation takes', async () => {
  const { templates } = await synthesize({ bundle: false, nag: false });

  const counts = templates.map(({ Resources }) => Object.keys(Resources as object).length);
  const bytes = templates.map((template) => JSON.stringify(template).length);

  expect(Math.max(...counts)).toBeLessThan(450);
  expect(Math.max(...bytes)).toBeLessThan(900_000);
});
