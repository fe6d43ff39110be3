import type { StepCommand } from '../../schemas/step.ts';
import type { Task } from '../../schemas/task.ts';
import { yearGuardSeconds } from '../tasks/timing.ts';

/** Clocks differ, and a call takes its time: moments nearer than this are the same to a run. */
const sameMs = 60_000;

/** The state's own timer says that a moment is reached even where clocks differ by the time a call takes. */
export const isReached = (at: Date, now: Date, rung: number): boolean =>
  at.getTime() <= now.getTime() + (rung > 0 ? sameMs : 0);

/** Whether a cycle's next turn is still to come. A condition that turned takes the token away, and the turn is due at once. */
export const keepsTurn = (
  watch: Task,
  now: Date,
  rung: number,
): watch is Task & { nextTurn: NonNullable<Task['nextTurn']> } =>
  watch.nextTurn !== undefined &&
  watch.token !== undefined &&
  !isReached(new Date(watch.nextTurn), now, rung);

const capped = (ms: number): number => Math.min(ms, yearGuardSeconds * 1000);

/**
 * Whether the state that asks will ask again at that moment, by the timer it was given. It will not where a date, a duration
 * or a condition changed since the timer was computed, and where the state was entered anew long after.
 *
 * @param met - the task as the state met it; all that tells of a change where the state does not say how long it waits
 */
export const asksAgainAt = (next: Date, now: Date, met: Task, { waits }: StepCommand): boolean =>
  waits === undefined
    ? met.token !== undefined
    : Math.abs(capped(waits * 1000) - capped(next.getTime() - now.getTime())) <= sameMs;
