import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug, TaskId, UserId } from './ids.ts';
import { Text } from './text.ts';
import { ClockTime, Instant, TimeOfDay } from './time.ts';

/** So long before or after the start of a task (its due time where it has no start). */
export const Offset = z.strictObject({ side: z.enum(['before', 'after']), span: ClockTime });
export type Offset = z.infer<typeof Offset>;

/** A moment of the very quick form: some time from now, or a time of the company's clock so many days on. */
export const Preset = z.union([
  z.strictObject({ title: Text, after: ClockTime }),
  z.strictObject({ title: Text, days: z.int().nonnegative(), time: TimeOfDay }),
]);
export type Preset = z.infer<typeof Preset>;

/** What somebody is to be reminded of, when, and who; in the app at that moment. */
export const Reminder = z.strictObject({
  id: EntityId,
  what: z.string().min(1).max(500),
  at: Instant,
  who: UserId,
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  task: TaskId.optional(),
  /** follows the start of its task */
  offset: Offset.optional(),
  state: z.enum(['waiting', 'told', 'dropped']),
  by: By,
  createdAt: Instant,
  changedAt: Instant,
  changedBy: By,
  version: z.int().positive(),
});
export type Reminder = z.infer<typeof Reminder>;

/** A list that a person keeps under a name: which one, and what it is asked for. */
export const SavedFilter = z.strictObject({
  id: Slug,
  title: z.string().min(1).max(120),
  list: z.enum(['deals', 'tasks', 'desk', 'search']),
  query: z.record(z.string().max(48), z.union([z.string().max(500), z.number(), z.boolean()])),
});
export type SavedFilter = z.infer<typeof SavedFilter>;
