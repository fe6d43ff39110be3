import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeOfDay, type Zone } from '../../schemas/time.ts';
import { readingAt } from '../schedule/wall-clock.ts';
import { allowedAt } from './quiet.ts';

const hours = (from: string, to: string) => ({ from: TimeOfDay.parse(from), to: TimeOfDay.parse(to) });
const night = hours('21:00', '09:00');

test.for([
  ['by day it goes at once', '2026-02-02T12:00:00Z', 'Europe/Moscow', '2026-02-02T12:00:00Z'],
  ['a minute before the evening', '2026-02-02T17:59:00Z', 'Europe/Moscow', '2026-02-02T17:59:00Z'],
  [
    'from the evening it waits for the morning',
    '2026-02-02T18:00:00Z',
    'Europe/Moscow',
    '2026-02-03T06:00:00Z',
  ],
  ['after midnight too', '2026-02-02T22:30:00Z', 'Europe/Moscow', '2026-02-03T06:00:00Z'],
  ['the very end is day', '2026-02-03T06:00:00Z', 'Europe/Moscow', '2026-02-03T06:00:00Z'],
  [
    'it is morning in Vladivostok already',
    '2026-02-02T23:30:00Z',
    'Asia/Vladivostok',
    '2026-02-02T23:30:00Z',
  ],
  [
    'the night in which clocks are put forward',
    '2026-03-28T21:00:00Z',
    'Europe/Chisinau',
    '2026-03-29T06:00:00Z',
  ],
  ['the night in which they are put back', '2026-10-24T20:00:00Z', 'Europe/Chisinau', '2026-10-25T07:00:00Z'],
] as const)('%s', ([, now, zone, allowed]) => {
  expect(allowedAt(new Date(now), night, zone as Zone)).toEqual(new Date(allowed));
});

test('hours within one day, and none at all', () => {
  const noon = new Date('2026-02-02T09:30:00Z'); // 12:30 in Moscow

  expect(allowedAt(noon, hours('12:00', '13:00'), 'Europe/Moscow' as Zone)).toEqual(
    new Date('2026-02-02T10:00:00Z'),
  );
  expect(allowedAt(noon, hours('00:00', '00:00'), 'Europe/Moscow' as Zone)).toEqual(noon);
});

test('whenever it is asked, the answer is by day, never before, and less than a day away', () => {
  const zones = [
    'Europe/Moscow',
    'Europe/Kyiv',
    'Europe/Chisinau',
    'Asia/Kamchatka',
    'America/New_York',
  ] as const;
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      (now, zone) => {
        const at = allowedAt(now, night, zone as Zone);

        const minutes = Math.floor(readingAt(at.getTime(), zone as Zone) / 60_000) % 1440;
        expect(minutes).toBeGreaterThanOrEqual(9 * 60);
        expect(minutes).toBeLessThan(21 * 60);
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(13 * 3_600_000);
        expect(allowedAt(at, night, zone as Zone)).toEqual(at);
      },
    ),
    { numRuns: 500 },
  );
});
