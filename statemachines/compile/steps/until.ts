import type { UntilStep } from '../../../schemas/pipeline.ts';
import { ask, untimed } from '../ask.ts';
import type { Context } from '../context.ts';
import type { Entry } from '../entry.ts';

/** A wait for a condition: the function watches the deal and answers once it holds. */
export const lowerUntil = ({ draft }: Context, step: UntilStep, next: Entry): Entry =>
  ask(draft, step, step.title?.en ?? `Waits until ${step.condition}`, untimed, next);
