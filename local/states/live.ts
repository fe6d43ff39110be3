import type { Timer } from '../clock.ts';
import type { Program } from './definition.ts';
import { ApiError } from './errors.ts';
import type { EventRecord, Execution, Line } from './frame.ts';
import type { Registry } from './machines.ts';
import type { Effect, Run } from './run.ts';
import type { Store } from './store.ts';
import { readToken } from './token.ts';

/** A running execution with what need not outlive the process. */
export type Live = {
  execution: Execution;
  program: Program;
  queue: Line[];
  fresh: EventRecord[];
  effects: Effect[];
  timers: Map<number, Timer>;
  memos: Run['memos'];
  queued: boolean;
  /** Transitions of the execution that are in the engine's counts. */
  counted: number;
  deadline?: Timer;
};

export type Executions = ReturnType<typeof createExecutions>;

/** The executions of one engine: those that run in memory, the others in the store. */
export const createExecutions = (store: Store, registry: Registry) => {
  const live = new Map<string, Live>();
  /** Executions that a `.sync` task waits for, by its token. */
  const nested = new Map<string, Live>();
  const known = (arn: string): Execution | undefined => live.get(arn)?.execution ?? store.execution(arn);

  return {
    known,
    running: (arn: string): Live | undefined => live.get(arn),
    all: (): Iterable<Live> => live.values(),
    childOf: (token: string): Live | undefined => nested.get(token),

    /** Makes an execution a running one; what it waits for is armed by whoever takes it. */
    take(execution: Execution): Live {
      const machine = registry.byArn(execution.machine);
      if (!machine) throw new Error(`the store has the execution ${execution.arn}, but not its machine`);
      const one: Live = {
        execution,
        program: registry.programOf(machine, execution.revision),
        queue: [],
        fresh: [],
        effects: [],
        timers: new Map(),
        memos: new Map(),
        queued: false,
        counted: execution.transitions,
      };
      live.set(execution.arn, one);
      if (execution.waiter) nested.set(execution.waiter.token, one);
      return one;
    },

    drop(execution: Execution): void {
      live.delete(execution.arn);
      if (execution.waiter) nested.delete(execution.waiter.token);
    },

    found(arn: string): Execution {
      const execution = known(arn);
      if (!execution) {
        if (!/^arn:aws[\w-]*:states:[\w-]*:\d*:execution:[^:]+:[^:]+$/.test(arn))
          throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
        throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
      }
      return execution;
    },

    /** The task that waits under a token. */
    waitingFor(token: string): { one: Live; line: Line } {
      const parts = readToken(token);
      if (!parts) throw new ApiError('InvalidToken', `Invalid Token: 'Invalid token'`);
      const one = live.get(parts.execution);
      const line = one?.execution.lines[parts.line];
      if (!one || !line || line.token !== token || line.answer) {
        throw new ApiError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
      }
      return { one, line };
    },
  };
};
