import * as z from 'zod';
import { DealId, EntityId, Slug } from '../../schemas/ids.ts';
import { invoiceKey, payLinkKey } from '../shared/keys.ts';
import { contentOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

const Invoiced = z.object({
  pack: Slug,
  deal: DealId,
  dealNumber: z.string(),
  payment: EntityId,
  invoice: z.int(),
  test: z.boolean(),
});
export type Invoiced = z.infer<typeof Invoiced>;

const Linked = z.object({ pack: Slug, deal: DealId, payment: EntityId });
export type Linked = z.infer<typeof Linked>;

/** Which payment an invoice of a shop is of, if it is one of ours. */
export const invoiced = async (
  table: Table,
  pack: string,
  invoice: number,
): Promise<Invoiced | undefined> => {
  const row = await table.get(invoiceKey(pack, invoice));
  return row === undefined ? undefined : Invoiced.parse(contentOf(row));
};

/** Which payment a link leads to. */
export const linked = async (table: Table, token: string): Promise<Linked | undefined> => {
  const row = /^[0-9a-f]{20,40}$/.test(token) ? await table.get(payLinkKey(token)) : undefined;
  return row === undefined ? undefined : Linked.parse(contentOf(row));
};
