import * as z from 'zod';
import { Accrual } from '../accrual.ts';
import { ClientMessage } from '../conversation.ts';
import { Deal, FieldValue } from '../deal.ts';
import { FeedEntry } from '../feed.ts';
import { DealId, EntityId, FieldId, Slug, TaskId, UserId } from '../ids.ts';
import { LedgerEntry } from '../ledger.ts';
import { OutgoingMessage } from '../message.ts';
import { Task } from '../task.ts';
import { Text } from '../text.ts';
import { Instant } from '../time.ts';

export const None = z.strictObject({});
export const IdParam = z.strictObject({ id: DealId });
export const AccrualParam = z.strictObject({ id: DealId, accrual: EntityId });
export const TaskParam = z.strictObject({ id: TaskId });
export const EntityParam = z.strictObject({ id: EntityId });
export const Paging = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A message to a client or a colleague; by which ways else it would go is our own affair. */
export const MessageView = OutgoingMessage.omit({
  turns: true,
  history: true,
  resent: true,
  resentAt: true,
  decided: true,
});
export type MessageView = z.infer<typeof MessageView>;

/** A deal as one reader may see it: hidden fields are absent, money is minor units. */
export const DealView = Deal.omit({
  keys: true,
  threads: true,
  definition: true,
  era: true,
  running: true,
  arrived: true,
  restored: true,
  undo: true,
  queues: true,
  lettered: true,
  tracking: true,
}).extend({
  /** the facts conditions read: fields, totals and computed figures the reader may see */
  facts: z.record(z.string(), z.unknown()),
  /** stages this reader may move it to now */
  moves: z.array(Slug),
  /** what to mind, where the request was carried out all the same */
  warnings: z.array(Text).optional(),
});
export type DealView = z.infer<typeof DealView>;

export const TaskView = Task.omit({
  token: true,
  ahead: true,
  opened: true,
  keep: true,
  dueRule: true,
  files: true,
  startField: true,
  reminded: true,
  version: true,
}).extend({
  overdue: z.boolean(),
  /** what to mind, where the request was carried out all the same */
  warnings: z.array(Text).optional(),
});
export type TaskView = z.infer<typeof TaskView>;

export const FileView = z.strictObject({
  id: EntityId,
  name: z.string(),
  field: FieldId.optional(),
  version: z.int().positive(),
  type: z.string(),
  size: z.int().nonnegative(),
  at: Instant,
  by: UserId.optional(),
});
export type FileView = z.infer<typeof FileView>;

/** A deal in one line, as far as the reader may see it; `worth` is minor units. */
export const DealBrief = z.strictObject({
  deal: DealId,
  number: z.string(),
  title: z.string(),
  stage: Slug,
  stageTitle: Text,
  outcome: z.string().optional(),
  responsible: UserId.optional(),
  worth: z.int().optional(),
  createdAt: Instant,
});
export type DealBrief = z.infer<typeof DealBrief>;

/** A deal's card: everything one screen shows, from one query. */
export const CardView = z.strictObject({
  deal: DealView,
  tasks: z.array(TaskView),
  ledger: z.array(LedgerEntry),
  accruals: z.array(Accrual),
  files: z.array(FileView),
  processes: z.array(
    z.strictObject({
      deal: DealId,
      number: z.string(),
      pipeline: Slug,
      stage: Slug,
      outcome: z.string().optional(),
    }),
  ),
  feed: z.array(FeedEntry),
  /** the last of what was written with the client over all deals, newest first; of pipelines that clients write to */
  conversation: z.array(ClientMessage).optional(),
  /** starred by the reader; where the company has a desk of favourites */
  favourite: z.boolean().optional(),
  /** other deals of the same client, newest first */
  previous: z.array(DealBrief).optional(),
  /** processes this reader may start now */
  offers: z.array(Slug),
});
export type CardView = z.infer<typeof CardView>;

/** New values by field; `null` empties one. */
export const FieldChanges = z.record(FieldId, FieldValue.nullable());
export type FieldChanges = z.infer<typeof FieldChanges>;
