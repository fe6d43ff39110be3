import * as z from 'zod';
import { By, FileRef } from './deal.ts';
import { DealId, EntityId, FieldId, UserId } from './ids.ts';
import { Instant } from './time.ts';

/** One line of a deal's history, written from the table's change stream. */
export const FeedEntry = z.strictObject({
  id: EntityId,
  deal: DealId,
  at: Instant,
  by: By,
  kind: z.enum([
    'created',
    'changed',
    'figure',
    'moved',
    'migrated',
    'assigned',
    'task-opened',
    'task-closed',
    'task-cancelled',
    'task-reassigned',
    'escalated',
    'decision',
    'money',
    'accrual',
    'comment',
    'message',
    'outbox',
    'conversation',
    'process',
    'parcel',
    'payment',
    'reminder',
    'erased',
    'restored',
  ]),
  /** by kind: `{ field: [before, after] }`, `{ from, to }`, `{ task, title, outcome }`, `{ text }`, …; of an erasure the names of the fields and no value */
  data: z.record(z.string(), z.unknown()),
  reason: z.string().optional(),
});
export type FeedEntry = z.infer<typeof FeedEntry>;

/** A remark a person wrote into the deal's history. */
export const Comment = z.strictObject({
  id: EntityId,
  deal: DealId,
  at: Instant,
  by: By,
  text: z.string().min(1).max(4000),
  /** people who are asked to look */
  mentions: z.array(UserId).max(50).optional(),
  /** files of the deal, each with the field it was announced for, whose rights are the file's */
  files: z
    .array(FileRef.extend({ field: FieldId.optional() }))
    .max(20)
    .optional(),
});
export type Comment = z.infer<typeof Comment>;
