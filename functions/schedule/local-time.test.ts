import { expect, test } from 'vitest';
import { Day, Instant } from '../../schemas/time.ts';
import { companyCalendar } from './company-calendar.ts';
import { addDays } from './days.ts';
import { dueAt } from './due-at.ts';
import { atLocal, dueMoment, localDay, waitMoment } from './local-time.ts';
import { addWorkingDays } from './working-days.ts';
import { workingMinutesBetween } from './working-time.ts';

const day = (text: string) => Day.parse(text);
const kyiv = (text: string, time: string) => atLocal(day(text), time, 'Europe/Kyiv');

test('a day begins at local midnight', () => {
  const midnight = new Date('2026-06-14T21:00:00Z');

  expect(localDay(midnight, 'Europe/Moscow')).toBe('2026-06-15');
  expect(localDay(new Date(midnight.getTime() - 1), 'Europe/Moscow')).toBe('2026-06-14');
  expect(localDay(midnight, 'Europe/Kaliningrad')).toBe('2026-06-14');
});

test('a day without a time is 09:00 for a wait and 18:00 for a due date', () => {
  expect(waitMoment(day('2026-06-15'), 'Europe/Moscow')).toEqual(new Date('2026-06-15T06:00:00Z'));
  expect(dueMoment(day('2026-06-15'), 'Europe/Moscow')).toEqual(new Date('2026-06-15T15:00:00Z'));
});

test('a day with a time is that time for both', () => {
  const instant = Instant.parse('2026-06-15T09:30:00Z');

  expect([waitMoment(instant, 'Europe/Moscow'), dueMoment(instant, 'Europe/Moscow')]).toEqual([
    new Date(instant),
    new Date(instant),
  ]);
});

test.each([
  ['put forward', '2026-03-28', '21:00'],
  ['put back', '2026-10-24', '19:00'],
])('when clocks are %s, 24 hours are not a day', (_, eve, dayLater) => {
  const since = kyiv(eve, '20:00');
  const next = addDays(day(eve), 1);

  const calendar = companyCalendar('UA', 'Europe/Kyiv');
  expect(dueAt(since, { unit: 'days', amount: 1 }, calendar)).toEqual(kyiv(next, dayLater));
  expect(dueAt(since, { unit: 'hours', amount: 24 }, calendar)).toEqual(kyiv(next, dayLater));
  expect(kyiv(next, '20:00')).not.toEqual(kyiv(next, dayLater));
});

test('a working day later is the same time of day, although clocks were changed between', () => {
  const calendar = companyCalendar('UA', 'Europe/Kyiv');

  const friday = kyiv('2026-03-27', '16:40');
  expect(addWorkingDays(friday, 1, calendar)).toEqual(kyiv('2026-03-30', '16:40'));
  expect(kyiv('2026-03-30', '16:40').getTime() - friday.getTime()).toBe(71 * 3_600_000);
});

test('clocks in Kyiv change at one in the morning UTC', () => {
  expect(kyiv('2026-03-29', '02:59')).toEqual(new Date('2026-03-29T00:59:00Z'));
  expect(kyiv('2026-03-29', '04:00')).toEqual(new Date('2026-03-29T01:00:00Z'));
  expect(kyiv('2026-10-25', '02:59')).toEqual(new Date('2026-10-24T23:59:00Z'));
  expect(kyiv('2026-10-25', '04:00')).toEqual(new Date('2026-10-25T02:00:00Z'));
});

test('a skipped time is as much later as was skipped', () => {
  expect(kyiv('2026-03-29', '03:30')).toEqual(kyiv('2026-03-29', '04:30'));
});

test('a repeated time is the first of the two', () => {
  expect(kyiv('2026-10-25', '03:30')).toEqual(new Date('2026-10-25T00:30:00Z'));
});

test('Kyiv has two names and one clock', () => {
  const names = ['Europe/Kyiv', 'Europe/Kiev'];

  const noons = names.map((name) => atLocal(day('2026-07-01'), '12:00', name).toISOString());
  expect(noons).toEqual(['2026-07-01T09:00:00.000Z', '2026-07-01T09:00:00.000Z']);
});

test('summer time in Moldova is seen on both sides of the night whose hour depends on the tz data', () => {
  const noons = ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'].map((text) =>
    atLocal(day(text), '12:00', 'Europe/Chisinau').getUTCHours(),
  );

  expect(noons).toEqual([10, 9, 9, 10]);
});

test('a time that is none is named', () => {
  expect(() => kyiv('2026-03-29', '9:00')).toThrow('"9:00" is no time of day; write HH:mm, such as 09:00');
});

test.each([
  ['a whole day of 23 hours', '2026-03-29', [['00:00', '24:00']], 23],
  ['a whole day of 25 hours', '2026-10-25', [['00:00', '24:00']], 25],
  ['a window that opens in the skipped hour', '2026-03-29', [['03:30', '06:00']], 2],
  ['a window that closes in the skipped hour', '2026-03-29', [['01:00', '03:30']], 2],
  ['a window inside the skipped hour', '2026-03-29', [['03:10', '03:50']], 0],
  ['a window that opens in the repeated hour', '2026-10-25', [['03:30', '06:00']], 3.5],
  ['a window that closes in the repeated hour', '2026-10-25', [['01:00', '03:30']], 3.5],
  [
    'two windows that meet in the repeated hour',
    '2026-10-25',
    [
      ['01:00', '03:30'],
      ['03:30', '06:00'],
    ],
    6,
  ],
] as const)('working hours on the night of the change: %s', (_, date, hours, worked) => {
  const calendar = companyCalendar('UA', 'Europe/Kyiv', {
    exceptions: { [day(date)]: { kind: 'work', hours } },
  });

  const midnights = [day(date), addDays(day(date), 1)].map((each) => atLocal(each, '00:00', 'Europe/Kyiv'));
  const [from = new Date(0), to = new Date(0)] = midnights;
  expect(workingMinutesBetween(from, to, calendar)).toBe(worked * 60);
});
