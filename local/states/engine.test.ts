import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Clock, createClock } from '../clock.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type ExecutionEvent,
  type ServiceCall,
} from './engine.ts';
import { ServiceError } from './errors.ts';
import type { Store } from './store.ts';
import { memoryStore } from './store-memory.ts';
import { sqliteStore } from './store-sqlite.ts';

const NOW = '2026-01-05T08:00:00.000Z';

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'voronka-states-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'states.sqlite');
};

type World = { clock: Clock; engine: Engine; calls: ServiceCall[] };

const world = (store: Store, options: Partial<EngineOptions> & { now?: string } = {}): World => {
  const { now = NOW, ...rest } = options;
  const clock = createClock({ now });
  const calls: ServiceCall[] = [];
  const services = async (call: ServiceCall) => {
    calls.push(call);
    return { taken: true };
  };
  return { clock, calls, engine: createEngine({ clock, store, services, ...rest }) };
};

const machine = (states: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });

const ladder = machine({
  Ready: { Type: 'Pass', Assign: { rung: 0 }, Next: 'Ask' },
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: {
      FunctionName: 'ask',
      Payload: { token: '{% $states.context.Task.Token %}', rung: '{% $rung %}' },
    },
    TimeoutSeconds: '{% [60, 120, 600][$rung] %}',
    Catch: [{ ErrorEquals: ['States.Timeout'], Assign: { rung: '{% $rung + 1 %}' }, Next: 'Ask' }],
    Next: 'Done',
  },
  Done: { Type: 'Pass', Output: { rung: '{% $rung %}', answer: '{% $states.input %}' }, End: true },
});

const begin = async ({ engine, clock }: World, definition: string, name = 'run', input = '{}') => {
  const { stateMachineArn } = await engine.createStateMachine({ name: 'machine', definition });
  const { executionArn } = await engine.startExecution({ stateMachineArn, name, input });
  await clock.settle();
  return { executionArn, stateMachineArn };
};

const types = (engine: Engine, arn: string) => engine.getExecutionHistory(arn).map((event) => event.type);

const stores = [
  ['in memory', memoryStore],
  ['in a file', () => sqliteStore(temporary())],
] as const;

test.each(stores)('%s, an execution climbs its ladder and is answered', async (_, makeStore) => {
  const here = world(makeStore());
  const { engine, clock, calls } = here;
  const { executionArn } = await begin(here, ladder);

  await clock.advance(100_000);
  await engine.sendTaskSuccess({ taskToken: calls[1]?.taskToken ?? '', output: '"yes"' });

  expect(engine.describeExecution(executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: { rung: 1, answer: 'yes' },
    stoppedAt: Date.parse(NOW) + 100_000,
  });
  expect(engine.getExecutionHistory(executionArn).map((event) => event.id)).toEqual(
    Array.from({ length: engine.describeExecution(executionArn).events }, (__, n) => n + 1),
  );
  expect(engine.transitions(executionArn).total).toBe(4);
  expect(engine.transitions().total).toBe(4);
  engine.close();
});

test('an engine made on the same file goes on where the last one was', async () => {
  const file = temporary();
  const before = world(sqliteStore(file));
  const { executionArn } = await begin(before, ladder);
  await before.clock.advance(100_000);
  before.engine.close();

  const after = world(sqliteStore(file), { now: before.clock.now().toISOString() });
  await after.clock.settle();

  // The token was handed out already: the service is not asked again, and the rung falls due when it would have.
  expect(after.calls).toEqual([]);
  expect(after.clock.next()).toBe(Date.parse(NOW) + 180_000);
  await after.clock.advance(80_000);
  expect(after.calls.map((call) => call.arguments)).toMatchObject([{ Payload: { rung: 2 } }]);
  const token = after.calls[0]?.taskToken ?? '';
  await after.engine.sendTaskSuccess({ taskToken: token, output: '1' });
  expect(after.engine.describeExecution(executionArn)).toMatchObject({ output: { rung: 2, answer: 1 } });
  after.engine.close();
});

test('timers that fell due while no engine ran fire at once', async () => {
  const file = temporary();
  const before = world(sqliteStore(file));
  const wait = machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } });
  const { executionArn } = await begin(before, wait);
  before.engine.close();

  const after = world(sqliteStore(file), { now: '2026-02-01T00:00:00.000Z' });
  await after.clock.settle();

  expect(after.engine.describeExecution(executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    stoppedAt: Date.parse('2026-02-01T00:00:00.000Z'),
  });
  after.engine.close();
});

test('a task under way when the engine died is asked for again, under the same token', async () => {
  const file = temporary();
  const asked: (string | undefined)[] = [];
  const { promise: never } = Promise.withResolvers<unknown>();
  const reached = Promise.withResolvers<void>();
  const before = world(sqliteStore(file), {
    services: (call) => {
      asked.push(call.taskToken);
      reached.resolve();
      return never;
    },
  });
  const { stateMachineArn } = await before.engine.createStateMachine({ name: 'machine', definition: ladder });
  await before.engine.startExecution({ stateMachineArn, name: 'run' });
  await reached.promise;
  before.engine.close();

  const after = world(sqliteStore(file));
  await after.clock.settle();

  expect(after.calls.map((call) => call.taskToken)).toEqual(asked);
  after.engine.close();
});

test('what a commit refuses is not acknowledged, and no service hears of it', async () => {
  const store = memoryStore();
  let full = false;
  const here = world({
    ...store,
    commit(changes, machines) {
      if (full) throw new Error('the disk is full');
      store.commit(changes, machines);
    },
  });
  const { stateMachineArn } = await here.engine.createStateMachine({ name: 'machine', definition: ladder });
  full = true;

  await expect(here.engine.startExecution({ stateMachineArn })).rejects.toThrow('the disk is full');
  expect(here.calls).toEqual([]);
});

test.each([[[400_000]], [Array.from({ length: 80 }, () => 5000)], [[59_999, 1, 119_999, 1, 220_000]]])(
  'advancing by %j gives the same history',
  async (steps) => {
    const here = world(memoryStore());
    const { executionArn } = await begin(here, ladder);

    for (const ms of steps) await here.clock.advance(ms);

    const whole = world(memoryStore());
    const { executionArn: same } = await begin(whole, ladder);
    await whole.clock.advance(400_000);
    expect(here.engine.getExecutionHistory(executionArn)).toEqual(whole.engine.getExecutionHistory(same));
  },
);

test('a name is free again ninety days after its execution ended', async () => {
  for (const [, makeStore] of stores) {
    const here = world(makeStore());
    const { stateMachineArn, executionArn } = await begin(
      here,
      machine({ End: { Type: 'Succeed' } }),
      'once',
      '{"n":1}',
    );
    const again = () => here.engine.startExecution({ stateMachineArn, name: 'once', input: '{"n":2}' });

    await here.clock.advance(90 * 86_400_000 - 1);
    await expect(again()).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });

    await here.clock.advance(1);
    expect(await again()).toMatchObject({ executionArn });
    expect(here.engine.describeExecution(executionArn)).toMatchObject({ input: { n: 2 }, events: 4 });
    expect(types(here.engine, executionArn)).toHaveLength(4);
    expect(here.engine.listExecutions({ stateMachineArn })).toHaveLength(1);
    here.engine.close();
  }
});

const nesting = (form: string) =>
  machine({
    Sub: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${form}`,
      Arguments: {
        StateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:child',
        Input: { n: 2 },
      },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }],
      End: true,
    },
    Lost: { Type: 'Pass', Output: '{% $parse($states.input.Cause) %}', End: true },
  });

const child = (last: object) => machine({ Rest: { Type: 'Wait', Seconds: 30, Next: 'Last' }, Last: last });

test.each([
  [
    '.sync:2',
    { Type: 'Succeed', Output: { n: '{% $states.input.n * 2 %}' } },
    { Status: 'SUCCEEDED', Output: { n: 4 } },
    30_000,
  ],
  [
    '.sync',
    { Type: 'Succeed', Output: { n: '{% $states.input.n * 2 %}' } },
    { Status: 'SUCCEEDED', Output: '{"n":4}' },
    30_000,
  ],
  ['.sync:2', { Type: 'Fail', Error: 'Lost' }, { Status: 'FAILED', Error: 'Lost' }, 30_000],
  ['', { Type: 'Succeed' }, { ExecutionArn: expect.stringContaining(':execution:child:') }, 0],
])('startExecution%s of a machine that ends with %o gives %o', async (form, last, output, after) => {
  const here = world(memoryStore());
  await here.engine.createStateMachine({ name: 'child', definition: child(last) });
  const { executionArn } = await begin(here, nesting(form));
  await here.clock.advance(60_000);

  const parent = here.engine.describeExecution(executionArn);
  expect(parent).toMatchObject({ status: 'SUCCEEDED', output });
  expect((parent.stoppedAt ?? 0) - parent.startedAt).toBe(after);
});

test('stopping an execution stops the one it waits for', async () => {
  const here = world(memoryStore());
  const made = await here.engine.createStateMachine({
    name: 'child',
    definition: child({ Type: 'Succeed' }),
  });
  const { executionArn } = await begin(here, nesting('.sync:2'));

  await here.engine.stopExecution({ executionArn });
  await here.clock.settle();

  expect(here.engine.listExecutions(made).map((execution) => execution.status)).toEqual(['ABORTED']);
});

test('transitions count states entered and retries, in all and by machine', async () => {
  const here = world(memoryStore(), {
    services: () => {
      throw new ServiceError({ error: 'Busy' });
    },
  });
  const definition = machine({
    Send: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents',
      Arguments: {},
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['Busy'], Next: 'Lost' }],
      End: true,
    },
    Lost: { Type: 'Succeed' },
  });

  const { executionArn, stateMachineArn } = await begin(here, definition);
  await here.clock.advance(60_000);

  expect(here.engine.transitions(executionArn).total).toBe(4);
  expect(here.engine.transitions()).toEqual({ total: 4, machines: { [stateMachineArn]: 4 } });
});

test('listeners hear of every start and end, after it is kept', async () => {
  const store = memoryStore();
  const here = world(store);
  const heard: unknown[] = [];
  here.engine.onEvent(({ execution, status, at }: ExecutionEvent) => {
    heard.push([execution.name, status, at.toISOString(), store.execution(execution.arn)?.status]);
  });

  await begin(here, machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } }));
  await here.clock.advance(60_000);

  expect(heard).toEqual([
    ['run', 'RUNNING', NOW, 'RUNNING'],
    ['run', 'SUCCEEDED', '2026-01-05T08:01:00.000Z', 'SUCCEEDED'],
  ]);
});

test.each([
  ['JSONPath', { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }, 'only JSONata runs here'],
  ['a missing target', { A: { Type: 'Pass', Next: 'B' } }, 'is no state here; states are A'],
  [
    'a field unknown to the state',
    { A: { Type: 'Pass', InputPath: '$', End: true } },
    'a Pass state takes no InputPath',
  ],
  [
    'a field unknown to a choice rule',
    {
      A: { Type: 'Choice', Choices: [{ Variable: '$.a', Condition: '{% true %}', Next: 'B' }] },
      B: { Type: 'Succeed' },
    },
    'a rule takes no Variable',
  ],
  [
    'an expression that does not parse',
    { A: { Type: 'Pass', Output: '{% 1 + %}', End: true } },
    '/States/A/Output: the expression "1 +"',
  ],
  [
    'an operator the service does not have',
    { A: { Type: 'Pass', Output: '{% $a ?? 1 %}', End: true } },
    'does not parse',
  ],
  [
    'a distributed map',
    {
      A: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
          StartAt: 'B',
          States: { B: { Type: 'Succeed' } },
        },
        End: true,
      },
    },
    'only INLINE runs here',
  ],
  [
    'an unknown resource',
    { A: { Type: 'Task', Resource: 'arn:aws:sqs:x', End: true } },
    "is neither a function's ARN",
  ],
  [
    'a wildcard among others',
    { A: { Type: 'Pass', Catch: [{ ErrorEquals: ['States.ALL', 'X'], Next: 'A' }], End: true } },
    'States.ALL stands alone',
  ],
])('%s is refused when the machine is made', async (_, states, words) => {
  const definition = 'StartAt' in states ? JSON.stringify(states) : machine(states);
  const made = world(memoryStore()).engine.createStateMachine({ name: 'machine', definition });

  await expect(made).rejects.toMatchObject({
    name: 'InvalidDefinition',
    message: expect.stringContaining(words),
  });
});
