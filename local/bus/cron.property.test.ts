import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { compileCron } from './cron.ts';

const MINUTE = 60_000;
const zones = ['UTC', 'Europe/Berlin', 'Europe/Moscow', 'America/St_Johns', 'Australia/Lord_Howe'];
/** Hours around the changes of 2026 in those zones, and a quiet one. */
const instants = [
  '2026-03-08T03:00Z',
  '2026-03-28T23:30Z',
  '2026-10-03T13:00Z',
  '2026-10-25T00:10Z',
  '2026-06-01T00:00Z',
];

test('the next time of a cron is the first minute on a wall clock that reads so for the first time', () => {
  const property = fc.property(
    fc.constantFrom(...zones),
    fc.constantFrom(...instants),
    fc.nat({ max: 24 * 60 }),
    fc.nat({ max: 59 }),
    fc.nat({ max: 23 }),
    fc.constantFrom(1, 6, 24),
    (zone, start, offset, minute, hour, hours) => {
      const wanted = Array.from({ length: hours }, (_, index) => (hour + index) % 24);
      const next = compileCron(`${minute} ${wanted.join(',')} * * ? *`, zone);
      const from = Date.parse(start) + offset * MINUTE;

      let expected = from + MINUTE;
      for (; ; expected += MINUTE) {
        const local = DateTime.fromMillis(expected, { zone });
        if (local.minute !== minute || !wanted.includes(local.hour)) continue;
        if (Math.min(...local.getPossibleOffsets().map((possible) => possible.toMillis())) === expected)
          break;
      }

      expect(next(from)).toBe(expected);
    },
  );
  fc.assert(property, { numRuns: 30, seed: 1 });
});
