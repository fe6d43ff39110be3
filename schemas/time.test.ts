import { expect, test } from 'vitest';
import * as z from 'zod';
import { ClockTime, Day, Duration, Instant, isClockTime, secondsOf, WorkingTime, Zone } from './time.ts';

test('an instant has one spelling, so text order is time order', () => {
  const spellings = ['2026-10-01T09:00:00Z', '2026-10-01T09:00:00.000Z', '2026-10-01T09:00:00.0000004Z'];

  expect(spellings.map((text) => Instant.parse(text))).toEqual(Array(3).fill('2026-10-01T09:00:00.000Z'));
});

test.each(['2026-10-01', '2026-10-01T09:00:00', '2026-10-01T09:00:00+03:00', '2026-02-30T09:00:00Z', ''])(
  'no instant: %j',
  (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  },
);

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00:00Z'])('no day: %j', (text) => {
  expect(Day.safeParse(text).success).toBe(false);
});

test('a zone keeps the spelling its user chose', () => {
  expect(['Europe/Kyiv', 'Europe/Kiev', 'UTC'].map((name) => Zone.parse(name))).toEqual([
    'Europe/Kyiv',
    'Europe/Kiev',
    'UTC',
  ]);
});

test.each(['Europe/Moskva', '+03:00', ''])('no zone: %j', (name) => {
  expect(Zone.safeParse(name).success).toBe(false);
});

test('clock time and working time refuse each other', () => {
  const clock = { unit: 'hours', amount: 2 };
  const working = { unit: 'workhours', amount: 2 };

  expect(ClockTime.safeParse(working).success).toBe(false);
  expect(WorkingTime.safeParse(clock).success).toBe(false);
  expect([clock, working].map((each) => isClockTime(Duration.parse(each)))).toEqual([true, false]);
});

test('a part of a working day or a negative wait is no duration', () => {
  const refused = [
    { unit: 'workdays', amount: 1.5 },
    { unit: 'hours', amount: -1 },
    { unit: 'weeks', amount: 1 },
  ];

  expect(refused.map((each) => Duration.safeParse(each).success)).toEqual([false, false, false]);
});

test('seconds are whole', () => {
  expect(secondsOf({ unit: 'days', amount: 1 })).toBe(86_400);
  expect(secondsOf({ unit: 'hours', amount: 1.5 })).toBe(5_400);
  expect(secondsOf({ unit: 'hours', amount: 1.1 })).toBe(3_960);
  expect(secondsOf({ unit: 'seconds', amount: 0 })).toBe(0);
});

test('durations and instants have a JSON Schema', () => {
  const schema = z.toJSONSchema(z.object({ at: Instant, day: Day, wait: Duration }));

  expect(schema).toMatchObject({ properties: { at: { format: 'date-time' }, day: { format: 'date' } } });
});
