import type { Calendar } from '../../schemas/calendar.ts';
import type { Day } from '../../schemas/time.ts';
import { CalendarEnds, daysSearched } from './calendar-ends.ts';
import { dayMs, dayNumber, dayOf } from './days.ts';
import { instantAt, readingAt } from './wall-clock.ts';
import { windowsOn } from './working-windows.ts';

/** Whether anybody works on a local day. */
export const isWorkingDay = (day: Day, calendar: Calendar): boolean => works(dayNumber(day), calendar);

/**
 * The same time of day on the n-th following working day. From a day off the first working day after it is the first.
 * The time of day stays as it is, inside working hours or not.
 *
 * @param days - whole; negative goes to preceding working days, zero gives `instant` itself
 * @throws {CalendarEnds} if it lies more than three years away
 */
export const addWorkingDays = (instant: Date, days: number, calendar: Calendar): Date => {
  if (days === 0) return instant;
  const reading = readingAt(instant.getTime(), calendar.timeZone);
  const start = Math.floor(reading / dayMs);
  const step = Math.sign(days);
  let left = Math.abs(days);
  for (let day = start + step; Math.abs(day - start) <= daysSearched; day += step) {
    if (works(day, calendar)) left -= 1;
    if (left === 0) return new Date(instantAt(reading + (day - start) * dayMs, calendar.timeZone));
  }
  throw new CalendarEnds(calendar, instant.getTime(), `${days} working days`);
};

/**
 * Where a deadline by the calendar really falls: on a day off it moves to the working day after it (the civil law of
 * Russia and Ukraine), to the one before it (payments out), or stays. Keep the nominal day too, and show
 * `dayPlan(nominal)` for the reason.
 *
 * @throws {CalendarEnds} if there is no working day within three years
 */
export const shiftDeadline = (
  nominal: Day,
  direction: 'next' | 'previous' | 'none',
  calendar: Calendar,
): Day => {
  const start = dayNumber(nominal);
  if (direction === 'none' || works(start, calendar)) return nominal;
  const step = direction === 'next' ? 1 : -1;
  for (let away = 1; away <= daysSearched; away += 1) {
    const day = start + step * away;
    if (works(day, calendar)) return dayOf(day);
  }
  throw new CalendarEnds(calendar, start * dayMs, 'any working days');
};

const works = (day: number, calendar: Calendar): boolean => windowsOn(day, calendar).length > 0;
