import * as z from 'zod';
import { Attempt, attemptsKept, Decided } from './call.ts';
import { DealId, EntityId, FieldId, Slug, TaskId, UserId } from './ids.ts';
import { SmsGateway } from './integrations/sms.ts';
import { ClientChannel, Notice } from './pipeline.ts';
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
  /** e-mail leaves by SES; of the others the adapter of the channel says what became of them */
  channel: ClientChannel,
  to: z.string(),
  user: UserId.optional(),
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  /** whose words it speaks in: the company that the letter is from */
  pack: Slug.optional(),
  text: Slug,
  subject: z.string(),
  body: z.string(),
  html: z.string().optional(),
  /** advertising, which a person may turn down; or words that go to a phone at night; a letter of the business itself where absent */
  kind: z.enum(['promo', 'urgent']).optional(),
  /** one of several that a step writes again and again; a person may have them stopped */
  repeated: z.literal(true).optional(),
  /** the contact it is for, and who wrote it, where a person did */
  contact: EntityId.optional(),
  sender: UserId.optional(),
  /** files of deals that go with it */
  attachments: z
    .array(
      z.strictObject({
        deal: DealId,
        id: EntityId,
        name: z.string(),
        type: z.string(),
        size: z.int().nonnegative(),
      }),
    )
    .max(10)
    .optional(),
  /** the field of the deal whose file goes with it */
  about: FieldId.optional(),
  /** other ways to the same person, gone in turn where this one fails; `failed` is told when the last has */
  turns: z
    .strictObject({
      left: z.array(z.strictObject({ channel: ClientChannel, to: z.string() })),
      failed: Notice.optional(),
    })
    .optional(),
  language: Language,
  state: z.enum(['queued', 'retrying', 'sent', 'delivered', 'bounced', 'complained', 'failed', 'given-up']),
  attempts: z.int().nonnegative(),
  nextAttemptAt: Instant.optional(),
  providerId: z.string().optional(),
  /** of a message to a phone: who has it, where it is by their word, and what it took */
  sms: z
    .strictObject({
      gateway: SmsGateway,
      is: z.enum(['queued', 'sent', 'delivered', 'undelivered', 'rejected', 'expired', 'unknown']),
      parts: z.int().positive(),
      /** as the gateway writes it, in the account's currency */
      cost: z.string().max(20).optional(),
    })
    .optional(),
  /** its Message-ID, as the person's mail program knows it */
  rfcId: z.string().optional(),
  problem: z.string().optional(),
  /** the newest last */
  history: z.array(Attempt).max(attemptsKept).optional(),
  /** how often people had it sent again, when last, and what they decided */
  resent: z.int().positive().optional(),
  resentAt: Instant.optional(),
  decided: Decided.optional(),
  createdAt: Instant,
  changedAt: Instant,
});
export type OutgoingMessage = z.infer<typeof OutgoingMessage>;
