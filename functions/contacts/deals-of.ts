import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Company } from '../access/company.ts';
import { readCard } from '../deals/card.ts';
import { dealKey } from '../shared/keys.ts';
import { dealOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

const namedBy = (of: 'contact', { fields }: Pipeline): string[] =>
  Object.entries(fields).flatMap(([id, { type }]) => (type === of ? [id] : []));

/** Fields of a pipeline that say something about the client as a person. */
export const personalFields = ({ fields }: Pipeline): string[] =>
  Object.entries(fields).flatMap(([id, { personal }]) => (personal === true ? [id] : []));

/** Fields of a pipeline that hold what people wrote in their own words. */
export const textFields = ({ fields }: Pipeline): string[] =>
  Object.entries(fields).flatMap(([id, { type }]) => (type === 'text' ? [id] : []));

/**
 * Deals whose contact is this person, and the processes started from them. Every deal of a pipeline that knows contacts
 * is looked at: no index leads here, since a person's data is asked for far more seldom than a deal is written.
 */
export const dealsOf = async (contact: string, company: Company, table: Table): Promise<Deal[]> => {
  const found = new Map<string, Deal>();
  for (const pipeline of company.packs.flatMap(({ pipelines }) => pipelines)) {
    const fields = namedBy('contact', pipeline);
    if (fields.length === 0) continue;
    for await (const row of table.all({ index: 'g2', pk: `NUMBER#${pipeline.id}` })) {
      // Looked at before it is read: nearly all of them are somebody else's.
      const values = (row.fields ?? {}) as Record<string, unknown>;
      if (!fields.some((field) => values[field] === contact)) continue;
      const deal = dealOf(row);
      found.set(deal.id, deal);
    }
  }
  const waiting = [...found.keys()];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const { processes } = await readCard(table, id);
    const fresh = processes.map(({ deal }) => deal).filter((deal) => !found.has(deal));
    for (const deal of (await table.getMany(fresh.map(dealKey))).map(dealOf)) {
      found.set(deal.id, deal);
      waiting.push(deal.id);
    }
  }
  return [...found.values()];
};
