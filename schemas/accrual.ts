import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug, UserId } from './ids.ts';
import { Money } from './money.ts';
import { Text } from './text.ts';
import { Day, Instant } from './time.ts';

/**
 * Pay that a deal brought one person: a part of a figure of the deal, granted once. It is paid, or reversed, once; the
 * amount is never edited.
 */
export const Accrual = z.strictObject({
  id: EntityId,
  deal: DealId,
  pipeline: Slug,
  employee: UserId,
  /** as what they earned it */
  role: Text,
  /** what the part is of, as it was when granted */
  base: Money,
  percent: z.number(),
  amount: Money,
  /** when it is to be paid */
  day: Day,
  state: z.enum(['accrued', 'paid', 'reversed']),
  at: Instant,
  by: By,
  /** who paid or reversed it, when and, of a reversal, why */
  settled: z.strictObject({ at: Instant, by: By, reason: z.string().max(1000).optional() }).optional(),
});
export type Accrual = z.infer<typeof Accrual>;
