import type { Calendar, DayException, WorkingHours } from '../../schemas/calendar.ts';
import type { Text } from '../../schemas/text.ts';
import type { Day } from '../../schemas/time.ts';
import { dayNumber, dayOf, weekdayOf } from './days.ts';
import { minutesOf } from './local-time.ts';
import { nationalYear } from './national-year.ts';

/** The working hours of a day, none on a day off, and which rule gave them, so that a screen can say why. */
export type DayPlan =
  | { readonly hours: WorkingHours; readonly because: 'exception'; readonly exception: DayException }
  | { readonly hours: WorkingHours; readonly because: 'holiday'; readonly title: Text }
  | { readonly hours: WorkingHours; readonly because: 'moved' | 'eve' | 'week' };

/** What a calendar says about a local date: its own exception, else moved days, else holidays, else the week. */
export const dayPlan = (day: Day, calendar: Calendar): DayPlan => planOf(dayNumber(day), calendar);

/** As `dayPlan`, by day number. */
export const planOf = (number: number, calendar: Calendar): DayPlan => {
  const day = dayOf(number);
  const exception = calendar.exceptions[day];
  if (exception === undefined) return nationalPlan(number, day, calendar, calendar.observeShortDays);

  const hours = exceptionHours(
    exception,
    () => nationalPlan(number, day, calendar, false).hours, // an exception replaces the short eve, it does not add to it
  );
  return { hours, because: 'exception', exception };
};

function exceptionHours(exception: DayException, usual: () => WorkingHours): WorkingHours {
  switch (exception.kind) {
    case 'off':
      return [];
    case 'work':
      return exception.hours;
    case 'short':
      return shortened(usual(), exception.minusMinutes);
    default:
      return exception satisfies never;
  }
}

function nationalPlan(number: number, day: Day, calendar: Calendar, observeShortDays: boolean): DayPlan {
  const week = calendar.week[weekdayOf(number)];
  if (calendar.country === undefined || !calendar.observePublicHolidays)
    return { hours: week, because: 'week' };

  const { holidays, moved, worked, short } = nationalYear(calendar.country, Number(day.slice(0, 4)));
  const eve = observeShortDays && short.has(number);
  if (moved.has(number)) return { hours: [], because: 'moved' };
  if (worked.has(number)) {
    const hours = week.length > 0 ? week : lastWorkedBefore(number, calendar);
    return { hours: eve ? shortened(hours, 60) : hours, because: 'moved' };
  }
  const title = holidays.get(number);
  if (title !== undefined) return { hours: [], because: 'holiday', title };
  return eve ? { hours: shortened(week, 60), because: 'eve' } : { hours: week, because: 'week' };
}

/** A moved working Saturday has no hours of its own: it is worked like the last working day of the week before it. */
function lastWorkedBefore(number: number, { week }: Calendar): WorkingHours {
  for (let back = 1; back < 7; back += 1) {
    const hours = week[weekdayOf(number - back)];
    if (hours.length > 0) return hours;
  }
  return [];
}

/** The same opening, so many minutes less, taken from the end of the day across its breaks. */
function shortened(hours: WorkingHours, minutes: number): WorkingHours {
  const last = hours.at(-1);
  if (last === undefined) return hours;
  const [open, close] = last;
  const length = minutesOf(close) - minutesOf(open);
  const before = hours.slice(0, -1);
  if (minutes >= length) return shortened(before, minutes - length);
  return [...before, [open, timeOf(minutesOf(close) - minutes)]];
}

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
