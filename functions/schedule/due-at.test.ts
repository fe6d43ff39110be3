import { expect, test } from 'vitest';
import { Day, type Duration } from '../../schemas/time.ts';
import { companyCalendar } from './company-calendar.ts';
import { dueAt, isProvisional } from './due-at.ts';
import { moscow } from './testing/moscow.ts';
import { addWorkingDays, isWorkingDay, shiftDeadline } from './working-days.ts';

const calendar = companyCalendar('RU', 'Europe/Moscow');
const day = (text: string) => Day.parse(text);

test.each<[string, Duration, string]>([
  ['elapsed minutes', { unit: 'minutes', amount: 90 }, '2026-05-08 19:00'],
  ['elapsed days', { unit: 'days', amount: 2 }, '2026-05-10 17:30'],
  ['working minutes', { unit: 'workminutes', amount: 60 }, '2026-05-12 09:30'],
  ['working hours', { unit: 'workhours', amount: 1 }, '2026-05-12 09:30'],
  ['part of a working hour', { unit: 'workhours', amount: 0.5 }, '2026-05-08 18:00'],
  ['working days', { unit: 'workdays', amount: 1 }, '2026-05-12 17:30'],
])('from a Friday evening before a long weekend: %s', (_, wait, due) => {
  expect(dueAt(moscow('2026-05-08 17:30'), wait, calendar)).toEqual(moscow(due));
});

test.each(['seconds', 'days', 'workminutes', 'workhours', 'workdays'] as const)(
  'no %s are due at once, on a day off too',
  (unit) => {
    const sunday = moscow('2026-06-14 12:00');

    expect(dueAt(sunday, { unit, amount: 0 }, calendar)).toEqual(sunday);
  },
);

test('from a day off the first working day after it is the first', () => {
  expect(addWorkingDays(moscow('2026-01-05 10:10'), 1, calendar)).toEqual(moscow('2026-01-12 10:10'));
  expect(addWorkingDays(moscow('2026-01-05 10:10'), 2, calendar)).toEqual(moscow('2026-01-13 10:10'));
});

test('a time of day outside working hours stays as it is', () => {
  expect(addWorkingDays(moscow('2026-06-15 22:15'), 1, calendar)).toEqual(moscow('2026-06-16 22:15'));
});

test('a working Saturday is a working day', () => {
  expect(addWorkingDays(moscow('2025-10-31 10:00'), 1, calendar)).toEqual(moscow('2025-11-01 10:00'));
  expect(addWorkingDays(moscow('2025-10-31 10:00'), 2, calendar)).toEqual(moscow('2025-11-05 10:00'));
});

test('working days before a date are counted back', () => {
  expect(addWorkingDays(moscow('2026-05-12 10:00'), -1, calendar)).toEqual(moscow('2026-05-08 10:00'));
});

test('a ladder of two, three and four working days ends on a Friday when it began on a Monday', () => {
  const created = new Date('2026-02-02T08:10:00Z'); // 10:10 in Kyiv
  const kyiv = companyCalendar('UA', 'Europe/Kyiv');

  const rungs = [2, 3, 4].map((amount) => dueAt(created, { unit: 'workdays', amount }, kyiv).toISOString());
  expect(rungs).toEqual(['2026-02-04', '2026-02-05', '2026-02-06'].map((each) => `${each}T08:10:00.000Z`));
});

test.each([
  ['next', '2026-05-12'],
  ['previous', '2026-05-08'],
  ['none', '2026-05-10'],
] as const)('a deadline on a day off, moved to the %s working day', (direction, effective) => {
  expect(shiftDeadline(day('2026-05-10'), direction, calendar)).toBe(effective);
});

test('a deadline on a working day stays', () => {
  expect(shiftDeadline(day('2025-11-01'), 'next', calendar)).toBe('2025-11-01');
  expect(isWorkingDay(day('2025-11-01'), calendar)).toBe(true);
});

test('an answer beyond the last decree is given, and flagged', () => {
  const last = dueAt(moscow('2026-12-30 12:00'), { unit: 'workhours', amount: 2 }, calendar);
  const beyond = dueAt(moscow('2026-12-30 12:00'), { unit: 'workdays', amount: 1 }, calendar);

  expect([last, isProvisional(last, calendar)]).toEqual([moscow('2026-12-30 14:00'), false]);
  expect([beyond, isProvisional(beyond, calendar)]).toEqual([moscow('2027-01-11 12:00'), true]);
});

test('a decree that no release knows yet is entered as exceptions', () => {
  const patched = {
    ...calendar,
    exceptions: {
      [day('2027-11-05')]: { kind: 'off' as const },
      [day('2027-11-13')]: { kind: 'work' as const, hours: [['09:00', '18:00']] as const },
    },
    validThrough: day('2027-12-31'),
    version: 2,
  };

  const since = moscow('2027-11-03 12:00');
  const dues = [1, 6].map((amount) => dueAt(since, { unit: 'workdays', amount }, patched));
  expect(dues).toEqual([moscow('2027-11-08 12:00'), moscow('2027-11-13 12:00')]);
});

test('more working days than three years hold are refused, with what was asked', () => {
  expect(() => dueAt(moscow('2026-06-15 12:00'), { unit: 'workdays', amount: 2_000 }, calendar)).toThrow(
    'calendar "company": 2000 working days from 2026-06-15T09:00:00.000Z do not end within three years; give it working hours or wait for less',
  );
});
