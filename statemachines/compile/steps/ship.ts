import type { ShipStep } from '../../../schemas/pipeline.ts';
import { ask } from '../ask.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';
import { armed } from './task.ts';

/** A parcel by a carrier: waited for until it is registered or handed over, or ordered and left to itself. */
export const lowerShip = (context: Context, step: ShipStep, next: Entry): Entry => {
  if (step.wait === false) {
    const orders = step.title?.en ?? 'Orders a parcel of the carrier';
    return whenNeeded(context, step, call(context.draft, step, orders, next), next);
  }
  const waits = `Orders a parcel of the carrier and waits until it is ${step.wait}`;
  const entry = ask(context.draft, step, step.title?.en ?? waits, armed(step), next);
  return whenNeeded(context, step, entry, next);
};
