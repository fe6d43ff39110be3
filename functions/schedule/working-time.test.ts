import { describe, expect, test } from 'vitest';
import { Calendar } from '../../schemas/calendar.ts';
import { companyCalendar } from './company-calendar.ts';
import { moscow } from './testing/moscow.ts';
import {
  addWorkingTime,
  isWorkingTime,
  nextWorkingMoment,
  subtractWorkingTime,
  workingMinutesBetween,
} from './working-time.ts';

const calendar = companyCalendar('RU', 'Europe/Moscow');
const closingEarly = companyCalendar('RU', 'Europe/Moscow', { observeShortDays: true });

test.each([
  ['across a holiday', '2026-05-08 17:30', 60, '2026-05-12 09:30', '2026-05-12 10:00'],
  ['into a working Saturday', '2025-10-31 17:00', 240, '2025-11-01 12:00', '2025-11-01 12:00'],
  ['across the New Year', '2025-12-30 16:00', 180, '2026-01-12 10:00', '2026-01-12 10:00'],
  ['from a day off', '2026-01-05 12:00', 60, '2026-01-12 10:00', '2026-01-12 10:00'],
  ['across a moved day off', '2026-03-06 17:59', 2, '2026-03-10 09:01', '2026-03-10 09:01'],
  ['across the first of May', '2026-04-30 12:00', 480, '2026-05-04 11:00', '2026-05-04 12:00'],
  ['to the very closing', '2026-06-15 09:00', 540, '2026-06-15 18:00', '2026-06-15 18:00'],
  ['from the very closing', '2026-06-15 18:00', 1, '2026-06-16 09:01', '2026-06-16 09:01'],
])('working minutes run %s', (_, start, minutes, due, dueClosingEarly) => {
  const found = [calendar, closingEarly].map((each) => addWorkingTime(moscow(start), minutes, each));

  expect(found).toEqual([moscow(due), moscow(dueClosingEarly)]);
});

test('a short working Saturday has its hour less too', () => {
  const hours = [calendar, closingEarly].map((each) =>
    workingMinutesBetween(moscow('2025-11-01 00:00'), moscow('2025-11-02 00:00'), each),
  );

  expect(hours).toEqual([540, 480]);
});

test('a window includes its opening and excludes its closing', () => {
  const times = ['08:59', '09:00', '17:59', '18:00'];

  expect(times.map((time) => isWorkingTime(moscow(`2026-06-15 ${time}`), calendar))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test.each([
  ['inside a window is the moment itself', '2026-06-15 12:34', '2026-06-15 12:34'],
  ['before opening is the opening', '2026-06-15 03:00', '2026-06-15 09:00'],
  ['at closing is the next opening', '2026-06-15 18:00', '2026-06-16 09:00'],
  ['before a long weekend is the day after it', '2026-05-08 18:00', '2026-05-12 09:00'],
])('the next working moment %s', (_, from, next) => {
  expect(nextWorkingMoment(moscow(from), calendar)).toEqual(moscow(next));
});

test('no working time is due at its start, even at night', () => {
  expect(addWorkingTime(moscow('2026-06-15 03:00'), 0, calendar)).toEqual(moscow('2026-06-15 03:00'));
});

test('seconds of the start are kept', () => {
  const due = addWorkingTime(new Date('2026-06-15T14:59:30.250Z'), 1, calendar);

  expect(due).toEqual(new Date('2026-06-16T06:00:30.250Z'));
});

test('two hours before a deadline are working hours', () => {
  expect(subtractWorkingTime(moscow('2026-05-12 10:00'), 120, calendar)).toEqual(moscow('2026-05-08 17:00'));
  expect(subtractWorkingTime(moscow('2026-06-15 11:00'), 120, calendar)).toEqual(moscow('2026-06-15 09:00'));
});

test('working time backwards is negative', () => {
  const minutes = workingMinutesBetween(moscow('2026-06-16 10:00'), moscow('2026-06-15 17:00'), calendar);

  expect(minutes).toBe(-120);
});

test('a break between two windows is not worked', () => {
  const hours = [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ] as const;
  const withBreak = { ...calendar, week: { ...calendar.week, 1: hours } };

  expect(addWorkingTime(moscow('2026-06-15 12:30'), 60, withBreak)).toEqual(moscow('2026-06-15 14:30'));
  expect(addWorkingTime(moscow('2026-06-15 12:30'), 30, withBreak)).toEqual(moscow('2026-06-15 13:00'));
});

describe('a calendar without an end in sight', () => {
  const closed = { ...calendar, week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } };

  test.each([
    ['next working moment', () => nextWorkingMoment(moscow('2026-06-15 12:00'), closed)],
    ['minutes forwards', () => addWorkingTime(moscow('2026-06-15 12:00'), 1, closed)],
    ['minutes backwards', () => subtractWorkingTime(moscow('2026-06-15 12:00'), 1, closed)],
    ['too many minutes', () => addWorkingTime(moscow('2026-06-15 12:00'), 1e9, calendar)],
  ])('ends the search: %s', (_, search) => {
    expect(search).toThrow(expect.objectContaining({ name: 'CalendarEnds' }));
  });

  test('is refused where it is entered', () => {
    const { error } = Calendar.safeParse(closed);

    expect(error?.issues.map(({ message }) => message)).toEqual(['a week has some working hours']);
  });
});

test('working minutes are not counted backwards by a sign', () => {
  expect(() => addWorkingTime(moscow('2026-06-15 12:00'), -5, calendar)).toThrow('-5 working minutes');
});
