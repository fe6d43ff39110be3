import type { QueueStep } from '../../../schemas/pipeline.ts';
import { ask } from '../ask.ts';
import type { Condition } from '../condition.ts';
import { type Context, whenNeeded } from '../context.ts';
import { type Entry, fork } from '../entry.ts';
import { named, titleOf } from '../names.ts';
import { armed } from './task.ts';

const someoneElse: Condition = { text: "$states.input.outcome = 'next'", facts: [], words: ['outcome'] };

/** Decisions one after another: one waiting state, a round for each person; the function knows who comes next. */
export const lowerQueue = (context: Context, step: QueueStep, next: Entry): Entry => {
  const again: Entry = { to: titleOf(step.id), needs: armed(step).needs, carry: new Set() };
  const decided = fork(
    context.draft,
    {
      name: named(step.id, 'does anybody else decide?'),
      comment: 'The next person is asked when the one before has approved',
      from: step.id,
      turn: 'first-round',
    },
    [{ condition: someoneElse, entry: again, turn: 'next-round' }],
    next,
  );
  const entry = ask(context.draft, step, step.title.en, armed(step), decided, ['outcome', 'decision']);
  return whenNeeded(context, step, entry, next);
};
