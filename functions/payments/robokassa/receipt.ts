import * as z from 'zod';
import { MOST_KOPECKS, numberOf } from './sum.ts';

/** Systems of taxation of the law on cash registers. */
export const TaxSystem = z.enum(['osn', 'usn_income', 'usn_income_outcome', 'esn', 'patent']);
export type TaxSystem = z.infer<typeof TaxSystem>;

/** Rates of VAT: `vat120` is 20/120, as an advance is taxed. */
export const Tax = z.enum([
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
export type Tax = z.infer<typeof Tax>;

/** What the money is, seen from the sale. */
export const PaymentMethod = z.enum([
  'full_prepayment',
  'prepayment',
  'advance',
  'full_payment',
  'partial_payment',
  'credit',
  'credit_payment',
]);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** What is sold. */
export const PaymentObject = z.enum([
  'commodity',
  'excise',
  'job',
  'service',
  'gambling_bet',
  'gambling_prize',
  'lottery',
  'lottery_prize',
  'intellectual_activity',
  'payment',
  'agent_commission',
  'composite',
  'resort_fee',
  'another',
  'property_right',
  'non-operating_gain',
  'insurance_premium',
  'sales_tax',
  'tovar_mark',
]);
export type PaymentObject = z.infer<typeof PaymentObject>;

/** One line of a fiscal receipt; `kopecks` is what the whole line comes to. */
export const ReceiptLine = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(128)
    .refine((name) => name.isWellFormed(), 'a name is well-formed text'),
  quantity: z.number().positive().max(99_999),
  kopecks: z.int().positive().max(MOST_KOPECKS),
  method: PaymentMethod,
  object: PaymentObject,
  tax: Tax,
  /** code of the marking, of goods that have one */
  marking: z.string().min(1).max(300).optional(),
});
export type ReceiptLine = z.infer<typeof ReceiptLine>;

/** A fiscal receipt; the system of taxation may be left out where the shop has one alone. */
export const Receipt = z.strictObject({
  sno: TaxSystem.optional(),
  lines: z.array(ReceiptLine).min(1).max(100),
});
export type Receipt = z.infer<typeof Receipt>;

/** What the lines come to, in kopecks: it has to be what is paid. */
export const totalOf = ({ lines }: Receipt): number => lines.reduce((sum, { kopecks }) => sum + kopecks, 0);

/** A line as the JSON of receipts has it. */
export const lineOf = ({ name, quantity, kopecks, method, object, tax, marking }: ReceiptLine) => ({
  name,
  quantity,
  sum: numberOf(kopecks),
  payment_method: method,
  payment_object: object,
  tax,
  ...(marking === undefined ? {} : { nomenclature_code: marking }),
});

/**
 * A line as refunds and invoices have it, which tell the price of one.
 *
 * @throws {RangeError} if that is no whole number of kopecks
 */
export const pricedLine = ({ name, quantity, kopecks, tax, method, object }: ReceiptLine) => {
  const price = kopecks / quantity;
  if (!Number.isInteger(price))
    throw new RangeError(
      `a line tells the price of one here: ${kopecks} kopecks for ${quantity} are no whole kopecks each; split the line`,
    );
  return {
    Name: name,
    Quantity: quantity,
    Cost: numberOf(price),
    Tax: tax,
    PaymentMethod: method,
    PaymentObject: object,
  };
};

/**
 * A receipt as it is both signed and put into the field of the form. It is encoded once here; the form's own encoding on the wire
 * comes on top of that, so that Robokassa, which decodes once, signs this very text.
 *
 * @throws {RangeError} if the lines do not come to what is paid
 */
export const encodeReceipt = (receipt: Receipt, kopecks: number): string => {
  const total = totalOf(receipt);
  if (total !== kopecks)
    throw new RangeError(
      `the lines of a receipt come to ${total} kopecks, and ${kopecks} are paid: they have to be the same`,
    );
  return encodeURIComponent(
    JSON.stringify({
      ...(receipt.sno === undefined ? {} : { sno: receipt.sno }),
      items: receipt.lines.map(lineOf),
    }),
  );
};
