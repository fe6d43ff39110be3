import type { ApprovalStep } from '../../../schemas/pipeline.ts';
import { ask } from '../ask.ts';
import type { Condition } from '../condition.ts';
import { type Context, whenNeeded } from '../context.ts';
import { type Entry, fork } from '../entry.ts';
import { named, titleOf } from '../names.ts';
import { armed, lowerTask } from './task.ts';

const rejected: Condition = { text: "$states.input.decision = 'rejected'", facts: [], words: ['decision'] };

/** An approval; after a rejection its rework, and the approval once more in the next round. */
export const lowerApproval = (context: Context, step: ApprovalStep, next: Entry): Entry => {
  const arming = armed(step);
  const decided = step.rework ? decision(context, step, step.rework, next) : next;
  const entry = ask(context.draft, step, step.title.en, arming, decided, ['outcome', 'decision']);
  return whenNeeded(context, step, entry, next);
};

const decision = (
  context: Context,
  step: ApprovalStep,
  rework: NonNullable<ApprovalStep['rework']>,
  next: Entry,
): Entry => {
  const again: Entry = { to: titleOf(step.id), needs: armed(step).needs, carry: new Set() };
  return fork(
    context.draft,
    {
      name: named(step.id, 'approved or rejected?'),
      comment: 'A rejection goes to rework and comes back in the next round',
      from: step.id,
      turn: 'first-round',
    },
    [{ condition: rejected, entry: lowerTask(context, rework, again), turn: 'next-round' }],
    next,
  );
};
