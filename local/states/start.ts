import type { Clock } from '../clock.ts';
import { ApiError } from './errors.ts';
import type { Execution, Line } from './frame.ts';
import { parseInput } from './input.ts';
import type { Json } from './json.ts';
import type { Executions } from './live.ts';
import { checkName, type Registry } from './machines.ts';
import type { Timers } from './timers.ts';
import type { Turns } from './turns.ts';

export type Start = {
  stateMachineArn: string;
  name?: string | undefined;
  input?: string | undefined;
  /** The `.sync` task of another execution that waits for this one to end. */
  waiter?: NonNullable<Execution['waiter']>;
};
export type Started = { executionArn: string; startDate: Date };

/** The longest that an execution may run. */
export const YEAR = 365 * 86_400_000;
const NAME_KEPT = 90 * 86_400_000;

const sameJson = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

type Options = {
  readonly clock: Clock;
  readonly registry: Registry;
  readonly executions: Executions;
  readonly turns: Turns;
  readonly timers: Timers;
  readonly arnOf: (kind: string, rest: string) => string;
};

/** Starts an execution; the same name with the same input is the one already running. */
export const createStart =
  ({ clock, registry, executions, turns, timers, arnOf }: Options) =>
  async ({ stateMachineArn, name = crypto.randomUUID(), input: text, waiter }: Start): Promise<Started> => {
    const { machine, revision, qualifier } = registry.resolve(stateMachineArn);
    checkName(name);
    const input = parseInput(text);
    const now = clock.now().getTime();
    const arn = arnOf('execution', `${machine.name}:${name}`);
    const known = executions.known(arn);
    if (known) {
      if (known.status === 'RUNNING' && sameJson(known.input, input)) {
        const underWay = turns.underWay();
        if (underWay) await underWay;
        return { executionArn: arn, startDate: new Date(known.startedAt) };
      }
      // The service forgets an execution, and frees its name, 90 days after it ended.
      if (known.status === 'RUNNING' || now - (known.stoppedAt ?? now) < NAME_KEPT) {
        throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
    }
    const program = registry.programOf(machine, revision.revision);
    const limit = program.timeoutSeconds === undefined ? YEAR : Math.min(YEAR, program.timeoutSeconds * 1000);
    const line: Line = {
      id: 1,
      parent: 0,
      index: 0,
      branch: '',
      state: program.branches.get('')?.startAt ?? '',
      phase: 'enter',
      input,
      vars: {},
      last: 0,
      entered: 0,
      enteredAt: 0,
    };
    const execution: Execution = {
      arn,
      name,
      machine: machine.arn,
      revision: revision.revision,
      status: 'RUNNING',
      input,
      startedAt: now,
      deadline: now + limit,
      events: 0,
      transitions: 0,
      lineIds: 1,
      lines: { 1: line },
    };
    if (qualifier !== undefined) execution.qualifier = qualifier;
    if (waiter) execution.waiter = waiter;
    const one = executions.take(execution);
    timers.watch(one);
    turns.move(one, (run) => {
      run.record('ExecutionStarted', 0, { input });
      run.wake(line);
    });
    await turns.commitment();
    return { executionArn: arn, startDate: new Date(now) };
  };
