import type { RateStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** A percentage of a directory made another one for the deal's company. */
export const lowerRate = (context: Context, step: RateStep, next: Entry): Entry =>
  whenNeeded(
    context,
    step,
    call(context.draft, step, `Writes ${step.rate} into ${step.directory}`, next),
    next,
  );
