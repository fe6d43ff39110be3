import type { Day } from '../../schemas/time.ts';

export const dayMs = 86_400_000;

/** Days since 1970-01-01. Whole numbers are what the rules count with; `Day` is what people and storage see. */
export const dayNumber = (day: Day): number => Date.parse(day) / dayMs;

/** The day a number stands for, the inverse of `dayNumber`. */
export const dayOf = (number: number): Day => new Date(number * dayMs).toISOString().slice(0, 10) as Day;

/** 1 = Monday to 7 = Sunday. */
export const weekdayOf = (number: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((((number + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7; // 1970-01-01 was a Thursday

/** The day `count` days later on the wall calendar, or earlier if negative. Not the same as so many 24 hours. */
export const addDays = (day: Day, count: number): Day => dayOf(dayNumber(day) + count);

/**
 * The same day `count` months later, or the last day of a shorter month: 31 January plus one is 28 or 29 February.
 * Move it off a day off afterwards (`shiftDeadline`), not before.
 */
export const addMonths = (day: Day, count: number): Day => {
  const date = new Date(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + count;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / dayMs);
};
