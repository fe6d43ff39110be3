import { FedEvent } from '../../schemas/fed-event.ts';
import { readable } from '../shared/readable.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

/** How long an event can be read. */
export const keptDays = 90;
const dayMs = 86_400_000;

/** Numbers of one partition: a poll reads one of them, or two. */
export const numbersEach = 10_000;

export const counterKey: Key = { pk: 'EVENTS', sk: 'COUNTER' };
/** The first number that was given on a day, UTC. */
export const dayKey = (day: string): Key => ({ pk: 'EVENTS', sk: `DAY#${day}` });
/** Where an event stands among all of them, in the index that lists them. */
export const placeOf = (n: number) => ({
  g1pk: `EVENTS#${String(Math.floor(n / numbersEach)).padStart(8, '0')}`,
  g1sk: String(n).padStart(12, '0'),
});
/** One row an event: whether it has a number is found by its id. */
export const eventKey = (id: string): Key => ({ pk: `EVENT#${id}`, sk: 'EVENT' });

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
/** The first day whose events are still read. */
export const oldestDay = (now: Date): string => dayOf(new Date(now.getTime() - keptDays * dayMs));

const ttl = (now: Date, days: number): number => Math.floor(now.getTime() / 1000) + days * 86_400;

// Kept a week longer than they are read, since a table forgets what is over when it likes.
export const eventRow = (event: FedEvent, now: Date): Item => ({
  ...eventKey(event.id),
  ...placeOf(event.n),
  row: 'event',
  ttl: ttl(now, keptDays + 7),
  ...event,
});
export const dayRow = (first: number, now: Date): Item => ({
  ...dayKey(dayOf(now)),
  row: 'event-day',
  ttl: ttl(now, keptDays + 30),
  first,
});
export const fedEventOf = (item: Item): FedEvent => readable(FedEvent, contentOf(item));
