import * as z from 'zod';
import { Post, SharedFile, SocialChannel } from './conversation.ts';
import { By } from './deal.ts';
import { DealId, EntityId, Slug } from './ids.ts';
import { IntakeLetter } from './intake.ts';
import { LedgerKind } from './ledger.ts';
import { Money } from './money.ts';
import { Day, Instant } from './time.ts';

/** What happened, on the bus (`source: voronka`); ids are those of the change that caused it, so repeats can be told. */
export const DomainEvent = z.strictObject({
  id: EntityId,
  at: Instant,
  type: z.enum([
    'deal.created',
    'deal.changed',
    'deal.moved',
    'deal.migrated',
    'task.opened',
    'task.closed',
    'task.cancelled',
    'ledger.recorded',
    'ledger.decided',
    'message.queued',
    'person.told',
    'reminder.due',
    /** an outside system is to be asked for something; its worker does */
    'call.queued',
    'call.given-up',
    /** an outside system said something; its worker acts upon it */
    'outside.received',
  ]),
  pipeline: Slug.optional(),
  deal: DealId.optional(),
  by: By,
  data: z.record(z.string(), z.unknown()),
});
export type DomainEvent = z.infer<typeof DomainEvent>;

/**
 * What an adapter of an outside system says to Voronka (`source: voronka.port.<adapter>`, detail-type = `type`).
 * Every one is idempotent by `externalId` within its adapter.
 */
export const PortEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('payment.received'),
    externalId: z.string().max(120),
    deal: DealId,
    amount: Money,
    day: Day,
    kind: LedgerKind.default('payment'),
    account: Slug.default('robokassa'),
  }),
  z.strictObject({
    type: z.literal('shipment.registered'),
    externalId: z.string().max(120),
    deal: DealId,
    trackNumber: z.string().min(1).max(60),
  }),
  z.strictObject({
    type: z.literal('nomenclature.loaded'),
    externalId: z.string().max(120),
    products: z
      .array(
        z.strictObject({
          guid1c: z.uuid(),
          name: z.string(),
          unit: z.string(),
          price: z.int(),
          currency: z.enum(['RUB', 'USD', 'EUR', 'UAH', 'MDL']),
        }),
      )
      .default([]),
    companies: z
      .array(z.strictObject({ guid1c: z.uuid(), name: z.string(), taxNumber: z.string().optional() }))
      .default([]),
  }),
  /** a client wrote, or commented on a post of the company */
  z.strictObject({
    type: z.literal('message.received'),
    externalId: z.string().max(120),
    channel: SocialChannel,
    /** where more than one pipeline hears the network */
    pipeline: Slug.optional(),
    kind: z.enum(['message', 'comment']).default('message'),
    person: z.strictObject({ id: z.string().min(1).max(120), name: z.string().trim().min(1).max(200) }),
    text: z.string().max(4000).default(''),
    files: z.array(SharedFile).max(20).default([]),
    post: Post.optional(),
  }),
  /** a letter came to one of the company's mailboxes, named by its address or by its entry in the directory */
  z.strictObject({
    type: z.literal('mail.received'),
    externalId: z.string().max(120),
    mailbox: z.string().min(1).max(200),
    from: IntakeLetter.shape.from,
    subject: IntakeLetter.shape.subject.default(''),
    text: IntakeLetter.shape.text.default(''),
    files: IntakeLetter.shape.files.default([]),
  }),
  /** what became of a message of another channel than e-mail, by the adapter that took it */
  z.strictObject({
    type: z.literal('message.sent'),
    externalId: z.string().max(120),
    message: EntityId,
    /** of an answer in the thread with a client: whose it is */
    client: EntityId.optional(),
    providerId: z.string().min(1).max(200).optional(),
  }),
  z.strictObject({
    type: z.literal('message.refused'),
    externalId: z.string().max(120),
    message: EntityId,
    client: EntityId.optional(),
    problem: z.string().min(1).max(500),
  }),
  z.strictObject({
    type: z.literal('request.received'),
    externalId: z.string().max(120),
    pack: Slug,
    pipeline: Slug,
    title: z.string().min(1).max(200),
    channel: Slug,
    contact: z
      .strictObject({ name: z.string(), email: z.email().optional(), phone: z.string().optional() })
      .optional(),
    fields: z.record(z.string(), z.unknown()).default({}),
  }),
]);
export type PortEvent = z.infer<typeof PortEvent>;
