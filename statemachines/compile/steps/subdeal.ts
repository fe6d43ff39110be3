import type { SubdealStep } from '../../../schemas/pipeline.ts';
import { ask, untimed } from '../ask.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** A deal of another pipeline, waited for to its end. */
export const lowerSubdeal = (context: Context, step: SubdealStep, next: Entry): Entry => {
  const about = step.title?.en ?? `Waits for a deal of ${step.pipeline}`;
  return whenNeeded(context, step, ask(context.draft, step, about, untimed, next), next);
};
