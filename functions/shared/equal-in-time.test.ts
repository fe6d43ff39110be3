import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalInTime } from './equal-in-time.ts';

test('the same text is equal, any other is not, of whatever length', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (wanted, given) => {
      expect(equalInTime(wanted, wanted)).toBe(true);
      expect(equalInTime(given, wanted)).toBe(given === wanted);
    }),
  );
});

test('a secret that was never set is equal to nothing', () => {
  expect(equalInTime('', '')).toBe(false);
});
