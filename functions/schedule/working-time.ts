import type { Calendar } from '../../schemas/calendar.ts';
import { CalendarEnds, daysSearched } from './calendar-ends.ts';
import { localDayNumber } from './local-time.ts';
import { windowsOn } from './working-windows.ts';

/*
 * Windows are half open, [open, close). Time is exact to the millisecond: the seconds of a start are kept. A budget
 * used up at closing time is due at closing, not at the next opening, and no budget at all is due at its start.
 * So add(add(s, a), b) is add(s, a + b) without exception.
 */

/** Whether the company works at an instant: at 09:00 it does, at 18:00 it does not any more. */
export const isWorkingTime = (instant: Date, calendar: Calendar): boolean => {
  const at = instant.getTime();
  const day = localDayNumber(at, calendar.timeZone);
  return windowsOn(day, calendar).some(({ open, close }) => open <= at && at < close);
};

/**
 * The instant itself inside working hours, otherwise the next opening.
 *
 * @throws {CalendarEnds} if nobody works within three years
 */
export const nextWorkingMoment = (instant: Date, calendar: Calendar): Date => {
  const from = instant.getTime();
  for (const { open } of windowsFrom(from, calendar)) return new Date(Math.max(open, from));
  throw new CalendarEnds(calendar, from, 'any working minutes');
};

/**
 * The instant at which so many working minutes have passed since `start`.
 *
 * @param minutes - zero or more, parts of a minute allowed
 * @returns never a moment outside working hours, except `start` itself for zero minutes
 * @throws {CalendarEnds} if it lies more than three years ahead
 */
export const addWorkingTime = (start: Date, minutes: number, calendar: Calendar): Date => {
  const from = start.getTime();
  let left = millisecondsOf(minutes);
  if (left === 0) return start;
  for (const { open, close } of windowsFrom(from, calendar)) {
    const begin = Math.max(open, from);
    if (left <= close - begin) return new Date(begin + left);
    left -= close - begin;
  }
  throw new CalendarEnds(calendar, from, `${minutes} working minutes`);
};

/**
 * The instant so many working minutes before `due`, for a warning ahead of a deadline. Minutes used up at opening time
 * give that opening, not the closing before it.
 *
 * @throws {CalendarEnds} if it lies more than three years back
 */
export const subtractWorkingTime = (due: Date, minutes: number, calendar: Calendar): Date => {
  const until = due.getTime();
  let left = millisecondsOf(minutes);
  if (left === 0) return due;
  const lastDay = localDayNumber(until, calendar.timeZone);
  for (let day = lastDay; day > lastDay - daysSearched; day -= 1) {
    for (const { open, close } of windowsOn(day, calendar).toReversed()) {
      const end = Math.min(close, until);
      if (end <= open) continue;
      if (left <= end - open) return new Date(end - left);
      left -= end - open;
    }
  }
  throw new CalendarEnds(calendar, until, `-${minutes} working minutes`);
};

/** Working minutes from one instant to a later one, with parts of a minute; negative if the second comes first. */
export const workingMinutesBetween = (from: Date, to: Date, calendar: Calendar): number => {
  const [start, end] = [from.getTime(), to.getTime()];
  if (end < start) return -workingMinutesBetween(to, from, calendar);
  const lastDay = localDayNumber(end, calendar.timeZone);
  let worked = 0;
  for (let day = localDayNumber(start, calendar.timeZone); day <= lastDay; day += 1) {
    for (const { open, close } of windowsOn(day, calendar)) {
      worked += Math.max(0, Math.min(close, end) - Math.max(open, start));
    }
  }
  return worked / 60_000;
};

/** The windows that are not over at an instant, in order, for three years. */
function* windowsFrom(instant: number, calendar: Calendar) {
  const first = localDayNumber(instant, calendar.timeZone);
  for (let day = first; day < first + daysSearched; day += 1) {
    for (const window of windowsOn(day, calendar)) if (window.close > instant) yield window;
  }
}

function millisecondsOf(minutes: number): number {
  if (minutes >= 0) return Math.round(minutes * 60_000);
  throw new RangeError(`${minutes} working minutes: give zero or more; subtractWorkingTime goes back`);
}
