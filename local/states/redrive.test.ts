import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ExecutionNotRedrivable,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Clock, createClock } from '../clock.ts';
import { createEngine, type Engine } from './engine.ts';
import { memoryStore } from './store-memory.ts';
import { sqliteStore } from './store-sqlite.ts';
import { serveStates } from './wire.ts';

let clock: Clock;
let engine: Engine;
let served: Awaited<ReturnType<typeof serveStates>>;
let sfn: SFNClient;
/** what the machine called, in order; and the services that fail now */
let called: string[];
let tokens: string[];
const failing = new Set<string>();

const begin = async (store = memoryStore(), at: Clock = createClock({ now: '2026-03-02T08:00:00.000Z' })) => {
  clock = at;
  engine = createEngine({
    clock,
    store,
    services: async (call) => {
      const { FunctionName = '' } = call.arguments as { FunctionName?: string };
      called.push(FunctionName);
      if (call.taskToken !== undefined) tokens.push(call.taskToken);
      if (failing.has(FunctionName)) throw new Error('odd');
      return { Payload: FunctionName };
    },
  });
  served = await serveStates(engine);
  sfn = new SFNClient({
    region: 'us-east-1',
    endpoint: served.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
};
const end = async () => {
  sfn.destroy();
  await served.close();
  engine.close();
};
beforeEach(async () => {
  called = [];
  tokens = [];
  failing.clear();
  await begin();
});
afterEach(end);

const call = (name: string, next?: string) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name },
  ...(next === undefined ? { End: true } : { Next: next }),
});
const ask = (name: string, next?: string) => ({
  ...call(name, next),
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  TimeoutSeconds: 3600,
});

const started = async (States: object, StartAt = Object.keys(States)[0]) => {
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'm',
      roleArn: 'arn:aws:iam::111111111111:role/local',
      definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States }),
    }),
  );
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'e' }));
  await clock.settle();
  return executionArn;
};
const redrive = async (executionArn: string) => {
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  await clock.settle();
};
const statusOf = async (executionArn: string) => {
  const { status, redriveCount, redriveStatus } = await sfn.send(
    new DescribeExecutionCommand({ executionArn }),
  );
  return `${status}, redriven ${redriveCount}, ${redriveStatus}`;
};
const answer = async (token = '') => {
  await sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '"done"' }));
  await clock.settle();
};

test('a stopped wait asks anew with a fresh token, and what was done before is not done again', async () => {
  const execution = await started({
    First: call('first', 'Ask'),
    Ask: ask('ask', 'Last'),
    Last: call('last'),
  });
  await sfn.send(new StopExecutionCommand({ executionArn: execution, error: 'Operator' }));
  expect(await statusOf(execution)).toBe('ABORTED, redriven 0, REDRIVABLE');

  await redrive(execution);
  expect(await statusOf(execution)).toBe('RUNNING, redriven 1, NOT_REDRIVABLE');
  await expect(answer(tokens[0])).rejects.toThrow('Task Timed Out');
  await answer(tokens[1]);

  expect(await statusOf(execution)).toBe('SUCCEEDED, redriven 1, NOT_REDRIVABLE');
  expect(called).toEqual(['first', 'ask', 'ask', 'last']);
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn: execution }));
  const kinds = events.map(({ type }) => type);
  expect(kinds.slice(kinds.indexOf('ExecutionAborted'), kinds.indexOf('ExecutionRedriven') + 2)).toEqual([
    'ExecutionAborted',
    'ExecutionRedriven',
    'TaskScheduled',
  ]);
  expect(kinds.filter((type) => type === 'TaskStateEntered')).toHaveLength(3);
});

test('a state that failed is tried again once its cause is mended', async () => {
  failing.add('second');
  const execution = await started({ First: call('first', 'Second'), Second: call('second') });
  expect(await statusOf(execution)).toBe('FAILED, redriven 0, REDRIVABLE');

  failing.clear();
  await redrive(execution);

  expect(await statusOf(execution)).toBe('SUCCEEDED, redriven 1, NOT_REDRIVABLE');
  expect(called).toEqual(['first', 'second', 'second']);
});

test('of branches beside each other, those that were done stay done', async () => {
  const execution = await started({
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Done', States: { Done: call('done') } },
        { StartAt: 'Ask', States: { Ask: ask('ask') } },
      ],
      End: true,
    },
  });
  await sfn.send(new StopExecutionCommand({ executionArn: execution }));

  await redrive(execution);
  await answer(tokens[1]);

  expect(await statusOf(execution)).toBe('SUCCEEDED, redriven 1, NOT_REDRIVABLE');
  expect(called).toEqual(['done', 'ask', 'ask']);
});

test('a wait begins anew, and its time-out too', async () => {
  const execution = await started({ Ask: ask('ask') });
  await clock.advance(3_000_000);
  await sfn.send(new StopExecutionCommand({ executionArn: execution }));

  await redrive(execution);
  await clock.advance(3_599_000);
  expect(await statusOf(execution)).toContain('RUNNING');
  await clock.advance(1_000);
  expect(await statusOf(execution)).toContain('FAILED');
});

test('what is over for a fortnight, went well or runs is not redriven', async () => {
  const execution = await started({ Ask: ask('ask') });
  await expect(redrive(execution)).rejects.toThrow(ExecutionNotRedrivable);

  await sfn.send(new StopExecutionCommand({ executionArn: execution }));
  await clock.advance(14 * 86_400_000);
  await redrive(execution);
  await sfn.send(new StopExecutionCommand({ executionArn: execution }));
  await clock.advance(14 * 86_400_000 + 1);
  await expect(redrive(execution)).rejects.toThrow('14 days');
});

test('a redriven execution outlives the process, as one that was stopped does', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-redrive-'));
  const file = join(dir, 'states.sqlite');
  try {
    await end();
    await begin(sqliteStore(file));
    const execution = await started({ Ask: ask('ask') });
    await sfn.send(new StopExecutionCommand({ executionArn: execution }));
    await end();

    await begin(sqliteStore(file), clock);
    await redrive(execution);
    await end();

    await begin(sqliteStore(file), clock);
    await answer(tokens.at(-1));
    expect(await statusOf(execution)).toBe('SUCCEEDED, redriven 1, NOT_REDRIVABLE');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
