import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug, TaskId } from './ids.ts';
import { ReceiptSettings, ReceiptTax } from './integrations/robokassa.ts';
import { Money } from './money.ts';
import { Instant } from './time.ts';

const Amount = Money.refine((money) => money.amount > 0, 'an amount is more than zero minor units');

/** Invoices of a shop are counted; the gateway takes a number below 2^31. */
export const Invoice = z.int().min(1).max(2_147_483_647);

/** One line of a fiscal receipt; `sum` is of the whole line, in minor units. */
export const ReceiptLine = z.strictObject({
  name: z.string().min(1).max(128),
  quantity: z.number().positive(),
  sum: z.int().positive(),
  tax: ReceiptTax,
});
export type ReceiptLine = z.infer<typeof ReceiptLine>;

/** The fiscal receipt of a payment: its lines come to the amount exactly. */
export const PaymentReceipt = z.strictObject({
  sno: ReceiptSettings.shape.sno,
  method: ReceiptSettings.shape.method,
  object: ReceiptSettings.shape.object,
  lines: z.array(ReceiptLine).min(1).max(100),
  /** the closing receipt after a prepayment: asked for, given or refused */
  second: z
    .strictObject({
      id: Invoice,
      state: z.enum(['asked', 'given', 'failed']),
      at: Instant,
      problem: z.string().max(300).optional(),
    })
    .optional(),
});
export type PaymentReceipt = z.infer<typeof PaymentReceipt>;

/**
 * Money on its way back to the client. `unknown`: the gateway was asked and did not answer, so that nobody but a person who
 * looks into the shop's cabinet can say whether it is.
 */
export const PaymentRefund = z.strictObject({
  id: EntityId,
  amount: Amount,
  reason: z.string().trim().min(1).max(300),
  state: z.enum(['asked', 'sent', 'finished', 'cancelled', 'unknown']),
  /** the gateway's own id of it */
  requestId: z.string().max(100).optional(),
  problem: z.string().max(300).optional(),
  at: Instant,
  by: By,
  endedAt: Instant.optional(),
});
export type PaymentRefund = z.infer<typeof PaymentRefund>;

/** Why a payment that came wants a person to look at it. */
export const PaymentFlag = z.enum([
  /** another amount than was asked for */
  'amount',
  /** in another currency, so that the gateway's figure says nothing of ours */
  'currency',
  /** the link was cancelled before */
  'cancelled',
  /** the link was no longer good */
  'expired',
  /** the deal is over, or was refused */
  'closed',
]);
export type PaymentFlag = z.infer<typeof PaymentFlag>;

export const PaymentState = z.enum([
  'open',
  'paid',
  'cancelled',
  'expired',
  'refunding',
  'part-refunded',
  'refunded',
]);
export type PaymentState = z.infer<typeof PaymentState>;

/** Money asked of a client by a link, from the asking to what is given back. Written with its deal alone. */
export const Payment = z.strictObject({
  id: EntityId,
  deal: DealId,
  pipeline: Slug,
  pack: Slug,
  invoice: Invoice,
  description: z.string().min(1).max(100),
  amount: Amount,
  state: PaymentState,
  /** of the gateway's test mode: no money moves */
  test: z.boolean(),
  /** the unguessable part of its link */
  token: z.string().min(20).max(40),
  /** the step that asked for it, and the watch that waits */
  step: Slug.optional(),
  task: TaskId.optional(),
  /** what came, where it is another amount than was asked for */
  paid: Money.optional(),
  paidAt: Instant.optional(),
  /** the gateway's name of the operation: refunds are asked for by it */
  opKey: z.string().max(200).optional(),
  flags: z.array(PaymentFlag).max(5).optional(),
  /** money held on the card, until it is taken or let go */
  held: z
    .strictObject({ at: Instant, state: z.enum(['held', 'taking', 'taken', 'releasing', 'released']) })
    .optional(),
  refunds: z.array(PaymentRefund).max(50).default([]),
  receipt: PaymentReceipt.optional(),
  expiresAt: Instant.optional(),
  /** what a step asks for, worked out anew when money comes another way: where nothing is left of it, the link is taken back */
  asks: z.string().max(2000).optional(),
  /** why it was cancelled, where a person did it */
  reason: z.string().max(300).optional(),
  createdAt: Instant,
  by: By,
  changedAt: Instant,
  changedBy: By,
  version: z.int().positive(),
});
export type Payment = z.infer<typeof Payment>;
