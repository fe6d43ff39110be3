import type { PayStep } from '../../../schemas/pipeline.ts';
import { ask } from '../ask.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';
import { armed } from './task.ts';

/** Money asked of the client: waited for rung by rung until it has come or will not, or asked for and left to itself. */
export const lowerPay = (context: Context, step: PayStep, next: Entry): Entry => {
  const about = step.title?.en ?? `Asks the client to pay ${step.amount}`;
  if (step.wait === false) return whenNeeded(context, step, call(context.draft, step, about, next), next);
  const { id, late, open } = step;
  const due = open === undefined ? {} : { due: { due: 'after' as const, span: open } };
  return whenNeeded(context, step, ask(context.draft, step, about, armed({ id, late, ...due }), next), next);
};
