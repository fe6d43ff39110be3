import type { Calendar } from '../../schemas/calendar.ts';
import type { Duration } from '../../schemas/time.ts';
import { isClockTime, secondsOf } from '../../schemas/time.ts';
import { localDay } from './local-time.ts';
import { addWorkingDays } from './working-days.ts';
import { addWorkingTime, subtractWorkingTime } from './working-time.ts';

/**
 * The instant a wait ends: elapsed time as it is, working time as `calendar` counts it.
 *
 * @param since - when the task opened or the stage was entered
 * @returns exact to the millisecond; `since` itself when `wait` is zero. After `validThrough` the answer is by the
 *   general rules and may still change: see `isProvisional`
 * @throws {CalendarEnds} if working time ends more than three years ahead; the calendar's administrator mends it
 */
export const dueAt = (since: Date, wait: Duration, calendar: Calendar): Date => {
  if (isClockTime(wait)) return new Date(since.getTime() + secondsOf(wait) * 1000);
  switch (wait.unit) {
    case 'workminutes':
      return addWorkingTime(since, wait.amount, calendar);
    case 'workhours':
      return addWorkingTime(since, wait.amount * 60, calendar);
    case 'workdays':
      return addWorkingDays(since, wait.amount, calendar);
    default:
      return wait satisfies never;
  }
};

/** So long before a moment; working time is counted back as it is counted forward. */
export const startBefore = (moment: Date, wait: Duration, calendar: Calendar): Date => {
  if (isClockTime(wait)) return new Date(moment.getTime() - secondsOf(wait) * 1000);
  switch (wait.unit) {
    case 'workminutes':
      return subtractWorkingTime(moment, wait.amount, calendar);
    case 'workhours':
      return subtractWorkingTime(moment, wait.amount * 60, calendar);
    case 'workdays':
      return addWorkingDays(moment, -wait.amount, calendar);
    default:
      return wait satisfies never;
  }
};

/**
 * Whether a decree that is not out yet may move an answer of this calendar. Whoever stores a due instant keeps what it
 * was computed from (start, wait, version of the calendar) and computes it again when the calendar changes.
 */
export const isProvisional = (due: Date, calendar: Calendar): boolean =>
  localDay(due, calendar.timeZone) > calendar.validThrough;
