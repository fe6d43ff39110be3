import { expect, test } from 'vitest';
import type { Country } from '../../schemas/calendar.ts';
import { Day } from '../../schemas/time.ts';
import { companyCalendar } from './company-calendar.ts';
import { dayPlan } from './day-plan.ts';
import { addDays, dayNumber, dayOf, weekdayOf } from './days.ts';
import { minutesOf } from './local-time.ts';
import { nationalYear, yearByRule } from './national-year.ts';
import { orthodoxEaster } from './tables/easter.ts';
import { russia } from './tables/russia.ts';

const day = (text: string) => Day.parse(text);
const daysOf = (year: number) => {
  const days: Day[] = [];
  for (let each = day(`${year}-01-01`); each.startsWith(`${year}`); each = addDays(each, 1)) days.push(each);
  return days;
};
const holidaysOf = (country: Country, year: number) =>
  [...nationalYear(country, year).holidays.keys()].sort((a, b) => a - b).map(dayOf);

test.each([
  [2024, 248, 248 * 8 - 5],
  [2025, 247, 1972],
  [2026, 247, 1972],
])('Russia works in %i on %i days, %i hours of a forty-hour week', (year, days, hours) => {
  const eightHours = [['09:00', '17:00']] as const;
  const calendar = companyCalendar('RU', 'Europe/Moscow', {
    week: { 1: eightHours, 2: eightHours, 3: eightHours, 4: eightHours, 5: eightHours, 6: [], 7: [] },
    observeShortDays: true,
  });

  const worked = daysOf(year)
    .map((each) => dayPlan(each, calendar).hours)
    .filter((each) => each.length > 0);
  const minutes = worked.flat().reduce((sum, [open, close]) => sum + minutesOf(close) - minutesOf(open), 0);
  expect([worked.length, minutes / 60]).toEqual([days, hours]);
});

test('Russia rests in 2026 on these days besides plain weekends', () => {
  const calendar = companyCalendar('RU', 'Europe/Moscow');
  const rest = daysOf(2026).filter(
    (each) => weekdayOf(dayNumber(each)) <= 5 && dayPlan(each, calendar).hours.length === 0,
  );

  expect(rest.map((each) => each.slice(5))).toEqual([
    ...['01-01', '01-02', '01-05', '01-06', '01-07', '01-08', '01-09', '02-23', '03-09'],
    ...['05-01', '05-11', '06-12', '11-04', '12-31'],
  ]);
});

test('a year without a decree follows the general rules of Russia', () => {
  const { moved, worked, short } = nationalYear('RU', 2027);

  expect([...moved].map(dayOf)).toEqual(['2027-05-03', '2027-05-10', '2027-06-14']); // none for 2 and 3 January
  expect([...worked]).toEqual([]);
  expect([...short].sort((a, b) => a - b).map(dayOf)).toEqual([
    '2027-02-22',
    '2027-04-30',
    '2027-06-11',
    '2027-11-03',
    '2027-12-31',
  ]);
});

test('the decree for 2026 is the general rules and two days moved from the New Year', () => {
  const decree = nationalYear('RU', 2026);
  const rules = yearByRule(russia, 2026);

  expect([...decree.moved].filter((each) => !rules.moved.has(each)).map(dayOf)).toEqual([
    '2026-01-09',
    '2026-12-31',
  ]);
  expect([...rules.moved].filter((each) => !decree.moved.has(each))).toEqual([]);
  expect([...rules.short].filter((each) => !decree.short.has(each)).map(dayOf)).toEqual(['2026-12-31']);
  expect([...decree.short].filter((each) => !rules.short.has(each))).toEqual([]);
});

test('Orthodox Easter', () => {
  const sundays = [2024, 2025, 2026, 2027, 2028, 2029, 2030].map((year) => dayOf(orthodoxEaster(year)));

  expect(sundays).toEqual([
    ...['2024-05-05', '2025-04-20', '2026-04-12', '2027-05-02'],
    ...['2028-04-16', '2029-04-08', '2030-04-28'],
  ]);
});

test.each([
  [2025, ['2025-04-20', '2025-06-08']],
  [2026, ['2026-04-12', '2026-05-31']],
  [2027, ['2027-05-02', '2027-06-20']],
])('Ukraine keeps Easter and Trinity of %i', (year, feasts) => {
  expect(holidaysOf('UA', year)).toEqual(expect.arrayContaining(feasts));
});

test('Ukraine keeps 8 May and not 7 January, 2 January or 9 May', () => {
  const fixed = holidaysOf('UA', 2026).map((each) => each.slice(5));

  expect(fixed).toEqual([
    ...['01-01', '03-08', '04-12', '05-01', '05-08', '05-31'],
    ...['06-28', '07-15', '08-24', '10-01', '12-25'],
  ]);
});

test('Ukraine works on holidays unless its company observes them', () => {
  const martialLaw = companyCalendar('UA', 'Europe/Kyiv');
  const peace = companyCalendar('UA', 'Europe/Kyiv', { observePublicHolidays: true });
  const days = ['2026-01-01', '2026-03-09', '2026-04-13', '2026-06-29', '2026-08-24'].map(day);

  expect(days.map((each) => dayPlan(each, martialLaw).because)).toEqual(Array(5).fill('week'));
  expect(days.map((each) => dayPlan(each, peace).because)).toEqual([
    'holiday',
    'moved', // 8 March, Easter and 28 June are Sundays
    'moved',
    'moved',
    'holiday',
  ]);
});

test('Moldova keeps Easter Monday and Memorial Day, and 1 June', () => {
  expect(holidaysOf('MD', 2026).map((each) => each.slice(5))).toEqual([
    ...['01-01', '01-07', '01-08', '03-08', '04-12', '04-13', '04-20'],
    ...['05-01', '05-09', '06-01', '08-27', '08-31', '12-25'],
  ]);
  expect(holidaysOf('MD', 2027)).toEqual(expect.arrayContaining(['2027-05-02', '2027-05-03', '2027-05-10']));
});

test('Moldova gives no Monday for a holiday on a Sunday', () => {
  const calendar = companyCalendar('MD', 'Europe/Chisinau');

  expect(dayPlan(day('2026-03-08'), calendar).because).toBe('holiday');
  expect(dayPlan(day('2026-03-09'), calendar).because).toBe('week');
});
