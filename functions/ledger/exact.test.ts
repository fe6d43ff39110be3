import { expect, test } from 'vitest';
import { atRate, percentOf, shareOf } from './exact.ts';

test.for([
  [100_000_000, '41.50', 2_409_639],
  [101_690_000, '41.5', 2_450_361],
  [5, '2', 3],
  [1, '3', 0],
  [9_007_199_254_740_991, '1', 9_007_199_254_740_991],
] as const)('%i at %s is %i', ([amount, rate, worth]) => {
  expect(atRate(amount, rate)).toBe(worth);
});

test.for([
  [160_000, 5, 8_000],
  [160_000, 2, 3_200],
  [4_860_000, 1, 48_600],
  [333, 1.5, 5],
  [100, 0.5, 1],
  [-100, 0.5, -1],
  [100, -0.5, -1],
  [100, 0, 0],
] as const)('of %i, %f per cent are %i', ([amount, percent, part]) => {
  expect(percentOf(amount, percent)).toBe(part);
});

test('a share of a worth is to the nearest unit', () => {
  expect([shareOf(100, 1, 3), shareOf(100, 2, 3), shareOf(1, 1, 2)]).toEqual([33, 67, 1]);
});
