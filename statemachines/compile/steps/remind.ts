import type { RemindStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** A reminder set; its moment is kept by a schedule, and the run goes on at once. */
export const lowerRemind = (context: Context, step: RemindStep, next: Entry): Entry =>
  whenNeeded(context, step, call(context.draft, step, `Sets a reminder: ${step.what.en}`, next), next);
