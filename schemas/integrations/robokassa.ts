import * as z from 'zod';
import { FieldId } from '../ids.ts';
import { Span, Who } from '../pipeline.ts';

/** Tax of a line of a fiscal receipt. */
export const ReceiptTax = z.enum([
  'none',
  'vat0',
  'vat5',
  'vat7',
  'vat10',
  'vat20',
  'vat22',
  'vat105',
  'vat107',
  'vat110',
  'vat120',
  'vat122',
]);
export type ReceiptTax = z.infer<typeof ReceiptTax>;

/** What is said of every line of a receipt, and by which tax system the shop works. */
export const ReceiptSettings = z.strictObject({
  /** may be left out where the shop has one */
  sno: z.enum(['osn', 'usn_income', 'usn_income_outcome', 'esn', 'patent']).optional(),
  tax: ReceiptTax,
  method: z
    .enum([
      'full_prepayment',
      'prepayment',
      'advance',
      'full_payment',
      'partial_payment',
      'credit',
      'credit_payment',
    ])
    .default('full_prepayment'),
  object: z.enum(['commodity', 'service', 'job', 'payment', 'composite', 'another']).default('commodity'),
});
export type ReceiptSettings = z.infer<typeof ReceiptSettings>;

/** Currencies in which the gateway takes an amount, of those that companies here keep. */
export const ShopCurrency = z.enum(['RUB', 'USD', 'EUR']);
export type ShopCurrency = z.infer<typeof ShopCurrency>;

/** How a company takes money by Robokassa; what is secret of its shop is kept elsewhere. */
export const RobokassaSettings = z.strictObject({
  /** payments of the test mode move no money: true, or a setting that says so */
  test: z.union([z.boolean(), z.strictObject({ setting: FieldId })]).default(false),
  /** who hears of money that needs a person: the first of them gets the tasks */
  accountant: z.array(Who).min(1),
  /** anything but roubles is converted by the gateway */
  currencies: z.array(ShopCurrency).min(1).default(['RUB']),
  /** how long a link is good where nothing else is said */
  open: Span.default({ unit: 'days', amount: 3 }),
  /** with it a fiscal receipt goes with each payment */
  receipt: ReceiptSettings.optional(),
  /** money is held on the card and taken when a person says so */
  holding: z.boolean().default(false),
  /** the number of the first invoice: above those the shop has given before */
  firstInvoice: z.int().min(1).max(2_000_000_000).default(1),
});
export type RobokassaSettings = z.infer<typeof RobokassaSettings>;
