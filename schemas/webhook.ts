import * as z from 'zod';
import { FedType } from './fed-event.ts';
import { EntityId, Slug, UserId } from './ids.ts';
import { Instant } from './time.ts';

/** Why nothing is sent: a person switched it off, its receiver said that it is gone, or it failed for days. */
export const WebhookEnd = z.enum(['person', 'gone', 'failing']);
export type WebhookEnd = z.infer<typeof WebhookEnd>;

/** Where events are sent, signed and in order. */
export const Webhook = z.strictObject({
  id: EntityId,
  pack: Slug,
  url: z.url().max(500),
  types: z.array(FedType).min(1),
  /** of the pack; all of them where absent */
  pipelines: z.array(Slug).min(1).optional(),
  note: z.string().max(200).optional(),
  state: z.enum(['on', 'off']),
  end: WebhookEnd.optional(),
  /** the last event that was delivered, or passed over */
  cursor: z.int().nonnegative(),
  deliveredAt: Instant.optional(),
  /** counts the secrets; the one before signs beside it until then */
  key: z.int().positive(),
  overlapUntil: Instant.optional(),
  createdBy: UserId,
  createdAt: Instant,
  changedAt: Instant,
  version: z.int().positive(),
});
export type Webhook = z.infer<typeof Webhook>;
