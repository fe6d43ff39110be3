import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidDefinition,
  InvalidToken,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  PublishStateMachineVersionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { createEngine, type Engine } from './engine.ts';
import { memoryStore } from './store-memory.ts';
import { serveStates } from './wire.ts';

const start = '2026-03-02T08:00:00.000Z';
const clock = createClock({ now: start });
const tokens: string[] = [];
let engine: Engine;
let served: Awaited<ReturnType<typeof serveStates>>;
let sfn: SFNClient;

const approval = (seconds: number) =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
        TimeoutSeconds: seconds,
        End: true,
      },
    },
  });

const roleArn = 'arn:aws:iam::111111111111:role/local';

const makeMachine = async (name: string, definition = approval(60)) => {
  const made = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn }));
  return made.stateMachineArn ?? '';
};

const begin = async (stateMachineArn: string, name: string, input = '{}') => {
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  await clock.settle();
  return { executionArn: executionArn ?? '', taskToken: tokens.at(-1) ?? '' };
};

beforeAll(async () => {
  engine = createEngine({
    clock,
    store: memoryStore(),
    services: async (call) => {
      if (call.taskToken) tokens.push(call.taskToken);
      return {};
    },
  });
  served = await serveStates(engine);
  sfn = new SFNClient({
    region: 'us-east-1',
    endpoint: served.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(async () => {
  sfn.destroy();
  await served.close();
});

test('the client starts, answers, describes and reads back an execution', async () => {
  const machine = await makeMachine('answered');
  const { executionArn, taskToken } = await begin(machine, 'one', '{"deal":7}');

  await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
  await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":true}' }));
  const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const first = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3 }));
  const { nextToken = '' } = first;
  const second = await sfn.send(new GetExecutionHistoryCommand({ executionArn, nextToken }));
  const last = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
  );

  expect(described).toMatchObject({
    status: 'SUCCEEDED',
    stateMachineArn: machine,
    name: 'one',
    input: '{"deal":7}',
    output: '{"ok":true}',
    startDate: new Date(start),
    stopDate: new Date(start),
  });
  const types = [...(first.events ?? []), ...(second.events ?? [])].map((event) => event.type);
  expect(types).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(first.events?.[2]).toMatchObject({
    id: 3,
    previousEventId: 2,
    timestamp: new Date(start),
    taskScheduledEventDetails: {
      resource: 'invoke.waitForTaskToken',
      resourceType: 'lambda',
      timeoutInSeconds: 60,
    },
  });
  expect(last.events).toEqual([second.events?.at(-1)]);
});

test('named exceptions reach the client by their classes', async () => {
  const machine = await makeMachine('refusing');
  const { taskToken } = await begin(machine, 'one');
  await sfn.send(new SendTaskFailureCommand({ taskToken, error: 'Refused', cause: 'no stock' }));

  const unknown = 'arn:aws:states:us-east-1:111111111111:execution:refusing:none';
  const jsonPath = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });

  await expect(begin(machine, 'one')).rejects.toThrow(ExecutionAlreadyExists);
  await expect(begin(`${machine}x`, 'one')).rejects.toThrow(StateMachineDoesNotExist);
  await expect(sfn.send(new DescribeExecutionCommand({ executionArn: unknown }))).rejects.toThrow(
    ExecutionDoesNotExist,
  );
  await expect(makeMachine('paths', jsonPath)).rejects.toThrow(InvalidDefinition);
  await expect(makeMachine('paths', jsonPath)).rejects.toThrow(/only JSONata runs here/);
  await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toThrow(
    TaskTimedOut,
  );
  await expect(sfn.send(new SendTaskSuccessCommand({ taskToken: 'made up', output: '{}' }))).rejects.toThrow(
    InvalidToken,
  );
});

test('the same name with the same input is the execution already running', async () => {
  const machine = await makeMachine('once');
  const one = await begin(machine, 'one', '{"a": 1}');
  const again = await begin(machine, 'one', '{ "a":1 }');

  expect(again.executionArn).toBe(one.executionArn);
  await expect(begin(machine, 'one', '{"a":2}')).rejects.toThrow(ExecutionAlreadyExists);
});

test('an execution under way keeps its revision while the alias moves on', async () => {
  const machine = await makeMachine('versioned');
  const publish = async () => {
    const made = await sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn: machine }));
    return made.stateMachineVersionArn ?? '';
  };
  const firstVersion = await publish();
  const { stateMachineAliasArn = '' } = await sfn.send(
    new CreateStateMachineAliasCommand({
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: firstVersion, weight: 100 }],
    }),
  );
  const early = await begin(stateMachineAliasArn, 'early');

  await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: machine, definition: approval(5) }));
  const secondVersion = await publish();
  const late = await begin(secondVersion, 'late');
  await clock.advance(5000);

  expect([firstVersion, secondVersion]).toEqual([`${machine}:1`, `${machine}:2`]);
  const alias = await sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
  expect(alias.routingConfiguration).toEqual([{ stateMachineVersionArn: firstVersion, weight: 100 }]);
  const of = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));
  expect(await of(early.executionArn)).toMatchObject({ status: 'RUNNING', stateMachineAliasArn });
  expect(await of(late.executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  const current = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machine }));
  expect(JSON.parse(current.definition ?? '')).toEqual(JSON.parse(approval(5)));
});

test('a stopped execution is listed as aborted, the newest first', async () => {
  const machine = await makeMachine('stopped');
  const one = await begin(machine, 'one');
  await begin(machine, 'two');

  await sfn.send(
    new StopExecutionCommand({ executionArn: one.executionArn, error: 'Moved', cause: 'the deal moved on' }),
  );

  const names = async (statusFilter?: 'RUNNING' | 'ABORTED') => {
    const list = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn: machine, ...(statusFilter ? { statusFilter } : {}) }),
    );
    return list.executions?.map((execution) => execution.name);
  };
  expect(await names()).toEqual(['two', 'one']);
  expect(await names('RUNNING')).toEqual(['two']);
  expect(await names('ABORTED')).toEqual(['one']);
  const described = await sfn.send(new DescribeExecutionCommand({ executionArn: one.executionArn }));
  expect(described).toMatchObject({ status: 'ABORTED', error: 'Moved', cause: 'the deal moved on' });
});

test('lists come in pages', async () => {
  for (const name of ['page-a', 'page-b', 'page-c']) await makeMachine(name);
  const names: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const list = await sfn.send(
      new ListStateMachinesCommand({ maxResults: 2, ...(nextToken ? { nextToken } : {}) }),
    );
    names.push(...(list.stateMachines ?? []).map((machine) => machine.name));
    nextToken = list.nextToken;
  } while (nextToken);

  expect(names).toEqual(engine.listStateMachines().map((machine) => machine.name));
  expect(names).toContain('page-c');
});

test('what is no call, no JSON or too large is refused with what would do', async () => {
  const post = async (target: string, body: string) => {
    const response = await fetch(served.url, { method: 'POST', headers: { 'x-amz-target': target }, body });
    return { status: response.status, ...((await response.json()) as { __type: string; message: string }) };
  };

  const unknown = await post('AWSStepFunctions.Redrive', '{}');
  const broken = await post('AWSStepFunctions.StartExecution', '{');
  const wrong = await post('AWSStepFunctions.StartExecution', '{"stateMachineArn":7}');
  const large = await post(
    'AWSStepFunctions.StartExecution',
    JSON.stringify({ input: 'x'.repeat(5_000_000) }),
  );

  expect(unknown).toMatchObject({ status: 400, __type: 'com.amazonaws.states#UnknownOperationException' });
  expect(unknown.message).toContain('StartExecution');
  for (const refused of [broken, wrong, large]) {
    expect(refused).toMatchObject({ status: 400, __type: 'com.amazonaws.states#ValidationException' });
  }
});
