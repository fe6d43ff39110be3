import { expect, test } from 'vitest';
import { Calendar } from '../../schemas/calendar.ts';
import { Day } from '../../schemas/time.ts';
import { companyCalendar } from './company-calendar.ts';
import { dayPlan } from './day-plan.ts';

const day = (text: string) => Day.parse(text);
const office = [['09:00', '18:00']];

test('the default calendar is one that the schema takes', () => {
  const calendar = companyCalendar('RU', 'Europe/Moscow');

  expect(Calendar.parse(JSON.parse(JSON.stringify(calendar)))).toEqual(calendar);
});

test('a day says which rule made it what it is', () => {
  const calendar = companyCalendar('RU', 'Europe/Moscow', {
    observeShortDays: true,
    exceptions: { [day('2026-06-16')]: { kind: 'off' } },
  });
  const days = ['2026-06-15', '2026-06-16', '2026-06-12', '2026-05-11', '2026-06-11', '2026-06-14'];

  expect(days.map((each) => dayPlan(day(each), calendar))).toEqual([
    { hours: office, because: 'week' },
    { hours: [], because: 'exception', exception: { kind: 'off' } },
    { hours: [], because: 'holiday', title: { en: 'Russia Day', ru: 'День России' } },
    { hours: [], because: 'moved' },
    { hours: [['09:00', '17:00']], because: 'eve' },
    { hours: [], because: 'week' },
  ]);
});

test("a company's exception wins over the country's table", () => {
  const calendar = companyCalendar('RU', 'Europe/Moscow', {
    observeShortDays: true,
    exceptions: {
      [day('2026-01-05')]: { kind: 'work', hours: [['10:00', '14:00']] },
      [day('2025-11-01')]: { kind: 'off' },
      [day('2026-04-30')]: { kind: 'short', minusMinutes: 120 },
      [day('2026-01-06')]: { kind: 'short', minusMinutes: 60 },
    },
  });
  const hours = (text: string) => dayPlan(day(text), calendar).hours;

  expect(hours('2026-01-05')).toEqual([['10:00', '14:00']]);
  expect(hours('2025-11-01')).toEqual([]);
  expect(hours('2026-04-30')).toEqual([['09:00', '16:00']]); // not another hour less for the eve
  expect(hours('2026-01-06')).toEqual([]); // a day off is no working day for being short
});

test('a short day loses its end, across a break', () => {
  const calendar = companyCalendar('RU', 'Europe/Moscow', {
    week: {
      1: [
        ['09:00', '13:00'],
        ['14:00', '14:30'],
      ],
      2: [],
      3: [],
      4: [],
      5: [],
      6: [],
      7: [],
    },
    exceptions: { [day('2026-06-15')]: { kind: 'short', minusMinutes: 60 } },
  });

  expect(dayPlan(day('2026-06-15'), calendar).hours).toEqual([['09:00', '12:30']]);
});

test('a moved working Saturday is worked like the Friday, or as the company works on Saturdays', () => {
  const fiveDays = companyCalendar('RU', 'Europe/Moscow');
  const saturday = [['10:00', '15:00']] as const;
  const sixDays = { ...fiveDays, week: { ...fiveDays.week, 6: saturday } };

  expect([fiveDays, sixDays].map((each) => dayPlan(day('2025-11-01'), each).hours)).toEqual([
    office,
    saturday,
  ]);
});

test.each([
  ['closes before it opens', [['18:00', '09:00']]],
  [
    'opens before the last one closed',
    [
      ['09:00', '13:00'],
      ['12:00', '18:00'],
    ],
  ],
  ['has no length', [['09:00', '09:00']]],
  ['opens at 24:00', [['24:00', '24:00']]],
  ['is no time', [['9', '18']]],
])('a window is refused that %s', (_, hours) => {
  const calendar = companyCalendar('RU', 'Europe/Moscow');

  const { success } = Calendar.safeParse({ ...calendar, week: { ...calendar.week, 1: hours } });
  expect(success).toBe(false);
});

test('an exception on a date that is none is refused', () => {
  const calendar = {
    ...companyCalendar('RU', 'Europe/Moscow'),
    exceptions: { '2026-02-30': { kind: 'off' } },
  };

  expect(Calendar.safeParse(calendar).success).toBe(false);
});
