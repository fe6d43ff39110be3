import type { ChooseStep } from '../../../schemas/pipeline.ts';
import { type Context, conditionOf } from '../context.ts';
import { type Entry, fork } from '../entry.ts';
import { commented, named } from '../names.ts';

/** The first case that holds, else `else`; all ways meet again in what follows. */
export const lowerChoose = (context: Context, step: ChooseStep, next: Entry): Entry =>
  fork(
    context.draft,
    {
      name: named(step.id, 'which way?'),
      comment: commented('The first case that holds', step.needs),
      from: step.id,
    },
    step.cases.map(({ when, steps }) => ({
      condition: conditionOf(context, step.id, when),
      entry: context.lower(context, steps, next),
    })),
    context.lower(context, step.else ?? [], next),
  );
