import type { CycleStep } from '../../../schemas/pipeline.ts';
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
      timeout: 'turn',
    },
    next,
  );
