import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { evaluate, type Facts, namesIn } from '../shared/expression.ts';
import { runningOf } from './running.ts';

/**
 * What conditions, forms and texts read of a deal, by name: its fields, the totals of its ledger (zero where nothing
 * was entered), figures computed from them, and `id`, `number`, `title`, `pipeline`, `stage`, `seq`, `responsible`,
 * `initiator`, `outcome`, `creator`, `createdAt`, `stageSince`, `cameFrom`, `closedAt`, `running` (pipelines with a process
 * under way that was started from it), `parcel` (where the newest parcel is). A field without a value is absent.
 */
export const factsOf = async (deal: Deal, pipeline: Pipeline): Promise<Facts> => {
  const { id, number, title, stage, seq, responsible, initiator, outcome, createdAt, createdBy } = deal;
  const { stageSince, cameFrom, closedAt = stageSince } = deal;
  const facts: Record<string, unknown> = {
    ...deal.fields,
    id,
    number,
    title,
    pipeline: pipeline.id,
    stage,
    seq,
    running: runningOf(deal),
    createdAt,
    stageSince,
  };
  if (responsible !== undefined) facts.responsible = responsible;
  if (initiator !== undefined) facts.initiator = initiator;
  if (outcome !== undefined) Object.assign(facts, { outcome, closedAt });
  if ('user' in createdBy) facts.creator = createdBy.user;
  if (deal.parcel !== undefined) facts.parcel = deal.parcel.state;
  if (cameFrom !== undefined) facts.cameFrom = cameFrom;
  const { totals, computed } = derivedOf(pipeline);
  for (const name of totals) facts[name] = deal.totals[name] ?? 0;
  for (const { name, formula } of computed) {
    const value = await evaluate(formula, facts);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
};

type Derived = { readonly totals: string[]; readonly computed: { name: string; formula: string }[] };

/** Facts are asked for several times a request, of the same few pipelines with dozens of fields. */
const known = new WeakMap<Pipeline, Derived>();

const derivedOf = (pipeline: Pipeline): Derived => {
  const found = known.get(pipeline);
  if (found !== undefined) return found;
  const fields = Object.entries(pipeline.fields);
  const derived = {
    totals: fields.flatMap(([name, { type }]) => (type === 'total' || type === 'accrued' ? [name] : [])),
    computed: fields.flatMap(([name, field]) =>
      field.type === 'computed' ? [{ name, formula: field.formula }] : [],
    ),
  };
  known.set(pipeline, derived);
  return derived;
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
