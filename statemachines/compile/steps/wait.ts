import type { WaitStep } from '../../../schemas/pipeline.ts';
import type { Context } from '../context.ts';
import { add, type Entry, settle } from '../entry.ts';
import { fresh } from '../fresh.ts';
import { commented, titleOf } from '../names.ts';

/** A pause of its own; the answer before it brings the seconds. */
export const lowerWait = ({ draft }: Context, step: WaitStep, next: Entry): Entry => ({
  to: add(draft, {
    kind: 'pause',
    name: titleOf(step.id),
    comment: commented(step.title ?? 'Waits', step.needs),
    from: step.id,
    timer: step.id,
    to: settle(draft, fresh(draft, step.id, next)),
  }),
  needs: { facts: [], timers: { [step.id]: { span: step.for } } },
  carry: next.carry,
});
