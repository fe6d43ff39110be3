import * as z from 'zod';
import { DealId, EntityId, FieldId, Slug, UserId } from '../ids.ts';
import { Text } from '../text.ts';
import { Day, Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { None } from './shapes.ts';

const interval = { start: Instant, end: Instant };

/** A time in which a person is not free; the deal is named to those who may see it. */
export const BusyView = z.strictObject({
  kind: z.enum(['visit', 'absence']),
  ...interval,
  number: z.string().optional(),
  field: FieldId.optional(),
  title: Text.optional(),
  deal: DealId.optional(),
  dealTitle: z.string().optional(),
  reason: z.string().optional(),
});
export type BusyView = z.infer<typeof BusyView>;

const AbsenceDays = z.strictObject({
  user: UserId,
  from: Day,
  to: Day,
});

/** People's time: who is free when, who is away. */
export const visits = {
  'visits.availability': endpoint({
    method: 'GET',
    path: '/v1/availability',
    service: 'tasks',
    params: None,
    body: None,
    summary:
      'People with a role day by day: when each is busy, when free; for a booking form and a calendar of crews',
    query: z.strictObject({ role: Slug, from: Day, to: Day.optional(), person: EntityId.optional() }),
    answer: z.strictObject({
      role: Slug,
      from: Day,
      to: Day,
      people: z.array(
        z.strictObject({
          user: UserId,
          name: z.string(),
          busy: z.array(BusyView),
          free: z.array(z.strictObject(interval)),
        }),
      ),
    }),
  }),
  'visits.absent': endpoint({
    method: 'POST',
    path: '/v1/absences',
    service: 'tasks',
    params: None,
    query: None,
    summary:
      'Somebody is away for whole days: nothing can be booked then; answers the visits that have to be moved',
    body: AbsenceDays.extend({ reason: z.string().trim().min(1).max(200) }),
    answer: z.strictObject({ days: z.int(), visits: z.array(BusyView) }),
  }),
  'visits.back': endpoint({
    method: 'POST',
    path: '/v1/absences/cancel',
    service: 'tasks',
    params: None,
    query: None,
    summary: 'Somebody is not away on these days after all',
    body: AbsenceDays,
    answer: z.strictObject({ days: z.int() }),
  }),
};
