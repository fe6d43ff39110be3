import * as z from 'zod';
import { DealId, EntityId, Slug, TaskId, UserId } from './ids.ts';
import { Language } from './text.ts';
import { Instant } from './time.ts';

/** A line in a person's in-app inbox. */
export const Notification = z.strictObject({
  id: EntityId,
  user: UserId,
  at: Instant,
  text: Slug,
  subject: z.string(),
  body: z.string(),
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  task: TaskId.optional(),
  readAt: Instant.optional(),
});
export type Notification = z.infer<typeof Notification>;

/** Everything that leaves by a channel: the record comes first, then the sending. */
export const OutgoingMessage = z.strictObject({
  id: EntityId,
  channel: z.enum(['email', 'sms']),
  to: z.string(),
  user: UserId.optional(),
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  text: Slug,
  subject: z.string(),
  body: z.string(),
  html: z.string().optional(),
  language: Language,
  state: z.enum(['queued', 'retrying', 'sent', 'delivered', 'bounced', 'complained', 'failed']),
  attempts: z.int().nonnegative(),
  nextAttemptAt: Instant.optional(),
  providerId: z.string().optional(),
  problem: z.string().optional(),
  createdAt: Instant,
  changedAt: Instant,
});
export type OutgoingMessage = z.infer<typeof OutgoingMessage>;
