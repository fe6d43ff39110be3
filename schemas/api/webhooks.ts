import * as z from 'zod';
import { CallState } from '../call.ts';
import { FedType } from '../fed-event.ts';
import { EntityId, Slug } from '../ids.ts';
import { Instant } from '../time.ts';
import { Webhook } from '../webhook.ts';
import { endpoint } from './endpoint.ts';
import { EntityParam, None } from './shapes.ts';

/** Where events are sent, and how that goes. */
export const WebhookView = Webhook.extend({
  delivery: z
    .strictObject({
      /** what carries its events: its attempts are read in the outbox by this id */
      call: EntityId,
      state: CallState,
      problem: z.string().optional(),
      nextAttemptAt: Instant.optional(),
    })
    .optional(),
});

const Url = z.url({ protocol: /^https?$/ }).max(500);
const given = {
  url: Url,
  types: z.array(FedType).min(1).max(FedType.options.length),
  pipelines: z.array(Slug).min(1).max(50).optional(),
  note: z.string().trim().max(200).optional(),
};

/** With the secret that signs, which is shown this once. */
export const WebhookWithSecret = z.strictObject({ webhook: WebhookView, secret: z.string() });

/** Where events are sent; for administrators. */
export const webhooksApi = {
  'webhooks.list': endpoint({
    method: 'GET',
    path: '/v1/webhooks',
    service: 'outbox',
    params: None,
    query: None,
    body: None,
    summary: 'Where events are sent, and how that goes',
    answer: z.strictObject({ items: z.array(WebhookView) }),
  }),
  'webhooks.create': endpoint({
    method: 'POST',
    path: '/v1/webhooks',
    service: 'outbox',
    status: 201,
    params: None,
    query: None,
    body: z.strictObject({ ...given, pack: Slug.optional() }),
    summary: 'Have events sent to an https address, from now on; the secret is shown this once',
    answer: WebhookWithSecret,
  }),
  'webhooks.change': endpoint({
    method: 'PATCH',
    path: '/v1/webhooks/{id}',
    service: 'outbox',
    params: EntityParam,
    query: None,
    body: z.strictObject({
      ...z.strictObject(given).partial().shape,
      state: z.enum(['on', 'off']).optional(),
    }),
    summary: 'Change where, or switch on and off; switched on it goes on where it stood',
    answer: WebhookView,
  }),
  'webhooks.remove': endpoint({
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    service: 'outbox',
    params: EntityParam,
    query: None,
    body: None,
    summary: 'Send nothing there any more',
    answer: z.strictObject({ removed: z.literal(true) }),
  }),
  'webhooks.rotate': endpoint({
    method: 'POST',
    path: '/v1/webhooks/{id}/rotate',
    service: 'outbox',
    params: EntityParam,
    query: None,
    body: None,
    summary: 'Make a new secret, shown this once; for a day the one before signs beside it',
    answer: WebhookWithSecret,
  }),
  'webhooks.again': endpoint({
    method: 'POST',
    path: '/v1/webhooks/{id}/again',
    service: 'outbox',
    status: 202,
    params: EntityParam,
    query: None,
    body: z.strictObject({ after: z.int().nonnegative() }),
    summary: 'Send once more all that came behind a number',
    answer: WebhookView,
  }),
};
