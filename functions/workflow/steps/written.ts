import type { FieldValue } from '../../../schemas/deal.ts';
import type { Written } from '../../../schemas/pipeline.ts';
import { instantOf } from '../../../schemas/time.ts';
import type { Context } from '../../deals/context.ts';
import { localDay } from '../../schedule/local-time.ts';
import { evaluate, type Facts } from '../../shared/expression.ts';
import { writtenAt } from '../../tasks/timing.ts';

const oneValue = async (given: Written, isDay: boolean, facts: Facts, context: Context): Promise<unknown> => {
  if ('value' in given) return given.value;
  if ('moment' in given) return writtenAt(given.moment, isDay, context);
  const today = localDay(context.now, context.pack.zone);
  return (await evaluate(given.expression, { ...facts, today, now: instantOf(context.now) })) ?? null;
};

/** What a step writes into fields, as `changeFields` takes it and checks it. */
export const writtenValues = async (
  values: Readonly<Record<string, Written>>,
  facts: Facts,
  context: Context,
): Promise<Record<string, FieldValue | null>> => {
  const changes: Record<string, FieldValue | null> = {};
  for (const [field, given] of Object.entries(values)) {
    const isDay = context.pipeline.fields[field]?.type === 'date';
    changes[field] = (await oneValue(given, isDay, facts, context)) as FieldValue | null;
  }
  return changes;
};
