import type { ClientStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** Makes the client a contact, unless the function finds one. */
export const lowerClient = (context: Context, step: ClientStep, next: Entry): Entry =>
  whenNeeded(context, step, call(context.draft, step, `Makes ${step.name} a contact`, next), next);
