import { keepReceived } from '../calls/received.ts';
import { BadInput } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { theTable } from '../shared/ports.ts';
import type { RawAnswer } from '../shared/raw.ts';
import { NotConfigured } from '../shared/secret.ts';
import type { RawCall } from '../shared/serve.ts';
import { type Invoiced, invoiced } from './pointers.ts';
import type { NotBelieved } from './robokassa/form.ts';
import { verifyNotice } from './robokassa/jws.ts';
import { answerTo, readSaid, type Said, verifyResult } from './robokassa/result.ts';
import { type Shop, shopOf } from './robokassa/shop.ts';
import { gateway } from './settle.ts';

type Call = Pick<RawCall<'payments.result'>, 'params' | 'raw' | 'now' | 'company'>;

const text = (status: number, body: string): RawAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});

/** Nothing of what was said is in the answer, nor in the log. */
const notBelieved = ({ why }: NotBelieved, pack: string): RawAnswer => {
  count('CallbacksForged');
  log.warn({ provider: gateway, pack, why }, 'a notification is not believed');
  return text(why === 'oversized' ? 413 : 400, 'not believed');
};

const mustTakePayments = (pack: string, { company }: Pick<Call, 'company'>): void => {
  if (company.packs.every(({ id, integrations }) => id !== pack || integrations?.robokassa === undefined))
    throw new BadInput(`no shop "${pack}"`);
};

/** The shop whose passwords a notification claims to be signed with; one that takes no tests has none for them. */
const shopFor = async (pack: string, said: Pick<Said, 'test'>): Promise<Shop | undefined> => {
  if (!said.test) return shopOf(pack, false);
  try {
    return await shopOf(pack, true);
  } catch (error) {
    if (error instanceof NotConfigured) return undefined;
    throw error;
  }
};

/** What is kept of a notification: all that is signed, as it came, without the client's address, which nobody signs or needs. */
const withoutAddress = (given: string): string => {
  const form = new URLSearchParams(given);
  for (const name of [...form.keys()]) if (name.toLowerCase() === 'email') form.delete(name);
  return form.toString();
};

/** A test notification counts for a test payment alone, and what we sent along has to come back. */
const isOf = ({ shp, test }: Pick<Said, 'shp' | 'test'>, known: Invoiced): boolean =>
  test === known.test && shp.Shp_payment === known.payment && shp.Shp_deal === known.deal;

const dealOf = (known: Invoiced | undefined) =>
  known === undefined ? {} : { deal: { id: known.deal, number: known.dealNumber } };

/**
 * ResultURL: the notification is checked, kept as it came and answered; what follows from it is done afterwards. The same one
 * again is answered again, and nothing is written. One of an invoice nobody knows is kept and answered as well: Robokassa
 * would say no more by repeating it, and accountants are told of the money.
 */
export const takeResult = async (call: Call): Promise<RawAnswer> => {
  const { params, raw, now } = call;
  const { pack } = params;
  mustTakePayments(pack, call);
  const given = raw.text === '' ? raw.query.toString() : raw.text;
  const claimed = readSaid(given);
  if (!claimed.ok) return notBelieved(claimed, pack);
  const shop = await shopFor(pack, claimed);
  if (shop === undefined) return notBelieved({ ok: false, why: 'forged', problem: 'no tests here' }, pack);
  const said = verifyResult(given, shop);
  if (!said.ok) return notBelieved(said, pack);
  const known = await invoiced(theTable(), pack, said.invoice);
  if (known !== undefined && !isOf(said, known))
    return notBelieved({ ok: false, why: 'forged', problem: 'another payment' }, pack);
  const { isNew } = await keepReceived(
    theTable(),
    {
      provider: gateway,
      kind: 'result',
      externalId: `${pack}:${said.invoice}:${said.kopecks}${said.test ? ':test' : ''}`,
      pack,
      ...dealOf(known),
      raw: withoutAddress(given),
    },
    now,
  );
  log.info({ provider: gateway, pack, isNew }, 'a notification was kept');
  return text(200, answerTo(said.invoice));
};

/** ResultUrl2: the same by a signed notification, which also names the operation, and says when money is held. */
export const takeNotice = async (call: Call): Promise<RawAnswer> => {
  const { params, raw, now } = call;
  const { pack } = params;
  mustTakePayments(pack, call);
  const said = verifyNotice(raw.text, await shopOf(pack, false));
  if (!said.ok) return notBelieved(said, pack);
  const known = await invoiced(theTable(), pack, said.invoice);
  await keepReceived(
    theTable(),
    {
      provider: gateway,
      kind: 'notice',
      externalId: `${pack}:${said.invoice}:${said.state}:${said.opKey}`.slice(0, 300),
      pack,
      ...dealOf(known),
      raw: raw.text,
    },
    now,
  );
  return text(200, 'OK');
};
