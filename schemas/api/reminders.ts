import * as z from 'zod';
import { DealId, Slug, TaskId, UserId } from '../ids.ts';
import { Offset, Reminder, SavedFilter } from '../reminder.ts';
import { Text } from '../text.ts';
import { Day, Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { EntityParam, None, Paging, TaskView } from './shapes.ts';

const page = <T extends z.ZodType>(of: T) =>
  z.strictObject({ items: z.array(of), cursor: z.string().optional() });

/** When: an instant, a moment of the very quick form, or a time before or after the start of a task. One of the three. */
const When = {
  at: Instant.optional(),
  preset: Slug.optional(),
  offset: Offset.optional(),
};
const FilterParam = z.strictObject({ id: Slug });

/** Reminders, the calendar of what is to come, and the lists a person keeps. */
export const reminders = {
  'reminders.create': endpoint({
    method: 'POST',
    path: '/v1/reminders',
    service: 'inbox',
    status: 201,
    params: None,
    query: None,
    summary: 'Remind somebody: what, when and who; the author where nobody is named',
    body: z.strictObject({
      what: Reminder.shape.what,
      ...When,
      who: UserId.optional(),
      deal: DealId.optional(),
      task: TaskId.optional(),
    }),
    answer: Reminder,
  }),
  'reminders.list': endpoint({
    method: 'GET',
    path: '/v1/reminders',
    service: 'inbox',
    params: None,
    body: None,
    query: z.strictObject({ deal: DealId.optional(), ...Paging }),
    summary: "The reader's reminders to come, the next one first; or those of a deal",
    answer: page(Reminder),
  }),
  'reminders.presets': endpoint({
    method: 'GET',
    path: '/v1/reminders/presets',
    service: 'inbox',
    params: None,
    query: None,
    body: None,
    summary: 'Moments of the very quick form, as they would be now',
    answer: z.strictObject({ items: z.array(z.strictObject({ id: Slug, title: Text, at: Instant })) }),
  }),
  'reminders.change': endpoint({
    method: 'PATCH',
    path: '/v1/reminders/{id}',
    service: 'inbox',
    params: EntityParam,
    query: None,
    summary: 'Say it otherwise, or at another time',
    body: z.strictObject({ what: Reminder.shape.what.optional(), ...When }),
    answer: Reminder,
  }),
  'reminders.drop': endpoint({
    method: 'POST',
    path: '/v1/reminders/{id}/drop',
    service: 'inbox',
    params: EntityParam,
    query: None,
    body: None,
    summary: 'No longer wanted',
    answer: Reminder,
  }),
  'calendar.get': endpoint({
    method: 'GET',
    path: '/v1/calendar',
    service: 'inbox',
    params: None,
    body: None,
    query: z.strictObject({ from: Day, to: Day, who: UserId.optional() }),
    summary: 'What is to come, by time: reminders, and open tasks by their start or due time',
    answer: z.strictObject({
      items: z.array(
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('reminder'), at: Instant, reminder: Reminder }),
          z.strictObject({ kind: z.literal('task'), at: Instant, task: TaskView }),
        ]),
      ),
    }),
  }),
  'filters.list': endpoint({
    method: 'GET',
    path: '/v1/me/filters',
    service: 'inbox',
    params: None,
    query: None,
    body: None,
    summary: 'Lists the reader keeps',
    answer: z.strictObject({ items: z.array(SavedFilter) }),
  }),
  'filters.save': endpoint({
    method: 'PUT',
    path: '/v1/me/filters/{id}',
    service: 'inbox',
    params: FilterParam,
    query: None,
    summary: 'Keep a list under a name',
    body: SavedFilter.omit({ id: true }),
    answer: SavedFilter,
  }),
  'filters.remove': endpoint({
    method: 'DELETE',
    path: '/v1/me/filters/{id}',
    service: 'inbox',
    params: FilterParam,
    query: None,
    body: None,
    summary: 'Keep it no longer',
    answer: z.strictObject({ items: z.array(SavedFilter) }),
  }),
} as const;
