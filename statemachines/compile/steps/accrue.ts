import type { AccrueStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** Pay granted to people; amounts are worked out by the function, which grants each once. */
export const lowerAccrue = (context: Context, step: AccrueStep, next: Entry): Entry =>
  whenNeeded(context, step, call(context.draft, step, `Grants pay from ${step.base}`, next), next);
