import * as z from 'zod';
import { DealId, EntityId, Slug } from './ids.ts';
import { Money } from './money.ts';
import { Day, Instant } from './time.ts';

/** One thing that the payment system and the ledger say differently. */
export const PaymentDifference = z.strictObject({
  deal: DealId,
  dealNumber: z.string(),
  payment: EntityId,
  invoice: z.int().positive(),
  /**
   * `unknown-there`: we count it as paid, and they know of no money. `amount`: both know it, with other amounts. `returned`: they
   * gave it back by themselves. `several`: two operations go by its number. `late`: it was paid, nobody had told us, and it has
   * been entered now.
   */
  what: z.enum(['unknown-there', 'amount', 'returned', 'several', 'late']),
  ours: Money.optional(),
  theirs: Money.optional(),
});
export type PaymentDifference = z.infer<typeof PaymentDifference>;

/** What came of one day's comparison of a shop with the ledger. */
export const Reconciliation = z.strictObject({
  pack: Slug,
  day: Day,
  state: z.enum(['running', 'done', 'unfinished']),
  /** invoices that were asked after */
  asked: z.array(z.int().positive()),
  differences: z.array(PaymentDifference),
  problem: z.string().max(500).optional(),
  at: Instant,
  changedAt: Instant,
  version: z.int().positive(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;
