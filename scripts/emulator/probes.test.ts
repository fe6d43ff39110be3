import { expect, test } from 'vitest';
import { createClock } from '../../local/clock.ts';
import { createEngine, type Engine, type ServiceCall } from '../../local/states/engine.ts';
import { invocationFailure, invocationResult, readInvocation } from '../../local/states/lambda-invoke.ts';
import { memoryStore } from '../../local/states/store-memory.ts';
import { type Probe, probes, type Seen } from './probes.ts';

/** Runs a probe on the local states engine, whose time jumps. */
const seenHere = async ({ states, input = {}, f, answers = [] }: Probe): Promise<Seen> => {
  const clock = createClock({ now: '2026-01-05T08:00:00.000Z' });
  const now = (): number => clock.now().getTime() / 1000;
  const calls: { readonly event: unknown; readonly at: number }[] = [];
  const answersLeft = [...answers];
  const due: (() => Promise<unknown>)[] = [];
  const dueAt: number[] = [];

  const services = async (call: ServiceCall): Promise<unknown> => {
    const invocation = readInvocation(call.resource, call.arguments);
    if (invocation === undefined) return { FailedEntryCount: 0 }; // events:putEvents
    const event = invocation.payload;
    calls.push({ event, at: now() });
    const answer = answersLeft.shift();
    if (answer !== undefined) {
      dueAt.push(now() + answer.after);
      due.push(() => {
        const newest = calls.at(-1)?.event as { readonly token: string } | undefined;
        const taskToken = newest?.token ?? '';
        return answer.failure === undefined
          ? engine.sendTaskSuccess({ taskToken, output: JSON.stringify(answer.success) })
          : engine.sendTaskFailure({ taskToken, ...answer.failure });
      });
    }
    const deed = f?.(event, calls.length - 1) ?? { return: event };
    if (deed.after !== undefined) await call.sleep(deed.after * 1000);
    if ('raise' in deed) throw invocationFailure(deed.raise, 'request');
    return invocationResult(call.resource, deed.return, 'request');
  };
  // Half of every chance: a wait with jitter is half as long.
  const engine: Engine = createEngine({ clock, store: memoryStore(), services, chance: () => 0.5 });
  const definition = JSON.stringify({
    Comment: 'a probe',
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: states,
  });
  const { stateMachineArn } = await engine.createStateMachine({ name: 'machine', definition });
  const { executionArn } = await engine.startExecution({
    stateMachineArn,
    name: 'run',
    input: JSON.stringify(input),
  });
  const since = now();

  await clock.settle();
  for (;;) {
    const timer = clock.next();
    const answer = dueAt[0];
    if (answer !== undefined && (timer === undefined || answer * 1000 <= timer)) {
      dueAt.shift();
      await clock.advanceTo(answer * 1000);
      await due.shift()?.();
      await clock.settle();
    } else if (timer !== undefined && engine.describeExecution(executionArn).status === 'RUNNING') {
      await clock.advanceTo(timer);
    } else break;
  }
  const { status, output, error } = engine.describeExecution(executionArn);
  const first = calls[0]?.at ?? 0;
  return {
    status,
    error,
    ...(output === undefined ? {} : { output }),
    seconds: now() - since,
    calls: calls.map(({ at }) => at - first),
    events: calls.map(({ event }) => event),
  };
};

test.each(probes.map((probe) => [probe.shows.join(', '), probe] as const))(
  'the local engine does as the service does: %s',
  async (_, probe) => {
    const seen = await seenHere(probe);

    expect(probe.wrong(seen)).toBeUndefined();
  },
);
