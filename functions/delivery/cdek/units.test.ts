import { expect, test } from 'vitest';
import { checkIntake } from './courier.ts';
import { cdekInstant, instantOf } from './instants.ts';
import { toKopecks, toRubles } from './rubles.ts';

test('kopecks become rubles and come back, each of them', () => {
  const sums = [0, 1, 5, 10, 99, 100, 1999, 150_000, 2_147_483_647, 900_719_925_474_099];

  expect(sums.map((kopecks) => toKopecks(toRubles(kopecks)))).toEqual(sums);
  expect([19.99, 0.29, 1.005, 1.145, 4.35, -3.5].map(toKopecks)).toEqual([1999, 29, 101, 115, 435, -350]);
  expect(JSON.stringify(toRubles(1999))).toBe('19.99');
  expect(() => toKopecks(1e21)).toThrow('1e+21 is no sum in rubles');
  expect(() => toRubles(0.5)).toThrow('0.5 is no sum of kopecks');
});

test.for([
  ['2026-04-29T07:44:45+0000', '2026-04-29T07:44:45.000Z'],
  ['2026-04-29T14:44:45+0700', '2026-04-29T07:44:45.000Z'],
  ['2026-04-29T02:14:45-0530', '2026-04-29T07:44:45.000Z'],
  ['2026-04-29T07:44:45.123Z', '2026-04-29T07:44:45.000Z'],
  ['2026-04-29T10:44:45+03:00', '2026-04-29T07:44:45.000Z'],
  ['29.04.2026', undefined],
  ['2026-13-29T07:44:45+0000', undefined],
] as const)('%s is the instant %s', ([text, instant]) => {
  expect(instantOf(text)).toBe(instant);
});

test('an instant is written with an offset without a colon', () => {
  expect(cdekInstant(new Date('2026-04-29T07:44:45.678Z'))).toBe('2026-04-29T07:44:45+0000');
});

test.for([
  ['10:00', '15:00', 0],
  ['09:00', '12:00', 0],
  ['19:00', '22:00', 0],
  ['08:59', '12:00', 1],
  ['10:00', '12:59', 1],
  ['19:30', '22:30', 1],
  ['ten', '15:00', 1],
] as const)('a courier between %s and %s: %s refusals', ([from, to, refusals]) => {
  expect(checkIntake({ order: 'o', day: '2026-05-04', from, to })).toHaveLength(refusals);
});
