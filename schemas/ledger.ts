import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug } from './ids.ts';
import { LedgerKind } from './ledger-kind.ts';
import { Money } from './money.ts';
import { Day, Instant } from './time.ts';

export { LedgerKind };

/** What one unit of another currency costs, as people write it: `41.50`. */
export const Rate = z
  .string()
  .regex(/^(?!0+(\.0+)?$)\d{1,7}(\.\d{1,6})?$/, 'a rate above zero with a point, such as 41.50');
export type Rate = z.infer<typeof Rate>;

const Amount = Money.refine((money) => money.amount > 0, 'an amount is more than zero minor units');

/**
 * One payment, refund, cost or shipment of a deal. Amounts are positive; the kind gives the sign, and `corrects` turns it.
 * Never edited: an entry that waits for a decision is decided once, and a wrong one is corrected by another.
 */
export const LedgerEntry = z.strictObject({
  id: EntityId,
  deal: DealId,
  pipeline: Slug,
  kind: LedgerKind,
  amount: Amount,
  /** units of `amount` for one of `converted` */
  rate: Rate.optional(),
  /** the same money in the other currency the deal keeps */
  converted: Amount.optional(),
  /** only what is approved counts; absent: nobody has to decide */
  state: z.enum(['pending', 'approved', 'returned']).optional(),
  /** who decided, when and why; once */
  decided: z.strictObject({ at: Instant, by: By, comment: z.string().max(2000).optional() }).optional(),
  /** the entry that this one takes back, whole or in part */
  corrects: EntityId.optional(),
  /** what the money is for, in the pack's own words: `advance` */
  purpose: Slug.optional(),
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
