import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { keepReceived } from '../calls/received.ts';
import { BadInput } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { theTable } from '../shared/ports.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { RawCall } from '../shared/serve.ts';
import { smsAccountsOf } from './gateway.ts';
import type { Reply, StatusHint } from './hint.ts';

const text = (status: number, body: string): RawAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});

/** Compares without telling by the time it takes how much is right; of what differs in length too. */
const isSame = (given: string, wanted: string): boolean => {
  const digest = (word: string) => createHash('sha256').update(word).digest();
  return timingSafeEqual(digest(given), digest(wanted));
};

/** A form or JSON, whichever the gateway is set to. */
const fieldsIn = (given: string, contentType: string): Readonly<Record<string, string>> => {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(given));
  try {
    return z
      .record(z.string(), z.unknown())
      .transform((fields) =>
        Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
      )
      .parse(JSON.parse(given));
  } catch (error) {
    throw new BadInput('no JSON object', { cause: error });
  }
};

/** SMSC signs what it says of a message where a password is set in its cabinet. */
const isSigned = (fields: Readonly<Record<string, string>>, password: string | undefined): boolean => {
  if (password === undefined) return true;
  const { id = '', phone = '', status = '', md5, sha1 } = fields;
  const signed = `${id}:${phone}:${status}:${password}`;
  const digest = (algorithm: string) => createHash(algorithm).update(signed).digest('hex');
  if (sha1 !== undefined) return isSame(sha1.toLowerCase(), digest('sha1'));
  return md5 !== undefined && isSame(md5.toLowerCase(), digest('md5'));
};

type Heard =
  | { readonly kind: 'status'; readonly key: string; readonly said: z.infer<typeof StatusHint> }
  | { readonly kind: 'reply'; readonly key: string; readonly said: z.infer<typeof Reply> };

const heardIn = (fields: Readonly<Record<string, string>>): Heard | undefined => {
  const { id, status, phone, mes } = fields;
  if (id !== undefined && /^\d{1,20}$/.test(id) && status !== undefined && /^-?\d{1,4}$/.test(status))
    return { kind: 'status', key: `${id}:${status}`, said: { id, status } };
  if (phone === undefined || mes === undefined || !/^\+?\d{6,16}$/.test(phone)) return undefined;
  const named = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 40);
  return { kind: 'reply', key: named, said: { from: phone, text: mes.slice(0, 1000) } };
};

const notBelieved = (provider: string, pack: string, why: string): RawAnswer => {
  count('CallbacksForged');
  log.warn({ provider, pack, why }, 'a word of a gateway is not believed');
  return text(403, 'not believed');
};

/**
 * POST /v1/webhooks/sms/{pack}/{provider}/{token}: what a gateway says of a message, or what a client answered. The address is the
 * secret; what is said is kept and answered, and only makes us ask the gateway.
 */
export const hearGateway = async (call: RawCall<'sms.hear'>): Promise<RawAnswer> => {
  const { params, raw, now, company } = call;
  const { pack, provider, token } = params;
  if (company.packs.every(({ id, integrations }) => id !== pack || integrations?.sms === undefined))
    return notBelieved(provider, '-', 'no such pack');
  const accounts = await smsAccountsOf(pack);
  if (accounts.callbackToken === undefined || !isSame(token, accounts.callbackToken))
    return notBelieved(provider, pack, 'another address');
  const fields = fieldsIn(raw.text, raw.contentType);
  const heard = heardIn(fields);
  if (heard === undefined) throw new BadInput('neither the state of a message nor an answer of a client');
  if (provider === 'smsc' && heard.kind === 'status' && !isSigned(fields, accounts.smsc?.callbackPassword))
    return notBelieved(provider, pack, 'signed by somebody else');
  await keepReceived(
    theTable(),
    { provider, kind: heard.kind, externalId: `${pack}:${heard.key}`, pack, raw: JSON.stringify(heard.said) },
    now,
  );
  return text(200, 'OK');
};
