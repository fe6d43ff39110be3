import { expect, test } from 'vitest';
import { EnvironmentsDiffer, enter, sharedEnvironment } from './environment.ts';
import { createHost, FunctionFailed, FunctionMissing } from './host.ts';

const root = import.meta.dirname;
const hosted = (name: string, more: object = {}) => ({
  name,
  arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
  logicalId: `${name}Function`,
  entry: 'fixtures/plain.handler.ts',
  handler: name,
  timeoutSeconds: 1,
  ...more,
});

test('a function is called by its name, logical id, ARN and the ARN of an alias, with an event of its own', async () => {
  const { invoke } = createHost({ functions: [hosted('echo')], root });
  const event = { at: new Date('2026-10-01T09:00:00Z'), nothing: undefined };

  const answers = await Promise.all(
    ['echo', 'echoFunction', hosted('echo').arn, `${hosted('echo').arn}:live`].map((name) =>
      invoke(name, event),
    ),
  );

  expect(answers).toEqual(Array(4).fill({ event: { at: '2026-10-01T09:00:00.000Z' }, name: 'echo' }));
});

test('what a function throws is told as Lambda tells it', async () => {
  const { invoke } = createHost({ functions: [hosted('refuse')], root });

  const failed = await invoke('refuse', {}).catch((error: unknown) => error);

  expect(failed).toBeInstanceOf(FunctionFailed);
  expect(failed).toMatchObject({ errorType: 'DealMoved', errorMessage: 'someone was first' });
});

test('a function that takes longer than its timeout fails', async () => {
  const { invoke } = createHost({ functions: [hosted('never', { timeoutSeconds: 0.02 })], root });

  await expect(invoke('never', {})).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('a fault strikes as often as it is told to, before the function or after it', async () => {
  const { invoke, faults } = createHost({ functions: [hosted('count')], root });
  const count = () => invoke('count', {}).catch((error: FunctionFailed) => error.errorMessage);

  const first = await count();
  faults.throw('count', { times: 2 });
  const struck = [await count(), await count()];
  faults.throwAlways('count', { when: 'after', error: new Error('late') });
  const late = await count();
  faults.clear('count');

  expect([first, struck, late, await count()]).toEqual([
    1,
    ['a fault was injected', 'a fault was injected'],
    'late',
    3,
  ]);
});

test('a source that is not there is refused before anything runs', () => {
  const functions = [hosted('echo'), hosted('gone', { entry: 'fixtures/gone.handler.ts' })];

  expect(() => createHost({ functions, root })).toThrow(FunctionMissing);
  expect(() => createHost({ functions, root })).toThrow(/gone: fixtures\/gone.handler.ts/);
});

test('a handler that the source does not export is refused when it is loaded', async () => {
  const { load } = createHost({ functions: [hosted('nobody')], root });

  await expect(load()).rejects.toThrow(
    'fixtures/plain.handler.ts exports no function "nobody"; it exports count, echo, never, refuse',
  );
});

test('functions that disagree about a value are refused, by name', () => {
  const functions = [
    { name: 'one', environment: { TABLE: 'a', LEVEL: 'info' } },
    { name: 'two', environment: { TABLE: 'b' } },
  ];

  expect(() => sharedEnvironment(functions)).toThrow(EnvironmentsDiffer);
  expect(() => sharedEnvironment(functions)).toThrow('environment value TABLE: one has "a" and two has "b"');
  expect(sharedEnvironment(functions.slice(0, 1))).toEqual({ TABLE: 'a', LEVEL: 'info' });
});

test('the environment of the process is as it was when the runtime leaves', () => {
  const before = { ...process.env };

  const leave = enter({ PATH: undefined, VORONKA_TEST: 'x' });
  const during = [process.env.PATH, process.env.VORONKA_TEST];
  leave();

  expect(during).toEqual([undefined, 'x']);
  expect(process.env).toEqual(before);
});
