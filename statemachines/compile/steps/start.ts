import type { StartStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** A thread of the stage started; this run goes on beside it. */
export const lowerStart = (context: Context, step: StartStep, next: Entry): Entry =>
  whenNeeded(context, step, call(context.draft, step, `Starts the thread ${step.thread}`, next), next);
