import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { clientDealKey, dealKey } from '../shared/keys.ts';
import { dealOf } from '../shared/rows.ts';
import type { Table, Write } from '../shared/table/port.ts';

/** Contacts that a deal names. */
export const contactsIn = (deal: Deal | undefined, { fields }: Pipeline): string[] => [
  ...new Set(
    Object.entries(fields).flatMap(([id, { type }]) => {
      const named = type === 'contact' ? deal?.fields[id] : undefined;
      return typeof named === 'string' ? [named] : [];
    }),
  ),
];

/** Rows that lead from the contacts a deal names to the deal; they go into the transaction that writes the deal. */
export const clientLinks = (before: Deal | undefined, after: Deal, pipeline: Pipeline): Write[] => {
  const [old, fresh] = [contactsIn(before, pipeline), contactsIn(after, pipeline)];
  return [
    ...fresh
      .filter((contact) => !old.includes(contact))
      .map((contact) => ({
        put: {
          ...clientDealKey(contact, after.id),
          row: 'client-deal',
          deal: after.id,
          pipeline: after.pipeline,
        },
      })),
    ...old
      .filter((contact) => !fresh.includes(contact))
      .map((contact) => ({ remove: clientDealKey(contact, after.id) })),
  ];
};

/** Deals of a pipeline that name a contact, the newest first: one query, and the deals themselves. */
export const dealsOfClient = async (contact: string, pipeline: string, table: Table): Promise<Deal[]> => {
  const ids: string[] = [];
  const { pk } = clientDealKey(contact, '');
  for await (const row of table.all({ pk, consistent: true }))
    if (row.pipeline === pipeline) ids.push(String(row.deal));
  const found = (await table.getMany(ids.map(dealKey))).map(dealOf);
  // What was written a moment ago may not have reached every copy that a read of many asks.
  const missing = ids.filter((id) => !found.some((deal) => deal.id === id));
  const rows = await Promise.all(missing.map((id) => table.get(dealKey(id), { consistent: true })));
  const late = rows.flatMap((row) => (row === undefined ? [] : [dealOf(row)]));
  return [...found, ...late].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
};
