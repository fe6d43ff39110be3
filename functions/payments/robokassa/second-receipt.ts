import { createHash } from 'node:crypto';
import * as z from 'zod';
import { endpointOf } from '../../shared/endpoints.ts';
import { outside } from '../../shared/outside.ts';
import { jsonOf, RobokassaUnclear } from './errors.ts';
import { InvoiceNumber } from './link.ts';
import { lineOf, Receipt, type Tax, totalOf } from './receipt.ts';
import type { Shop } from './shop.ts';
import type { Algorithm } from './sign.ts';
import { numberOf } from './sum.ts';

/** The final receipt for what was paid beforehand: what the goods come to, once they are handed over. */
export const SecondReceipt = z.strictObject({
  /** a new number, of no other payment or receipt */
  number: InvoiceNumber,
  /** of the payment that was made beforehand */
  invoice: InvoiceNumber,
  receipt: Receipt.extend({ sno: Receipt.shape.sno.unwrap() }).refine(
    ({ lines }) => lines.every(({ method }) => method === 'full_payment'),
    'every line of a final receipt is paid in full: full_payment',
  ),
  /** of the shop */
  url: z.url().max(300),
  email: z.email().optional(),
  phone: z
    .string()
    .regex(/^\+?\d{10,15}$/)
    .optional(),
});
export type SecondReceipt = z.infer<typeof SecondReceipt>;

/** The VAT that is in a sum, in kopecks, by the rate in the tax's name; half a kopeck is rounded up. */
const vatIn = (kopecks: number, tax: Tax): number => {
  const percent = Number(/^vat(?:1(?=\d\d))?(\d+)$/.exec(tax)?.[1] ?? 0);
  return Math.floor((2 * kopecks * percent + 100 + percent) / (2 * (100 + percent)));
};

const vatsOf = ({ lines }: Receipt) => {
  const sums = new Map<Tax, number>();
  for (const { tax, kopecks } of lines) sums.set(tax, (sums.get(tax) ?? 0) + vatIn(kopecks, tax));
  return [...sums].map(([type, kopecks]) => ({ type, sum: kopecks === 0 ? 0 : numberOf(kopecks) }));
};

/** What Robokassa is told of a final receipt. */
export const secondReceiptBody = (shop: Shop, asked: SecondReceipt) => {
  const { number, invoice, receipt, url, email, phone } = SecondReceipt.parse(asked);
  if (number === invoice)
    throw new RangeError(`a final receipt has a number of its own, not ${invoice} again`);
  const total = numberOf(totalOf(receipt));
  return {
    merchantId: shop.merchantLogin,
    id: String(number),
    originId: String(invoice),
    operation: 'sell',
    sno: receipt.sno,
    url,
    total,
    items: receipt.lines.map(lineOf),
    client: { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) },
    payments: [{ type: 2, sum: total }],
    vats: vatsOf(receipt),
  };
};

/** A request to the receipts' service: the JSON in Base64, and its digest with the password, in hex, in Base64 too. */
export const sealed = (json: string, algorithm: Algorithm, password: string): string => {
  const body = Buffer.from(json, 'utf8').toString('base64url');
  const signature = createHash(algorithm).update(`${body}${password}`, 'utf8').digest('hex');
  return `${body}.${Buffer.from(signature, 'utf8').toString('base64').replace(/=+$/, '')}`;
};

const ask = async (what: string, path: string, shop: Shop, body: unknown): Promise<unknown> => {
  const answer = await outside(`${endpointOf('robokassa-receipts')}/RoboFiscal/Receipt/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: sealed(JSON.stringify(body), shop.algorithm, shop.password1),
  });
  return jsonOf(what, answer);
};

const Code = z.union([z.string(), z.int()]).transform(String);
const Attached = z.object({
  ResultCode: Code,
  ResultDescription: z.string().nullish(),
  OpKey: z.string().nullish(),
});

/** Robokassa takes a receipt up, or says why not. */
export type ReceiptAnswer =
  | { readonly as: 'taken'; readonly opKey: string | undefined }
  | { readonly as: 'refused'; readonly code: string; readonly reason: string };

/** Has the final receipt made: two at most for one payment. `receiptState` says what came of it, also after a lost answer. */
export const attachReceipt = async (shop: Shop, receipt: SecondReceipt): Promise<ReceiptAnswer> => {
  const what = 'a final receipt';
  const parsed = Attached.safeParse(await ask(what, 'Attach', shop, secondReceiptBody(shop, receipt)));
  if (!parsed.success) throw new RobokassaUnclear(`${what}: the answer has no ResultCode`);
  const { ResultCode, ResultDescription, OpKey } = parsed.data;
  // 0 took it, 1 waits for the register, 2 is registered already.
  return ['0', '1', '2'].includes(ResultCode)
    ? { as: 'taken', opKey: OpKey ?? undefined }
    : { as: 'refused', code: ResultCode, reason: (ResultDescription ?? '').slice(0, 200) };
};

/** A receipt's way to the tax office. */
export type ReceiptState =
  | { readonly as: 'waiting' }
  | {
      readonly as: 'registered';
      /** number of the fiscal drive, of the document, and its sign: what finds the receipt at the tax office */
      readonly drive: string | undefined;
      readonly document: string | undefined;
      readonly sign: string | undefined;
      readonly at: string | undefined;
    }
  | { readonly as: 'failed' | 'unknown'; readonly reason: string };

const Stated = z.object({
  Code,
  Description: z.string().nullish(),
  FnNumber: Code.nullish(),
  FiscalDocumentNumber: Code.nullish(),
  FiscalDocumentAttribute: Code.nullish(),
  FiscalDate: z.string().nullish(),
});

/** Asks what became of the receipt of this number, a final one or that of a payment. */
export const receiptState = async (shop: Shop, number: number): Promise<ReceiptState> => {
  const what = 'the state of a receipt';
  const body = { merchantId: shop.merchantLogin, id: String(InvoiceNumber.parse(number)) };
  const parsed = Stated.safeParse(await ask(what, 'Status', shop, body));
  if (!parsed.success) throw new RobokassaUnclear(`${what}: the answer has no Code`);
  const { data } = parsed;
  const reason = (data.Description ?? 'no reason given').slice(0, 200);
  switch (data.Code) {
    case '1':
      return { as: 'waiting' };
    case '2':
      return {
        as: 'registered',
        drive: data.FnNumber ?? undefined,
        document: data.FiscalDocumentNumber ?? undefined,
        sign: data.FiscalDocumentAttribute ?? undefined,
        at: data.FiscalDate ?? undefined,
      };
    case '3':
      return { as: 'failed', reason };
    default:
      return { as: 'unknown', reason };
  }
};
