import { createHmac } from 'node:crypto';
import type { Webhook } from '../../schemas/webhook.ts';
import { linkToken } from '../shared/link-token.ts';

/** The key of a webhook's n-th secret. It follows from the key of the deployment, so that it is kept nowhere. */
const keyOf = async (id: string, n: number): Promise<Buffer> => {
  const halves = await Promise.all(['1', '2'].map((half) => linkToken('webhook', id, String(n), half)));
  return Buffer.from(halves.join(''), 'utf8');
};

/** A secret as receivers keep it: `whsec_` and the key in base64. */
export const secretFor = async ({ id, key }: Pick<Webhook, 'id' | 'key'>): Promise<string> =>
  `whsec_${(await keyOf(id, key)).toString('base64')}`;

/**
 * The headers of Standard Webhooks for one message: by the secret of now, and for a while by the one before.
 *
 * @param message.id - the same whenever the same event is sent
 */
export const signed = async (
  { id, key, overlapUntil }: Pick<Webhook, 'id' | 'key' | 'overlapUntil'>,
  message: { readonly id: string; readonly body: string },
  now: Date,
): Promise<Record<string, string>> => {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const isOverlapping = overlapUntil !== undefined && key > 1 && now.getTime() < Date.parse(overlapUntil);
  const keys = await Promise.all([key, ...(isOverlapping ? [key - 1] : [])].map((n) => keyOf(id, n)));
  const signatures = keys.map((one) =>
    createHmac('sha256', one).update(`${message.id}.${timestamp}.${message.body}`, 'utf8').digest('base64'),
  );
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.map((one) => `v1,${one}`).join(' '),
  };
};
