import * as z from 'zod';
import { Attempt, CallState, Decided } from '../call.ts';
import { FedEvent, FedType } from '../fed-event.ts';
import { DealId, EntityId, Slug } from '../ids.ts';
import { OutgoingMessage } from '../message.ts';
import { ReceivedState } from '../received.ts';
import { Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { EntityParam, None, Paging } from './shapes.ts';

/** Whatever state something on its way out, or that came in, may be in. */
export const OutboxState = z.enum([
  ...new Set([...CallState.options, ...OutgoingMessage.shape.state.options, ...ReceivedState.options]),
]);
export type OutboxState = z.infer<typeof OutboxState>;

export const Direction = z.enum(['out', 'in']);

/** Something that left or came in: a call of an outside system, a message, what such a system said, or a letter. */
export const OutboxEntry = z.strictObject({
  id: EntityId,
  what: z.enum(['call', 'message', 'received', 'letter']),
  direction: Direction,
  /** of a message its channel */
  provider: Slug,
  /** of a message its text */
  kind: Slug,
  /** what it is about; of a message its subject, absent where that tells a hidden field */
  about: z.string().optional(),
  /** of a message; absent for readers who see no contacts */
  to: z.string().optional(),
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  state: OutboxState,
  attempts: z.int().nonnegative(),
  nextAttemptAt: Instant.optional(),
  answer: z.string().optional(),
  problem: z.string().optional(),
  /** of a message that is to be sent again: it may have arrived, and would arrive twice */
  mayHaveLeft: z.literal(true).optional(),
  decided: Decided.optional(),
  at: Instant,
  changedAt: Instant,
  /** what the reader may do with it now */
  may: z.array(z.enum(['again', 'give-up'])),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** The same with its last attempts, and what it says where the reader may see all of the deal. */
export const OutboxDetail = OutboxEntry.extend({
  history: z.array(Attempt),
  input: z.record(z.string(), z.unknown()).optional(),
  raw: z.string().optional(),
});
export type OutboxDetail = z.infer<typeof OutboxDetail>;

const reason = z.string().trim().min(1).max(1000);

/** What leaves and comes in, and the numbered events. */
export const outboxApi = {
  'outbox.list': endpoint({
    method: 'GET',
    path: '/v1/outbox',
    service: 'outbox',
    params: None,
    body: None,
    summary:
      'What left for outside systems and people and what came in, the newest first: of a deal, or in one state (what failed, if none is named)',
    query: z.strictObject({
      state: OutboxState.optional(),
      direction: Direction.optional(),
      provider: Slug.optional(),
      deal: DealId.optional(),
      ...Paging,
    }),
    answer: z.strictObject({ items: z.array(OutboxEntry), cursor: z.string().optional() }),
  }),
  'outbox.get': endpoint({
    method: 'GET',
    path: '/v1/outbox/{id}',
    service: 'outbox',
    params: EntityParam,
    query: None,
    body: None,
    summary: 'One of them with its last attempts',
    answer: OutboxDetail,
  }),
  'outbox.again': endpoint({
    method: 'POST',
    path: '/v1/outbox/{id}/again',
    service: 'outbox',
    status: 202,
    params: EntityParam,
    query: None,
    body: z.strictObject({
      reason,
      /** though it may have arrived and would arrive twice */
      evenSo: z.boolean().default(false),
    }),
    summary: 'Try what failed or was given up once more',
    answer: OutboxDetail,
  }),
  'outbox.giveUp': endpoint({
    method: 'POST',
    path: '/v1/outbox/{id}/give-up',
    service: 'outbox',
    params: EntityParam,
    query: None,
    body: z.strictObject({ reason }),
    summary: 'Stop trying',
    answer: OutboxDetail,
  }),
  'events.list': endpoint({
    method: 'GET',
    path: '/v1/events',
    service: 'outbox',
    params: None,
    body: None,
    summary: 'Events of deals for other systems, numbered without gaps: those behind a number',
    query: z.strictObject({
      /** the last number the reader has; without it the oldest event that is kept is the first */
      after: z.coerce.number().int().nonnegative().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      /** one type or several, by commas */
      type: z
        .string()
        .max(300)
        .transform((text) => text.split(','))
        .pipe(z.array(FedType).min(1))
        .optional(),
    }),
    answer: z.strictObject({
      items: z.array(FedEvent),
      /** where to go on from */
      next: z.int().nonnegative(),
      /** whether more is there already */
      more: z.boolean(),
    }),
  }),
};
