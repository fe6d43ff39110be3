import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { evaluate, type Facts, namesIn } from '../shared/expression.ts';

/**
 * What conditions, forms and texts read of a deal, by name: its fields, the totals of its ledger (zero where nothing
 * was entered), figures computed from them, and `id`, `number`, `title`, `pipeline`, `stage`, `seq`, `responsible`,
 * `initiator`, `outcome`. A field without a value is absent.
 */
export const factsOf = async (deal: Deal, pipeline: Pipeline): Promise<Facts> => {
  const { id, number, title, stage, seq, responsible, initiator, outcome } = deal;
  const facts: Record<string, unknown> = {
    ...deal.fields,
    id,
    number,
    title,
    pipeline: pipeline.id,
    stage,
    seq,
  };
  if (responsible !== undefined) facts.responsible = responsible;
  if (initiator !== undefined) facts.initiator = initiator;
  if (outcome !== undefined) facts.outcome = outcome;
  for (const [name, field] of Object.entries(pipeline.fields))
    if (field.type === 'total') facts[name] = deal.totals[name] ?? 0;
  for (const [name, field] of Object.entries(pipeline.fields)) {
    if (field.type !== 'computed') continue;
    const value = await evaluate(field.formula, facts);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
};

/** Of all facts those that some conditions read. */
export const factsFor = (
  conditions: readonly (string | undefined)[],
  facts: Facts,
): Record<string, unknown> => {
  const names = new Set(
    conditions.flatMap((condition) => (condition === undefined ? [] : [...namesIn(condition)])),
  );
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name)));
};
