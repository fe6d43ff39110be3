import * as z from 'zod';
import { endpointOf } from '../../shared/endpoints.ts';
import { outside } from '../../shared/outside.ts';
import { NotConfigured } from '../../shared/secret.ts';
import { jsonOf, RobokassaUnclear } from './errors.ts';
import { jwt } from './jwt.ts';
import { pricedLine, ReceiptLine } from './receipt.ts';
import type { Shop } from './shop.ts';
import { MOST_KOPECKS, numberOf } from './sum.ts';

/** What is to go back. */
export const Refund = z.strictObject({
  /** of the payment, by a signed notification or by `askState` */
  opKey: z.string().min(1).max(200),
  /** a part; all that is left where it is absent */
  kopecks: z.int().positive().max(MOST_KOPECKS).optional(),
  /** what the receipt of the refund lists; the price of one is worked out, and has to be whole kopecks */
  lines: z.array(ReceiptLine).min(1).max(100).optional(),
});
export type Refund = z.infer<typeof Refund>;

/** Robokassa takes a refund up, or says why not; its word is for a person, see `refundText`. */
export type RefundAnswer =
  | { readonly as: 'taken'; readonly id: string }
  | { readonly as: 'refused'; readonly reason: string };

/** What became of a refund; `unknown` where Robokassa has no such request. */
export type RefundState =
  | { readonly as: 'processing' | 'finished' | 'cancelled'; readonly kopecks: number }
  | { readonly as: 'unknown'; readonly reason: string };

const what = 'a refund';

/** A refund as Robokassa takes it: a JWT by Password#3. @throws {NotConfigured} where the shop has none */
export const refundToken = (shop: Shop, asked: Refund): string => {
  const { opKey, kopecks, lines } = Refund.parse(asked);
  if (shop.password3 === undefined)
    throw new NotConfigured(
      `Robokassa's shop ${shop.merchantLogin} has no Password#3, without which nothing is refunded: an operator asks for it in the cabinet and puts "password3" into the secret, docs/integrations/robokassa.md`,
    );
  return jwt(
    { alg: 'HS256', typ: 'JWT' },
    {
      OpKey: opKey,
      ...(kopecks === undefined ? {} : { RefundSum: numberOf(kopecks) }),
      ...(lines === undefined ? {} : { InvoiceItems: lines.map(pricedLine) }),
    },
    'sha256',
    shop.password3,
  );
};

const Created = z.union([
  z.object({ success: z.literal(true), requestId: z.string().min(1).max(100) }),
  z.object({ success: z.literal(false), message: z.string().nullish() }),
]);

/**
 * Asks for a refund. Robokassa has no key by which it would know the same request again: when the answer is lost
 * ({@link RobokassaUnclear}, or `Unreachable` that was maybe sent), a person looks into the cabinet before it is asked for again.
 */
export const createRefund = async (shop: Shop, refund: Refund): Promise<RefundAnswer> => {
  const answer = await outside(`${endpointOf('robokassa-services')}/RefundService/Refund/Create`, {
    method: 'POST',
    headers: { 'content-type': 'application/jwt' },
    body: refundToken(shop, refund),
  });
  const parsed = Created.safeParse(jsonOf(what, answer));
  if (!parsed.success) throw new RobokassaUnclear(`${what}: the answer has no "success" with its requestId`);
  return parsed.data.success
    ? { as: 'taken', id: parsed.data.requestId }
    : { as: 'refused', reason: (parsed.data.message ?? 'no reason given').slice(0, 200) };
};

const Stated = z.union([
  z.object({
    requestId: z.string(),
    amount: z.number().nonnegative(),
    label: z.enum(['finished', 'processing', 'canceled']),
  }),
  z.object({ message: z.string(), label: z.undefined().optional() }),
]);

/** Asks what became of a refund. Nothing is ever told of it unasked. */
export const refundState = async (id: string): Promise<RefundState> => {
  const query = new URLSearchParams({ id });
  const answer = await outside(`${endpointOf('robokassa-services')}/RefundService/Refund/GetState?${query}`);
  const parsed = Stated.safeParse(jsonOf(what, answer));
  if (!parsed.success)
    throw new RobokassaUnclear(`${what}: the answer has neither a "label" nor a "message"`);
  if (parsed.data.label === undefined) return { as: 'unknown', reason: parsed.data.message.slice(0, 200) };
  if (parsed.data.requestId.toLowerCase() !== id.toLowerCase())
    throw new RobokassaUnclear(`${what}: the answer is of another request`);
  return {
    as: parsed.data.label === 'canceled' ? 'cancelled' : parsed.data.label,
    kopecks: Math.round(parsed.data.amount * 100),
  };
};
