import type { Clock } from '../clock.ts';
import type { Execution, Line } from './frame.ts';
import { endNow } from './line.ts';
import type { Live } from './live.ts';
import { ring } from './task.ts';
import type { Turns } from './turns.ts';

const NEVER = Number.MAX_SAFE_INTEGER;

const dueOf = (execution: Execution, line: Line) =>
  Math.min(line.due ?? NEVER, line.phase === 'open' ? (line.beatDue ?? NEVER) : NEVER, execution.deadline);

export type Timers = ReturnType<typeof createTimers>;

/** The timers of what waits, one a line, and of whole executions. They are made from the frames and not kept themselves. */
export const createTimers = (clock: Clock, turns: Turns) => {
  const silence = (one: Live, line: number) => {
    one.timers.get(line)?.cancel();
    one.timers.delete(line);
  };

  const expire = (one: Live) => {
    if (one.execution.status === 'RUNNING')
      turns.move(one, (run) => endNow(run, 'TIMED_OUT', { error: 'States.Timeout' }));
  };

  return {
    silence,

    arm(one: Live, line: Line) {
      silence(one, line.id);
      const due = dueOf(one.execution, line);
      one.timers.set(
        line.id,
        clock.at(due, () => {
          one.timers.delete(line.id);
          if (turns.isClosed() || one.execution.lines[line.id] !== line) return;
          if (due >= one.execution.deadline) expire(one);
          else turns.move(one, (run) => ring(run, line));
        }),
      );
    },

    /** A machine with a `TimeoutSeconds` is watched as a whole; the year of the others is watched by whatever waits. */
    watch(one: Live) {
      if (one.program.timeoutSeconds !== undefined)
        one.deadline = clock.at(one.execution.deadline, () => expire(one));
    },

    cancel(one: Live) {
      for (const timer of one.timers.values()) timer.cancel();
      one.deadline?.cancel();
    },

    /** How a service is slow on this clock: while it sleeps, nothing is held. */
    sleep(ms: number): Promise<void> {
      turns.release();
      return new Promise((wake) => {
        clock.at(clock.now().getTime() + ms, () => {
          turns.hold();
          wake();
        });
      });
    },
  };
};
