import type { ActiveStep } from '../../schemas/step.ts';
import { nothing } from './ahead.ts';
import { add, type Draft, type Entry, settle } from './entry.ts';
import { commented, titleOf } from './names.ts';
import { needsOf, withoutNeeds } from './words.ts';

/** A state for a step that the function carries out at once. */
export const call = (
  draft: Draft,
  step: Exclude<ActiveStep, { do: 'look' }>,
  about: string,
  next: Entry,
): Entry => ({
  to: add(draft, {
    kind: 'call',
    name: titleOf(step.id),
    comment: commented(about, needsOf(step)),
    from: step.id,
    step: withoutNeeds(step),
    ahead: next.needs,
    keeps: next.carry.size > 0,
    to: settle(draft, next),
  }),
  needs: nothing,
  carry: next.carry,
});
