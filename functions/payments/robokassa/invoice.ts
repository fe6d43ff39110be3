import * as z from 'zod';
import { endpointOf } from '../../shared/endpoints.ts';
import { outside } from '../../shared/outside.ts';
import { jsonOf, RobokassaUnclear } from './errors.ts';
import { jwt } from './jwt.ts';
import { InvoiceNumber } from './link.ts';
import { pricedLine, ReceiptLine } from './receipt.ts';
import type { Shop } from './shop.ts';
import { type Algorithm, Shp } from './sign.ts';
import { MOST_KOPECKS, numberOf } from './sum.ts';

/** An invoice that Robokassa keeps, and gives a short link to. */
export const Invoice = z.strictObject({
  invoice: InvoiceNumber,
  kopecks: z.int().positive().max(MOST_KOPECKS),
  description: z.string().max(100),
  /** for the shop's own people, in the cabinet */
  comments: z.string().max(200).optional(),
  language: z.enum(['ru', 'en']).default('ru'),
  /** can be paid more than once */
  reusable: z.boolean().optional(),
  lines: z.array(ReceiptLine).min(1).max(100).optional(),
  success: z.strictObject({ url: z.url(), method: z.enum(['GET', 'POST']) }).optional(),
  fail: z.strictObject({ url: z.url(), method: z.enum(['GET', 'POST']) }).optional(),
  shp: Shp.optional(),
});
export type Invoice = z.input<typeof Invoice>;

const names: Record<Algorithm, string> = {
  md5: 'MD5',
  ripemd160: 'RIPEMD160',
  sha1: 'SHA1',
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
};

/** A request about invoices: a JWT by the login and Password#1. */
export const invoiceToken = (shop: Shop, payload: unknown): string =>
  jwt(
    { typ: 'JWT', alg: names[shop.algorithm] },
    payload,
    shop.algorithm,
    `${shop.merchantLogin}:${shop.password1}`,
  );

/** What Robokassa is told of an invoice, in its order of members. */
export const invoicePayload = (shop: Shop, asked: Invoice) => {
  const { invoice, kopecks, description, comments, language, reusable, lines, success, fail, shp } =
    Invoice.parse(asked);
  return {
    MerchantLogin: shop.merchantLogin,
    InvoiceType: reusable === true ? 'Reusable' : 'OneTime',
    Culture: language,
    InvId: invoice,
    OutSum: numberOf(kopecks),
    Description: description,
    ...(shop.test ? { IsTest: 1 } : {}),
    ...(comments === undefined ? {} : { MerchantComments: comments }),
    ...(shp === undefined ? {} : { UserFields: shp }),
    ...(lines === undefined
      ? {}
      : {
          InvoiceItems: lines.map(pricedLine),
        }),
    ...(success === undefined ? {} : { SuccessUrl2Data: { Url: success.url, Method: success.method } }),
    ...(fail === undefined ? {} : { FailUrl2Data: { Url: fail.url, Method: fail.method } }),
  };
};

const Answer = z.union([
  z.url().transform((url) => ({ url })),
  z.object({ url: z.url(), isSuccess: z.literal(true).optional() }),
  z.object({ isSuccess: z.literal(false), message: z.string().nullish() }),
]);

const ask = async (what: string, path: string, shop: Shop, payload: unknown): Promise<unknown> => {
  const answer = await outside(`${endpointOf('robokassa-services')}/InvoiceServiceWebApi/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(invoiceToken(shop, payload)),
  });
  return jsonOf(what, answer);
};

/** Robokassa gives a link, or says why not. */
export type InvoiceAnswer =
  | { readonly as: 'made'; readonly url: string }
  | { readonly as: 'refused'; readonly reason: string };

/** Has Robokassa make an invoice, whose link can go into a letter as it is. */
export const createInvoice = async (shop: Shop, invoice: Invoice): Promise<InvoiceAnswer> => {
  const what = 'an invoice';
  const parsed = Answer.safeParse(await ask(what, 'CreateInvoice', shop, invoicePayload(shop, invoice)));
  if (!parsed.success) throw new RobokassaUnclear(`${what}: the answer has neither a link nor a refusal`);
  return 'url' in parsed.data
    ? { as: 'made', url: parsed.data.url }
    : { as: 'refused', reason: (parsed.data.message ?? 'no reason given').slice(0, 200) };
};
