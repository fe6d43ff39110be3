import type { SubdealStep } from '../../../schemas/pipeline.ts';
import { ask, untimed } from '../ask.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** A deal of another pipeline, waited for to its end, or begun and left to itself. */
export const lowerSubdeal = (context: Context, step: SubdealStep, next: Entry): Entry => {
  if (step.wait === false) {
    const begins = step.title?.en ?? `Begins a deal of ${step.pipeline}`;
    return whenNeeded(context, step, call(context.draft, step, begins, next), next);
  }
  const about = step.title?.en ?? `Waits for a deal of ${step.pipeline}`;
  return whenNeeded(context, step, ask(context.draft, step, about, untimed, next), next);
};
