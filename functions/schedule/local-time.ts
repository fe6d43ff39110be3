import type { Day, Instant, TimeOfDay, Zone } from '../../schemas/time.ts';
import { dayMs, dayNumber, dayOf } from './days.ts';
import { instantAt, readingAt } from './wall-clock.ts';

/** The day it is in `zone` at an instant. */
export const localDay = (instant: Date, zone: Zone): Day => dayOf(localDayNumber(instant.getTime(), zone));

/**
 * The instant at which a wall clock in `zone` shows `time` on `day`. Where the clock is put back and shows it twice, the
 * first; where it is put forward over it, as much later as was skipped.
 */
export const atLocal = (day: Day, time: TimeOfDay, zone: Zone): Date =>
  new Date(instantAt(dayNumber(day) * dayMs + minutesOf(time) * 60_000, zone));

/** The moment to wait for: an instant itself, a day without a time from 09:00. */
export const waitMoment = (when: Day | Instant, zone: Zone): Date =>
  isDay(when) ? atLocal(when, '09:00', zone) : new Date(when);

/** The moment something is due: an instant itself, a day without a time until 18:00. */
export const dueMoment = (when: Day | Instant, zone: Zone): Date =>
  isDay(when) ? atLocal(when, '18:00', zone) : new Date(when);

/** As `localDay`, in the numbers the rules count with. */
export const localDayNumber = (instant: number, zone: Zone): number =>
  Math.floor(readingAt(instant, zone) / dayMs);

/** Minutes after midnight, 24:00 included. */
export const minutesOf = (time: string): number => {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined) throw new RangeError(`"${time}" is no time of day; write HH:mm, such as 09:00`);
  return Number(hours) * 60 + Number(minutes);
};

const isDay = (when: Day | Instant): when is Day => when.length === 'YYYY-MM-DD'.length;
