import type { Program, StateNode } from './definition.ts';
import type { Evaluation } from './expression.ts';
import { DATA_LIMIT, RUNTIME } from './failure.ts';
import type { EventDetails, Execution, Failure, Line } from './frame.ts';
import type { Chance } from './functions.ts';
import { exceeds, type Json } from './json.ts';

/** What has to happen outside once the frames are safe. */
export type Effect =
  | { kind: 'invoke'; line: Line }
  | { kind: 'arm'; line: Line }
  | { kind: 'gone'; line: Line }
  | { kind: 'ended' };

/** An execution being moved: its frames, its program, and where events, effects and lines to run go. */
export type Run = {
  readonly execution: Execution;
  readonly program: Program;
  readonly now: number;
  readonly chance: Chance;
  readonly memos: Map<number, Evaluation['memo']>;
  record(type: string, previous: number, details: EventDetails | undefined): number;
  wake(line: Line): void;
  effect(effect: Effect): void;
};

/** The service ends an execution at this many events. */
export const EVENT_LIMIT = 25_000;

/** Thrown inside a step: the state fails with an error that no expression made. */
export class Failed {
  readonly failure: Failure;
  constructor(failure: Failure) {
    this.failure = failure;
  }
}

/** The compiled state that a line stands in. */
export const nodeOf = (program: Program, line: Line): StateNode => {
  const node = program.branches.get(line.branch)?.states.get(line.state);
  if (!node)
    throw new Error(`the frames name a state that the machine lacks: ${line.branch || '/'} ${line.state}`);
  return node;
};

/** Writes an event; the last place before the limit is kept for the end of the execution. */
export const emit = (run: Run, type: string, previous: number, details?: EventDetails): number => {
  if (run.execution.events >= EVENT_LIMIT - 1) {
    throw new Failed({
      error: RUNTIME,
      cause: `The execution reached the maximum number of history events (${EVENT_LIMIT}).`,
    });
  }
  return run.record(type, previous, details);
};

/** The value itself, unless it is larger than a payload may be. */
export const limit = (value: Json, node: StateNode): Json => {
  if (exceeds(value)) {
    throw new Failed({
      error: DATA_LIMIT,
      cause: `The state/task '${node.name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  }
  return value;
};

/** A failure as an event's details. */
export const ofFailure = ({ error, cause }: Failure): EventDetails => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});
