import { createClock } from '../clock.ts';
import { createEngine, type Engine, type ServiceCall } from './engine.ts';
import { ServiceError } from './errors.ts';
import type { EventRecord } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { invocationFailure, invocationResult, readInvocation } from './lambda-invoke.ts';
import { bindStandIns, departure, fill } from './match.ts';
import type { Store } from './store.ts';
import { memoryStore } from './store-memory.ts';

type FunctionStub =
  | 'echo'
  | { return: Json }
  | { raise: { errorType: string; errorMessage: string } }
  | { delaySeconds: number; then: FunctionStub }
  | { failure: { error: string; cause: string } };

type Callback = 'never' | { success: Json } | { failure: { error?: string; cause?: Json } };

type ServiceStub = {
  resource: string;
  result?: Json;
  failure?: { error?: string; cause?: Json };
  submitted?: Json;
  callback?: Callback;
};

/** Something done from outside `at` seconds after the start, to the token scheduled `task`-th (from 1). */
export type Deed = {
  at: number;
  do: 'success' | 'failure' | 'heartbeat' | 'stop';
  task?: number;
  output?: Json;
  error?: string;
  cause?: string;
  /** Name of the exception that the call answers with. */
  throws?: string;
};

/** A machine, what it is started with and what has to come out. `deeds` is an addition to the recorded form. */
export type Case = {
  name: string;
  topic: string;
  adapted: boolean;
  definition: JsonObject;
  input: Json;
  lambda?: { [name: string]: FunctionStub };
  services?: ServiceStub[];
  deeds?: Deed[];
  /** Fraction that stands for every chance; 0.5 if left out. */
  chance?: number;
  /** Seconds from start to end, if they matter. */
  seconds?: number;
  expected: { status: string; output?: Json; error?: string; cause?: Json; events?: JsonObject[] };
  compare?: string;
};

const flatten = (record: EventRecord, id: number): JsonObject => {
  const { assigned, ...details } = record.d ?? {};
  const event = { id, previousEventId: record.p, type: record.t, ...details } as JsonObject;
  if (assigned) event.assignedVariables = assigned;
  return event;
};

const runFunction = async (stub: FunctionStub, payload: unknown, call: ServiceCall): Promise<unknown> => {
  if (stub === 'echo') return payload;
  if ('return' in stub) return stub.return;
  if ('raise' in stub) throw invocationFailure(stub.raise, 'request');
  if ('failure' in stub) throw new ServiceError(stub.failure);
  await call.sleep(stub.delaySeconds * 1000);
  return runFunction(stub.then, payload, call);
};

const failureOf = (failure: { error?: string; cause?: Json }, bound: Map<string, string>) => ({
  error: failure.error,
  cause: failure.cause === undefined ? undefined : String(fill(failure.cause, bound)),
});

export type Outcome = {
  status: string;
  output: Json | undefined;
  error: string | undefined;
  cause: string | undefined;
  seconds: number;
  events: JsonObject[];
};

const START = '2026-01-05T08:00:00.000Z';

/** Runs a case under a virtual clock, with its stubs, until the machine ends or nothing is left to wait for. */
export const runCase = async (
  given: Case,
  bound: Map<string, string>,
  store: Store = memoryStore(),
): Promise<Outcome> => {
  const clock = createClock({ now: START });
  const answers = [...(given.services ?? [])];
  const tokens: string[] = [];
  const unexpected: string[] = [];
  const services = async (call: ServiceCall): Promise<unknown> => {
    if (call.taskToken) tokens.push(call.taskToken);
    const invocation = readInvocation(call.resource, call.arguments);
    if (invocation && given.lambda) {
      const stub = given.lambda[invocation.functionName];
      if (!stub)
        throw new ServiceError({
          error: 'Lambda.ResourceNotFoundException',
          cause: `no function ${invocation.functionName}`,
        });
      return invocationResult(call.resource, await runFunction(stub, invocation.payload, call), 'request');
    }
    const next = answers.shift();
    if (!next?.resource.startsWith(call.resource)) {
      throw new ServiceError({
        error: 'Case.NoAnswer',
        cause: `the case has no answer for ${call.resource}`,
      });
    }
    if (next.failure) throw new ServiceError(failureOf(next.failure, bound));
    if (next.callback === undefined) return fill(next.result ?? null, bound);
    const token = call.taskToken ?? '';
    if (typeof next.callback !== 'string') {
      // Answered before the submission is known: the engine keeps the answer until it is.
      const { callback } = next;
      if ('success' in callback)
        void engine.sendTaskSuccess({
          taskToken: token,
          output: JSON.stringify(fill(callback.success, bound)),
        });
      else void engine.sendTaskFailure({ taskToken: token, ...failureOf(callback.failure, bound) });
    }
    return fill(next.submitted ?? null, bound);
  };
  const engine: Engine = createEngine({
    clock,
    store,
    services,
    nested: 'services',
    chance: () => given.chance ?? 0.5,
  });
  const { stateMachineArn } = await engine.createStateMachine({
    name: 'machine',
    definition: JSON.stringify(given.definition),
  });
  const { executionArn } = await engine.startExecution({
    stateMachineArn,
    name: 'run',
    input: JSON.stringify(given.input),
  });
  const start = clock.now().getTime();
  const act = async (deed: Deed): Promise<void> => {
    const { output = null, error, cause } = deed;
    const taskToken = deed.task === undefined ? 'no token' : (tokens[deed.task - 1] ?? 'no token');
    const said = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    let threw: string | undefined;
    try {
      if (deed.do === 'success') await engine.sendTaskSuccess({ taskToken, output: JSON.stringify(output) });
      else if (deed.do === 'failure') await engine.sendTaskFailure({ taskToken, ...said });
      else if (deed.do === 'heartbeat') await engine.sendTaskHeartbeat({ taskToken });
      else await engine.stopExecution({ executionArn, ...said });
    } catch (reason) {
      threw = (reason as Error).name;
    }
    if (threw !== deed.throws)
      unexpected.push(`${deed.do} at ${deed.at} s answered ${threw ?? 'well'}, not ${deed.throws ?? 'well'}`);
  };
  await clock.settle();
  const deeds = [...(given.deeds ?? [])].sort((a, b) => a.at - b.at);
  for (;;) {
    const deed = deeds[0];
    const due = clock.next();
    const running = engine.describeExecution(executionArn).status === 'RUNNING';
    if (deed && (!running || due === undefined || start + deed.at * 1000 <= due)) {
      deeds.shift();
      await clock.advanceTo(start + deed.at * 1000);
      await act(deed);
      await clock.settle();
    } else if (running && due !== undefined) await clock.advanceTo(due);
    else break;
  }
  if (unexpected.length > 0) throw new Error(unexpected.join('; '));
  const execution = engine.describeExecution(executionArn);
  const events = store.history(executionArn).map((record, n) => flatten(record, n + 1));
  const seconds = ((execution.stoppedAt ?? clock.now().getTime()) - start) / 1000;
  const { status, output, error, cause } = execution;
  return { status, output, error, cause, seconds, events };
};

const compareEvents = (
  expected: JsonObject[],
  events: JsonObject[],
  bound: Map<string, string>,
): string[] => {
  const left = new Map(events.map((event) => [event.id, event]));
  const wrong: string[] = [];
  if (expected.length !== events.length)
    wrong.push(
      `${events.length} events, expected ${expected.length}: ${events.map((e) => e.type).join(' ')}`,
    );
  for (const event of expected) {
    if (event.id === undefined) continue;
    const found = departure(event, left.get(event.id), bound, `event ${event.id}`);
    left.delete(event.id);
    if (found) wrong.push(found);
  }
  // Events without an id are a set: branches interleave as they like.
  for (const event of expected.filter((e) => e.id === undefined)) {
    const place = [...left.entries()].find(([, actual]) => {
      const { id: _, previousEventId: __, ...rest } = actual;
      const trial = new Map(bound);
      const partial = Object.keys(event).length === 1 ? { type: rest.type } : rest;
      if (departure(event, partial, trial)) return false;
      for (const [name, value] of trial) bound.set(name, value);
      return true;
    });
    if (place) left.delete(place[0]);
    else wrong.push(`no event like ${JSON.stringify(event)}`);
  }
  return wrong;
};

/** Runs a case and says how it departs: `outcome` binds every case, `events` those run as recorded. */
export const checkCase = async (given: Case): Promise<{ outcome: string[]; events: string[] }> => {
  const bound = new Map<string, string>();
  const { expected } = given;
  departure(expected.events?.[0]?.input, given.input, bound);
  bindStandIns(expected.events?.[0]?.input, given.input, bound);
  try {
    const actual = await runCase(given, bound);
    const outcome = [
      departure(expected.status, actual.status, bound, 'status'),
      expected.output === undefined && actual.output === undefined
        ? undefined
        : departure(expected.output, actual.output, bound, 'output'),
      expected.error === undefined && actual.error === undefined
        ? undefined
        : departure(expected.error, actual.error, bound, 'error'),
      given.seconds === undefined ? undefined : departure(given.seconds, actual.seconds, bound, 'seconds'),
    ].filter((found) => found !== undefined);
    const cause =
      expected.cause === undefined && actual.cause === undefined
        ? undefined
        : departure(expected.cause, actual.cause, bound, 'cause');
    const events = expected.events ? compareEvents(expected.events, actual.events, bound) : [];
    return { outcome, events: cause ? [cause, ...events] : events };
  } catch (reason) {
    return { outcome: [`did not run: ${(reason as Error).stack ?? reason}`], events: [] };
  }
};
