import type { Calendar } from '../../schemas/calendar.ts';
import { planOf } from './day-plan.ts';
import { dayMs } from './days.ts';
import { minutesOf } from './local-time.ts';
import { closingAt, openingAt } from './wall-clock.ts';

/** A stretch of working time in epoch milliseconds, `[open, close)`. */
export type WorkingWindow = { readonly open: number; readonly close: number };

const known = new WeakMap<Calendar, Map<number, readonly WorkingWindow[]>>();
const daysKept = 5_000; // some thirteen years; a report over all time must not grow a warm function without end

/** The windows of a local day in order, none of them overlapping, empty on a day off. */
export const windowsOn = (day: number, calendar: Calendar): readonly WorkingWindow[] => {
  const days = known.get(calendar) ?? remember(calendar);
  const found = days.get(day);
  if (found !== undefined) return found;
  if (days.size >= daysKept) days.clear();
  const built = build(day, calendar);
  days.set(day, built);
  return built;
};

function remember(calendar: Calendar) {
  const days = new Map<number, readonly WorkingWindow[]>();
  known.set(calendar, days);
  return days;
}

function build(day: number, calendar: Calendar): readonly WorkingWindow[] {
  const midnight = day * dayMs;
  const at = (time: string) => midnight + minutesOf(time) * 60_000;
  const { hours } = planOf(day, calendar);
  return hours
    .map(([open, close], n) => {
      // A closing the clock shows twice is the later one, unless another window, or the next day, has begun by then.
      const next = hours[n + 1]?.[0] ?? '24:00';
      const limit = openingAt(at(next), calendar.timeZone);
      return {
        open: openingAt(at(open), calendar.timeZone),
        close: Math.min(closingAt(at(close), calendar.timeZone), limit),
      };
    })
    .filter(({ open, close }) => open < close); // a window inside a skipped hour has no length
}
