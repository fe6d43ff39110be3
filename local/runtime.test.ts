import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createClock } from './clock.ts';
import { type RuntimeOptions, startRuntime } from './runtime.ts';
import { startTable, type Table } from './table/process.ts';

const fn = (handler: string) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { Entry: 'local/lambda/fixtures/notes.handler.ts', Handler: handler },
  Properties: {
    FunctionName: `notes-${handler}`,
    Code: { ZipFile: '//' },
    Environment: {
      Variables: {
        TABLE_NAME: { Ref: 'Notes' },
        BUS_NAME: { Ref: 'Bus' },
        MACHINE_ARN: { Ref: 'Alias' },
      },
    },
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Runtime: 'nodejs24.x',
    Timeout: 10,
  },
});
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** A note over HTTP; its stream starts a run that waits a day, and tells the bus. */
const notes = {
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    Notes: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'notes',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    Api: fn('api'),
    Stream: fn('stream'),
    Step: fn('step'),
    Listener: fn('listener'),
    Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'notes', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Http' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf('Api'),
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Http' },
        RouteKey: 'PUT /notes/{id}',
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Notes', 'StreamArn'] },
        FunctionName: { Ref: 'Stream' },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 25,
        MaximumRetryAttempts: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
      },
    },
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'notes-failed' } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'notes' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { 'detail-type': ['note.written'] },
        Targets: [{ Id: 'one', Arn: arnOf('Listener') }],
      },
    },
    Async: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Listener' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'notes',
        RoleArn: arnOf('Role'),
        DefinitionSubstitutions: { Step: arnOf('Step') },
        DefinitionString: JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: 'Wait a day',
          States: {
            'Wait a day': { Type: 'Wait', Seconds: 86_400, Next: 'Note it' },
            'Note it': {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Arguments: { FunctionName: `$${'{Step}'}`, Payload: '{% $states.input %}' },
              End: true,
            },
          },
        }),
      },
    },
    Version: {
      Type: 'AWS::StepFunctions::StateMachineVersion',
      Properties: { StateMachineArn: { Ref: 'Machine' } },
    },
    Alias: {
      Type: 'AWS::StepFunctions::StateMachineAlias',
      Properties: {
        Name: 'live',
        RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Version' }, Weight: 100 }],
      },
    },
  },
};

let server: Table;
let worlds = 0;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.stop());

const world = async (options: Partial<RuntimeOptions> = {}) => {
  worlds += 1;
  const runtime = await startRuntime({
    templates: [notes],
    clock: createClock({ now: '2026-10-01T09:00:00Z' }),
    table: { endpoint: server.endpoint, prefix: `w${worlds}-` },
    people: [],
    ...options,
  });
  onTestFinished(runtime.stop);
  const dynamo = new DynamoDBClient({});
  const write = (id: string) => fetch(`${runtime.urls.api}/notes/${id}`, { method: 'PUT', body: 'hello' });
  const kept = async () => {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: runtime.environment.TABLE_NAME }));
    return Items.map(({ pk }) => String(pk?.S)).sort();
  };
  const failures = async () => {
    const sqs = new SQSClient({});
    const QueueUrl = `${runtime.urls.storage}/000000000000/notes-failed`;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
  };
  return { runtime, write, kept, failures, clock: runtime.clock };
};

test('a template lives: HTTP, table, stream, bus and state machine', async () => {
  const { write, kept, clock } = await world();

  const response = await write('n1');
  await clock.settle();
  expect([response.status, await response.text()]).toEqual([201, 'n1']);
  expect(await kept()).toEqual(['n1', 'n1/heard']);
  await clock.advance(86_400_000);

  expect(await kept()).toEqual(['n1', 'n1/heard', 'n1/run']);
});

test('a function that throws once is tried again, on the stream and on the bus', async () => {
  const { runtime, write, kept, clock } = await world();
  runtime.faults.throw('notes-stream');
  runtime.faults.throw('notes-listener', { when: 'after' });

  await write('n1');
  await clock.settle();
  expect(await kept()).toEqual(['n1']);
  await clock.advance(300_000);

  expect(await kept()).toEqual(['n1', 'n1/heard']);
});

test('what is given up is in the dead-letter queue', async () => {
  const { runtime, write, clock, failures } = await world();
  runtime.faults.throwAlways('notes-stream');

  await write('n1');
  await clock.advance(3_600_000);
  runtime.faults.clear();
  runtime.faults.throwAlways('notes-listener');
  await write('n2');
  await clock.advance(3_600_000);

  expect(await failures()).toMatchObject([
    { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } },
    {
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { detail: { id: 'n2' } },
    },
  ]);
});

test('a restart goes on with what waits', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-runtime-'));
  const first = await world({ dir, table: undefined });
  await first.write('n1');
  await first.clock.settle();
  const { ports } = first.runtime;
  await first.runtime.stop();

  const clock = createClock({ now: '2026-10-01T12:00:00Z' });
  const second = await world({ dir, table: undefined, ports, clock });
  await clock.advanceTo('2026-10-02T08:59:59Z');
  expect(await second.kept()).toEqual(['n1', 'n1/heard']);
  await clock.advanceTo('2026-10-02T09:00:00Z');

  expect(await second.kept()).toEqual(['n1', 'n1/heard', 'n1/run']);
});
