import * as z from 'zod';
import { endpointOf } from '../../shared/endpoints.ts';
import { encodeReceipt, Receipt } from './receipt.ts';
import type { Shop } from './shop.ts';
import { digest, Shp, shpParts } from './sign.ts';
import { MOST_KOPECKS, sumOf } from './sum.ts';

/** Numbers of invoices: Robokassa's older interfaces take no more than 31 bits. */
export const InvoiceNumber = z.int().min(1).max(2_147_483_647);

/** An address of ours that the browser or the notification comes to. */
const Address = z.strictObject({ url: z.url().max(500), method: z.enum(['GET', 'POST']) });

/** What is to be paid, and how. */
export const Order = z.strictObject({
  /** Robokassa gives one itself where it is absent, and nobody could tell which payment that is: leave it out in no payment */
  invoice: InvoiceNumber.optional(),
  kopecks: z.int().positive().max(MOST_KOPECKS),
  /** the sum is hundredths of this currency, and is paid in roubles */
  currency: z.enum(['USD', 'EUR', 'KZT']).optional(),
  /** {@link descriptionOf} makes one of any text */
  description: z
    .string()
    .max(100)
    .refine((text) => descriptionOf(text) === text, 'a description is letters, digits and marks in one line')
    .optional(),
  language: z.enum(['ru', 'en']).optional(),
  email: z.email().max(200).optional(),
  /** until when it can be paid, UTC */
  until: z.date().optional(),
  /** a way to pay that is chosen beforehand */
  payBy: z
    .string()
    .regex(/^\w{1,40}$/)
    .optional(),
  userIp: z.union([z.ipv4(), z.ipv6()]).optional(),
  receipt: Receipt.optional(),
  /** without a receipt of ours Robokassa makes one of its own, unless this says not to */
  withoutReceipt: z.boolean().optional(),
  /** holds the money only; see holding.ts */
  hold: z.boolean().optional(),
  /** where the signed notification goes */
  noticeTo: z.url().max(500).optional(),
  success: Address.optional(),
  fail: Address.optional(),
  shp: Shp.optional(),
});
export type Order = z.infer<typeof Order>;

/** A text as a description of a payment: one line of letters, digits and marks, 100 characters at most. */
export const descriptionOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^A-Za-zА-Яа-яЁё0-9 .,:;!?()«»"'№#%&*+\-–—/\\=@_[\]]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 100)
    .trim();

const isTrue = (given: boolean | undefined, name: string): [string, string][] =>
  given === true ? [[name, 'true']] : [];
const given = (value: string | undefined, name: string): [string, string][] =>
  value === undefined ? [] : [[name, value]];

/** The parts that are signed, in their order, by the names under which they are sent. */
const signedParts = (shop: Shop, order: Order): [string, string][] => [
  ['MerchantLogin', shop.merchantLogin],
  ['OutSum', sumOf(order.kopecks)],
  ['InvId', order.invoice === undefined ? '' : String(order.invoice)],
  ...given(order.currency, 'OutSumCurrency'),
  ...given(order.userIp, 'UserIp'),
  ...given(order.receipt && encodeReceipt(order.receipt, order.kopecks), 'Receipt'),
  ...isTrue(order.hold, 'StepByStep'),
  ...given(order.noticeTo, 'ResultUrl2'),
  ...given(order.success?.url, 'SuccessUrl2'),
  ...given(order.success?.method, 'SuccessUrl2Method'),
  ...given(order.fail?.url, 'FailUrl2'),
  ...given(order.fail?.method, 'FailUrl2Method'),
];

/** The text that a request for a payment is signed over; it holds a password. */
export const signedText = (shop: Shop, order: Order): readonly string[] => [
  ...signedParts(shop, order).map(([, value]) => value),
  shop.password1,
  ...shpParts(order.shp ?? {}),
];

/** A form that a browser posts to Robokassa. */
export type PaymentForm = {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
};

/**
 * The form by which the client comes to Robokassa: post it where there is a receipt, whose length no address has room for.
 *
 * @throws {z.ZodError} for an order that Robokassa would refuse
 */
export const paymentForm = (shop: Shop, asked: Order): PaymentForm => {
  const order = Order.parse(asked);
  return {
    action: `${endpointOf('robokassa')}/Merchant/Index.aspx`,
    fields: Object.fromEntries([
      ...signedParts(shop, order).filter(([, value]) => value !== ''),
      ...given(order.description, 'Description'),
      ['SignatureValue', digest(shop.algorithm, signedText(shop, order))],
      ...given(order.language, 'Culture'),
      ['Encoding', 'utf-8'],
      ...given(order.email, 'Email'),
      ...given(order.until?.toISOString(), 'ExpirationDate'),
      ...given(order.payBy, 'IncCurrLabel'),
      ...isTrue(order.withoutReceipt, 'IsWithoutFreeSale'),
      ...(shop.test ? [['IsTest', '1']] : []),
      ...Object.entries(order.shp ?? {}),
    ]),
  };
};

/** The same as a link. */
export const paymentUrl = (shop: Shop, order: Order): string => {
  const { action, fields } = paymentForm(shop, order);
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${action}?${query.join('&')}`;
};
