import { createHash } from 'node:crypto';
import { keepReceived } from '../calls/received.ts';
import { equalInTime } from '../shared/equal-in-time.ts';
import { NotFound } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { theTable } from '../shared/ports.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { RawCall } from '../shared/serve.ts';
import { accounts } from './cdek/account.ts';
import { CdekEvent, eventKey } from './cdek/webhooks.ts';

const taken: RawAnswer = { status: 200, contentType: 'text/plain; charset=utf-8', body: 'OK' };

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The pack whose address this is. All are compared, so that the time says nothing of how many there are. */
const packOf = async (token: string): Promise<string | undefined> =>
  [...(await accounts())].reduce<string | undefined>(
    (found, [pack, { webhookToken }]) => (equalInTime(token, webhookToken) ? pack : found),
    undefined,
  );

/**
 * POST /v1/webhooks/cdek/{token}: a hint that something changed. Nothing signs it, so that the address is what is secret, and
 * what it says is asked of CDEK itself before anything follows. It is stored as it came, and answered at once.
 *
 * @throws {NotFound} for another address
 */
export const cdekWebhook = async ({ params, raw, now }: RawCall<'cdek.webhook'>): Promise<RawAnswer> => {
  const pack = await packOf(params.token);
  if (pack === undefined) {
    count('CallbacksForged');
    throw new NotFound('no such address');
  }
  const event = CdekEvent.safeParse(jsonIn(raw.text));
  const said = event.success
    ? { kind: event.data.type === 'ORDER_STATUS' ? 'status' : 'other', externalId: eventKey(event.data) }
    : { kind: 'unreadable', externalId: createHash('sha256').update(raw.bytes).digest('hex') };
  const { received, isNew } = await keepReceived(
    theTable(),
    { provider: 'cdek', ...said, pack, raw: raw.text },
    now,
  );
  log.info({ received: received.id, kind: said.kind, isNew }, 'CDEK called');
  return taken;
};
