import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { instantAt, offsetAt, readingAt } from './wall-clock.ts';

const zone = fc.constantFrom(
  'Europe/Moscow',
  'Europe/Kyiv',
  'Europe/Chisinau',
  'Asia/Kamchatka',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'UTC',
);
const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) });

test('offsets are those of an independent library', () => {
  fc.assert(
    fc.property(instants, zone, (instant, zone) => {
      const { offset } = DateTime.fromMillis(instant, { zone });

      expect(offsetAt(instant, zone) / 60_000).toBe(offset);
    }),
    { numRuns: 2_000 },
  );
});

test('what a wall clock shows at the instant of a reading is that reading, unless it is skipped', () => {
  fc.assert(
    fc.property(instants, zone, (instant, zone) => {
      const reading = readingAt(instant, zone);
      const back = instantAt(reading, zone);

      expect(readingAt(back, zone)).toBe(reading);
      expect(back).toBeLessThanOrEqual(instant); // of two instants with one reading, the earlier
    }),
    { numRuns: 2_000 },
  );
});
