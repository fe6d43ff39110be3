import { expect, test } from 'vitest';
import { readSpan } from './span.ts';

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['5h', 18_000_000],
  ['14d', 1_209_600_000],
])('%s is %i milliseconds', (text, milliseconds) => {
  expect(readSpan(text)).toBe(milliseconds);
});

test.each(['', '5', 'h', '5 h', '-5h', '5w', '1.5h'])('"%s" is no span', (text) => {
  expect(readSpan(text)).toBeUndefined();
});
