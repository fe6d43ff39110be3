import { describe, expect, test } from 'vitest';
import { latestWithin, readExpression } from './expression.ts';

const nexts = (expression: string, from: string, zone = 'UTC', count = 3): string[] => {
  const { next } = readExpression(expression, { zone, anchor: Date.parse(from) });
  const found: string[] = [];
  let at = Date.parse(from);
  while (found.length < count) {
    const after = next(at);
    if (after === undefined) break;
    found.push(new Date(after).toISOString().replace(':00.000Z', ''));
    at = after;
  }
  return found;
};

describe('cron names', () => {
  test.each<[string, string, string, string[]]>([
    [
      'every day at a time',
      '30 8 * * ? *',
      '2026-10-01T08:30:00Z',
      ['2026-10-02T08:30', '2026-10-03T08:30', '2026-10-04T08:30'],
    ],
    [
      'working days',
      '0 9 ? * MON-FRI *',
      '2026-10-01T10:00:00Z',
      ['2026-10-02T09:00', '2026-10-05T09:00', '2026-10-06T09:00'],
    ],
    [
      'weekdays by number, Sunday first',
      '0 9 ? * 1,7 *',
      '2026-10-01T10:00:00Z',
      ['2026-10-03T09:00', '2026-10-04T09:00', '2026-10-10T09:00'],
    ],
    [
      'steps',
      '0/25 * * * ? *',
      '2026-10-01T10:00:00Z',
      ['2026-10-01T10:25', '2026-10-01T10:50', '2026-10-01T11:00'],
    ],
    [
      'steps of a range',
      '0 8-18/5 * * ? *',
      '2026-10-01T10:00:00Z',
      ['2026-10-01T13:00', '2026-10-01T18:00', '2026-10-02T08:00'],
    ],
    [
      'the last day of the month',
      '0 0 L * ? *',
      '2026-01-31T00:00:00Z',
      ['2026-02-28T00:00', '2026-03-31T00:00', '2026-04-30T00:00'],
    ],
    [
      'the last weekday of the month',
      '0 0 LW * ? *',
      '2026-01-01T00:00:00Z',
      ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-31T00:00'],
    ],
    [
      'the weekday nearest to a day',
      '0 0 15W * ? *',
      '2026-02-01T00:00:00Z',
      ['2026-02-16T00:00', '2026-03-16T00:00', '2026-04-15T00:00'],
    ],
    [
      'the weekday nearest to the first, forwards',
      '0 0 1W * ? *',
      '2026-07-31T00:00:00Z',
      ['2026-08-03T00:00', '2026-09-01T00:00', '2026-10-01T00:00'],
    ],
    [
      'the last Friday',
      '0 0 ? * 6L *',
      '2026-10-01T00:00:00Z',
      ['2026-10-30T00:00', '2026-11-27T00:00', '2026-12-25T00:00'],
    ],
    [
      'the first Monday',
      '0 0 ? * 2#1 *',
      '2026-10-01T00:00:00Z',
      ['2026-10-05T00:00', '2026-11-02T00:00', '2026-12-07T00:00'],
    ],
    [
      'the fifth Friday',
      '0 0 ? * FRI#5 *',
      '2026-10-01T00:00:00Z',
      ['2026-10-30T00:00', '2027-01-29T00:00', '2027-04-30T00:00'],
    ],
    [
      'Saturday by a lone L',
      '0 0 ? * L *',
      '2026-10-01T00:00:00Z',
      ['2026-10-03T00:00', '2026-10-10T00:00', '2026-10-17T00:00'],
    ],
    [
      'months by name',
      '0 0 1 JAN,JUL ? *',
      '2026-02-01T00:00:00Z',
      ['2026-07-01T00:00', '2027-01-01T00:00', '2027-07-01T00:00'],
    ],
    [
      'years, until there are none',
      '0 0 1 1 ? 2027-2028',
      '2026-02-01T00:00:00Z',
      ['2027-01-01T00:00', '2028-01-01T00:00'],
    ],
    [
      '29 February',
      '0 0 29 2 ? *',
      '2026-02-01T00:00:00Z',
      ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00'],
    ],
    ['nothing on 30 February', '0 0 30 2 ? *', '2026-02-01T00:00:00Z', []],
  ])('%s', (_, fields, from, expected) => {
    expect(nexts(`cron(${fields})`, from)).toEqual(expected);
  });
});

test('a zone moves the instant with its summer time', () => {
  expect(nexts('cron(30 8 * * ? *)', '2026-03-27T12:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-28T07:30',
    '2026-03-29T06:30',
    '2026-03-30T06:30',
  ]);
  expect(nexts('cron(30 8 * * ? *)', '2026-03-27T12:00:00Z', 'Europe/Moscow', 1)).toEqual([
    '2026-03-28T05:30',
  ]);
});

test('a time the clocks jump over is skipped that day', () => {
  expect(nexts('cron(30 2 * * ? *)', '2026-03-28T00:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-28T01:30',
    '2026-03-30T00:30',
    '2026-03-31T00:30',
  ]);
});

test('a time the clocks repeat is met once, the first time', () => {
  expect(nexts('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 'Europe/Berlin', 2)).toEqual([
    '2026-10-25T00:30',
    '2026-10-26T01:30',
  ]);
  // Standing within the second half past two, the next is tomorrow's.
  expect(nexts('cron(45 2 * * ? *)', '2026-10-25T01:40:00Z', 'Europe/Berlin', 1)).toEqual([
    '2026-10-26T01:45',
  ]);
});

test('a day of a rate is 24 hours, whatever the clocks do', () => {
  expect(nexts('rate(1 day)', '2026-03-28T07:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-29T07:00',
    '2026-03-30T07:00',
    '2026-03-31T07:00',
  ]);
});

test('at is read in its zone, and over afterwards', () => {
  expect(nexts('at(2026-11-02T09:00:00)', '2026-10-01T00:00:00Z', 'Europe/Moscow')).toEqual([
    '2026-11-02T06:00',
  ]);
});

test('the latest occasion of a long absence is found at once', () => {
  const minutely = readExpression('cron(* * * * ? *)', { zone: 'UTC', anchor: 0 });
  const yearly = readExpression('cron(0 0 1 1 ? *)', { zone: 'UTC', anchor: 0 });
  const [from, until] = [Date.parse('2020-06-01T00:00:00Z'), Date.parse('2026-06-01T00:00:30Z')];

  expect(latestWithin(minutely, from, until)).toBe(Date.parse('2026-06-01T00:00:00Z'));
  expect(latestWithin(yearly, from, until)).toBe(Date.parse('2026-01-01T00:00:00Z'));
  expect(latestWithin(yearly, Date.parse('2026-01-01T00:00:00Z'), until)).toBeUndefined();
});

describe('an expression is refused', () => {
  test.each([
    ['every(1 day)', 'at(...), rate(...) or cron(...)'],
    ['rate(0 minutes)', 'rate(5 minutes) is wanted'],
    ['rate(5 weeks)', 'minutes, hours or days'],
    ['at(2026-02-30T09:00:00)', 'at(2026-01-31T09:00:00)'],
    ['at(2026-01-31T09:00:00Z)', 'at(2026-01-31T09:00:00)'],
    ['cron(0 9 * * *)', 'six fields'],
    ['cron(0 9 * * * *)', 'exactly one of day-of-month and day-of-week'],
    ['cron(0 9 ? * ? *)', 'exactly one of day-of-month and day-of-week'],
    ['cron(60 9 * * ? *)', 'minutes 60'],
    ['cron(0 9 ? * MUN *)', 'day-of-week MUN'],
    ['cron(0 9 ? * 2#6 *)', 'day-of-week 2#6'],
    ['cron(0 9 32W * ? *)', 'day-of-month 32'],
    ['cron(0 9-5 * * ? *)', 'hours 9-5'],
    ['cron(0/0 9 * * ? *)', 'minutes 0/0'],
  ])('%s', (expression, message) => {
    expect(() => readExpression(expression, { zone: 'UTC', anchor: 0 })).toThrow(message);
  });

  test('in a zone that is none', () => {
    expect(() => readExpression('rate(1 day)', { zone: 'Moscow', anchor: 0 })).toThrow('IANA name');
  });
});
