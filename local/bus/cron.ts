import { DateTime } from 'luxon';

/** The first instant after `after` (epoch ms) that a cron expression names; undefined when there is none to come. */
export type NextAfter = (after: number) => number | undefined;

/** A day of the calendar, without a zone; `weekday` is 1 for Sunday, as AWS counts. */
type Day = { year: number; month: number; day: number; weekday: number; lastDay: number };

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const LAST_YEAR = 2199;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Compiles the six fields of an AWS cron expression: minutes, hours, day of month, month, day of week, year.
 *
 * A local time that the clocks jump over in spring is skipped; one that they repeat in autumn is met once, the first time.
 *
 * @throws with the field that cannot be read
 */
export const compileCron = (fields: string, zone: string): NextAfter => {
  const parts = fields.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = parts;
  if (
    year === undefined ||
    minute === undefined ||
    hour === undefined ||
    month === undefined ||
    parts.length !== 6
  ) {
    throw new Error('six fields are wanted: minutes hours day-of-month month day-of-week year');
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error('exactly one of day-of-month and day-of-week has to be ?');
  }
  const minutes = [...setOf(minute, 'minutes', 0, 59)].sort((a, b) => a - b);
  const hours = [...setOf(hour, 'hours', 0, 23)].sort((a, b) => a - b);
  const months = setOf(month, 'month', 1, 12, MONTHS);
  const years = setOf(year, 'year', 1970, LAST_YEAR);
  const isDay = dayOfMonth === '?' ? weekdayTest(dayOfWeek ?? '') : monthdayTest(dayOfMonth ?? '');

  return (after) => {
    const from = DateTime.fromMillis(after, { zone });
    let midnight = Date.UTC(from.year, from.month - 1, from.day);
    for (let first = true; ; first = false, midnight += DAY_MS) {
      const day = dayOf(midnight);
      if (day.year > LAST_YEAR) return undefined;
      if (!years.has(day.year)) {
        midnight = Date.UTC(day.year, 11, 31);
        continue;
      }
      if (!months.has(day.month)) {
        midnight = Date.UTC(day.year, day.month - 1, day.lastDay);
        continue;
      }
      if (!isDay(day)) continue;
      for (const hour of hours) {
        // Times earlier on the day we start from are past, whatever the clocks did: only equal hours may be ambiguous.
        if (first && hour < from.hour) continue;
        for (const minute of minutes) {
          if (first && hour === from.hour && minute < from.minute) continue;
          const instant = instantOf(day, hour, minute, zone);
          if (instant !== undefined && instant > after) return instant;
        }
      }
    }
  };
};

const dayOf = (midnight: number): Day => {
  const date = new Date(midnight);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: date.getUTCDate(), weekday: date.getUTCDay() + 1, lastDay };
};

/** Undefined for a local time that does not exist. */
const instantOf = (day: Day, hour: number, minute: number, zone: string): number | undefined => {
  const local = DateTime.fromObject(
    { year: day.year, month: day.month, day: day.day, hour, minute },
    { zone },
  );
  if (local.hour !== hour || local.minute !== minute) return undefined;
  return Math.min(...local.getPossibleOffsets().map((possible) => possible.toMillis()));
};

/** `1,5-7,10/5,MON`: a list of values, ranges and steps. */
const setOf = (
  field: string,
  name: string,
  min: number,
  max: number,
  names: readonly string[] = [],
): Set<number> => {
  const refuse = () =>
    new Error(
      `${name} ${field}: allowed are ${min} to ${max}${names.length > 0 ? `, ${names.join(' ')}` : ''} with , - * /`,
    );
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    const value = named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw refuse();
    return value;
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) throw refuse();
    const [low = '', high, ...rest] = range.split('-');
    if (rest.length > 0) throw refuse();
    const from = range === '*' ? min : numberOf(low);
    const to = range === '*' ? max : high !== undefined ? numberOf(high) : step !== undefined ? max : from;
    if (to < from) throw refuse();
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
};

/** `L` the last day, `LW` the last weekday, `15W` the weekday nearest to the 15th within its month. */
const monthdayTest = (field: string): ((day: Day) => boolean) => {
  if (field === 'L') return (day) => day.day === day.lastDay;
  if (field === 'LW') return (day) => day.day === nearestWeekday(day, day.lastDay);
  const nearest = /^(\d{1,2})W$/.exec(field);
  if (nearest !== null) {
    const wanted = [...setOf(nearest[1] ?? '', 'day-of-month', 1, 31)][0] ?? 1;
    return (day) => wanted <= day.lastDay && day.day === nearestWeekday(day, wanted);
  }
  const days = setOf(field, 'day-of-month', 1, 31);
  return (day) => days.has(day.day);
};

const nearestWeekday = (day: Day, wanted: number): number => {
  const weekday = new Date(Date.UTC(day.year, day.month - 1, wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === day.lastDay ? wanted - 2 : wanted + 1;
  return wanted;
};

/** `L` Saturday, `6L` the last Friday of the month, `2#1` its first Monday. */
const weekdayTest = (field: string): ((day: Day) => boolean) => {
  const one = (text: string) => [...setOf(text, 'day-of-week', 1, 7, WEEKDAYS)][0] ?? 1;
  if (field === 'L') return (day) => day.weekday === 7;
  const last = /^(\w+)L$/.exec(field);
  if (last !== null) {
    const wanted = one(last[1] ?? '');
    return (day) => day.weekday === wanted && day.day + 7 > day.lastDay;
  }
  const nth = /^(\w+)#([1-5])$/.exec(field);
  if (nth !== null) {
    const wanted = one(nth[1] ?? '');
    return (day) => day.weekday === wanted && Math.ceil(day.day / 7) === Number(nth[2]);
  }
  const weekdays = setOf(field, 'day-of-week', 1, 7, WEEKDAYS);
  return (day) => weekdays.has(day.weekday);
};
