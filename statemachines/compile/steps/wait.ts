import type { WaitStep } from '../../../schemas/pipeline.ts';
import { ask } from '../ask.ts';
import type { Context } from '../context.ts';
import { add, type Entry, settle } from '../entry.ts';
import { fresh } from '../fresh.ts';
import { commented, titleOf } from '../names.ts';

/**
 * A pause of its own; the answer before it brings the seconds. Where the moment can move while the run waits, since it
 * stands in a field of the deal, the step function watches it: a state that sleeps could not be told.
 */
export const lowerWait = ({ draft, patience }: Context, step: WaitStep, next: Entry): Entry => {
  const needs = { facts: [], timers: { [step.id]: { span: step.for } } };
  const about = step.title?.en ?? 'Waits';
  if (step.for.due === 'at' || patience !== undefined)
    return ask(draft, step, about, { needs, timeout: 'rung' }, next);
  return {
    to: add(draft, {
      kind: 'pause',
      name: titleOf(step.id),
      comment: commented(about, step.needs),
      from: step.id,
      timer: step.id,
      to: settle(draft, fresh(draft, step.id, next)),
    }),
    needs,
    carry: next.carry,
  };
};
