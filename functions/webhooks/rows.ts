import { Webhook } from '../../schemas/webhook.ts';
import { callIdOf } from '../calls/queue.ts';
import { readable } from '../shared/readable.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

/** All of them are read at once: there are a handful. */
export const webhooksOf = 'WEBHOOKS';
export const webhookKey = (id: string): Key => ({ pk: webhooksOf, sk: id });

export const webhookRow = (webhook: Webhook): Item => ({
  ...webhookKey(webhook.id),
  row: 'webhook',
  ...webhook,
});
export const webhookOf = (item: Item): Webhook => readable(Webhook, contentOf(item));

export const provider = 'webhook';
export const kind = 'events';

/** The call that carries a webhook's events. */
export const callOfWebhook = (id: string): string => callIdOf({ provider, kind, occasion: id });
