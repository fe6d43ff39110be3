import type { CycleStep, Span } from '../../../schemas/pipeline.ts';
import { isClockTime } from '../../../schemas/time.ts';
import { ask } from '../ask.ts';
import type { Context } from '../context.ts';
import type { Entry } from '../entry.ts';

/** One thing done again and again: a time-out is the next turn, the token ends it. */
export const lowerCycle = ({ draft }: Context, step: CycleStep, next: Entry): Entry =>
  ask(
    draft,
    step,
    step.title?.en ?? 'Again and again',
    {
      needs: { facts: [], timers: { [step.id]: { span: step.every } } },
      timeout: isSteady(step.every) ? 'turn' : 'turn-anew',
    },
    next,
  );

/** Whether every turn takes equally many seconds; working time and a setting do not. */
const isSteady = (every: Span): boolean => !('setting' in every) && isClockTime(every);
