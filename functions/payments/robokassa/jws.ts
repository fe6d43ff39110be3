import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as z from 'zod';
import { NotConfigured } from '../../shared/secret.ts';
import { MOST_BYTES, type NotBelieved, notBelieved } from './form.ts';
import type { Shop } from './shop.ts';
import { kopecksOf } from './sum.ts';

const Header = z.object({ alg: z.literal('RS256'), crit: z.undefined().optional() });

const Payload = z.object({
  header: z.object({
    type: z.literal('PaymentStateNotification'),
    version: z.string().max(20),
    timestamp: z.string().regex(/^\d{9,11}$/),
  }),
  data: z.object({
    shop: z.string(),
    opKey: z.string().min(1).max(200),
    invId: z.string().regex(/^[1-9]\d{0,9}$/),
    paymentMethod: z.string().max(60).optional(),
    incSum: z.string(),
    state: z.enum(['OK', 'HOLD']),
  }),
});

/** What a signed notification says: paid, or held. */
export type Notice = {
  readonly ok: true;
  readonly state: 'paid' | 'held';
  readonly invoice: number;
  /** what the client paid, with what is taken for the way of paying; the price is what was asked for */
  readonly paidKopecks: number;
  /** by which a refund is asked for */
  readonly opKey: string;
  readonly method: string | undefined;
  readonly at: Date;
};

/** The bytes of a segment; `undefined` unless it is spelled in the one way there is. */
const bytesOf = (segment: string): Buffer | undefined => {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : undefined;
};

const jsonOf = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // judged by the schema that reads it
  }
};

const keys = new Map<string, KeyObject>();

const keyOf = (shop: Shop): KeyObject => {
  const { certificate } = shop;
  if (certificate === undefined)
    throw new NotConfigured(
      `Robokassa's shop ${shop.merchantLogin} has no certificate to check signed notifications by: an operator puts "certificate" into its secret, docs/integrations/robokassa.md`,
    );
  const known = keys.get(certificate);
  if (known !== undefined) return known;
  try {
    const key = createPublicKey(certificate);
    keys.set(certificate, key);
    return key;
  } catch {
    // The cause may quote what was read.
    throw new NotConfigured(
      `the certificate of Robokassa's shop ${shop.merchantLogin} is no PEM of a certificate: an operator mends its secret, docs/integrations/robokassa.md`,
    );
  }
};

/**
 * Whether a notification by JWS is Robokassa's and of this shop. The algorithm is RS256 whatever its header says, and the key is
 * that of the shop's certificate: keys that come along are not looked at.
 *
 * @param raw - the body as it came, one line of three segments, with or without quotation marks around it
 */
export const verifyNotice = (raw: string, shop: Shop): Notice | NotBelieved => {
  if (Buffer.byteLength(raw) > MOST_BYTES)
    return notBelieved('oversized', `the notification is longer than ${MOST_BYTES} bytes`);
  const token = /^\s*("?)([\w-]+\.[\w-]+\.[\w-]+)\1\s*$/.exec(raw)?.[2] ?? '';
  const [head = '', body = '', tail = ''] = token.split('.');
  const [header, payload, signature] = [bytesOf(head), bytesOf(body), bytesOf(tail)];
  if (token === '' || header === undefined || payload === undefined || signature === undefined)
    return notBelieved('malformed', 'the notification is no JWS of three segments');
  if (!Header.safeParse(jsonOf(header)).success)
    return notBelieved('forged', 'the algorithm of the notification is not RS256');
  if (!verify('sha256', Buffer.from(`${head}.${body}`), keyOf(shop), signature))
    return notBelieved('forged', 'the signature of the notification is not that of the certificate');
  const parsed = Payload.safeParse(jsonOf(payload));
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole');
    return notBelieved('malformed', `the notification is of another form at ${places.join(', ')}`);
  }
  const { data, header: stamp } = parsed.data;
  if (data.shop !== shop.merchantLogin) return notBelieved('forged', 'the notification is of another shop');
  const paidKopecks = kopecksOf(data.incSum);
  if (paidKopecks === undefined || Number(data.invId) > 2_147_483_647)
    return notBelieved('malformed', 'the notification is of another form at data.incSum or data.invId');
  return {
    ok: true,
    state: data.state === 'OK' ? 'paid' : 'held',
    invoice: Number(data.invId),
    paidKopecks,
    opKey: data.opKey,
    method: data.paymentMethod,
    at: new Date(Number(stamp.timestamp) * 1000),
  };
};
