import { BadInput } from '../shared/errors.ts';
import type { Table } from '../shared/table/port.ts';
import { type Aggregate, aggregateKey, groupsOf } from './keys.ts';

export type Row = Record<string, unknown>;
export type Sums = Record<string, number>;

/** An aggregate as it is kept: what it is grouped by, and its figures. */
export type Kept = { readonly groups: readonly string[]; readonly sums: Readonly<Sums> };

/**
 * Aggregates of one kind and pipeline.
 *
 * @param range - of the first group, both ends included: days or months
 */
export const readKept = async (
  table: Table,
  of: Aggregate,
  pipeline: string,
  range?: { readonly from: string; readonly to: string },
): Promise<Kept[]> => {
  const kept: Kept[] = [];
  const { pk } = aggregateKey(of, pipeline);
  const query = range === undefined ? { pk } : { pk, sk: { from: range.from, to: `${range.to}~` } };
  for await (const { pk: partition, sk, ...sums } of table.all(query))
    kept.push({ groups: groupsOf({ pk: partition, sk }), sums: sums as Sums }); // written by `add` alone
  return kept;
};

/** Adds figures to others, in place. */
export const addTo = (total: Sums, sums: Readonly<Sums>): Sums => {
  for (const [name, amount] of Object.entries(sums)) total[name] = (total[name] ?? 0) + amount;
  return total;
};

/** Sums by what a row is called, in the order in which names first came. */
export const groupBy = <T>(
  all: readonly T[],
  name: (one: T) => Row,
  sums: (one: T) => Readonly<Sums>,
): { readonly name: Row; readonly sums: Sums }[] => {
  const groups = new Map<string, { name: Row; sums: Sums }>();
  for (const one of all) {
    const key = JSON.stringify(name(one));
    const group = groups.get(key) ?? { name: name(one), sums: {} };
    addTo(group.sums, sums(one));
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** A page of rows that are all at hand. */
export const pageOfRows = <T>(
  rows: readonly T[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { rows: T[]; cursor?: string } => {
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(from) || from < 0)
    throw new BadInput('cursor: not one that this report gave out; leave it out to begin at the start');
  const page = rows.slice(from, from + limit);
  return from + limit < rows.length ? { rows: page, cursor: String(from + limit) } : { rows: page };
};
