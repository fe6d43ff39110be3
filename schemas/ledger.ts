import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug } from './ids.ts';
import { Money } from './money.ts';
import { Day, Instant } from './time.ts';

export const LedgerKind = z.enum(['payment', 'refund', 'cost', 'shipment']);
export type LedgerKind = z.infer<typeof LedgerKind>;

/** One payment, refund, cost or shipment of a deal. Amounts are positive; the kind gives the sign. Never edited. */
export const LedgerEntry = z.strictObject({
  id: EntityId,
  deal: DealId,
  pipeline: Slug,
  kind: LedgerKind,
  amount: Money.refine((money) => money.amount > 0, 'an amount is more than zero minor units'),
  day: Day,
  account: Slug.default('bank'),
  source: Slug,
  /** the payment system's id; the same one is recorded once */
  externalId: z.string().max(120).optional(),
  note: z.string().max(500).optional(),
  at: Instant,
  by: By,
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
