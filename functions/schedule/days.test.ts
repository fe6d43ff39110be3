import { expect, test } from 'vitest';
import { Day } from '../../schemas/time.ts';
import { addDays, addMonths, dayNumber, weekdayOf } from './days.ts';

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-01-30', 1, '2026-02-28'],
  ['2026-05-31', 1, '2026-06-30'],
  ['2026-01-15', 1, '2026-02-15'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-01-31', -2, '2025-11-30'],
  ['2024-02-29', 12, '2025-02-28'],
])('%s and %i months is %s', (from, months, to) => {
  expect(addMonths(Day.parse(from), months)).toBe(to);
});

test('days run across months and years, both ways', () => {
  expect(addDays(Day.parse('2026-12-31'), 1)).toBe('2027-01-01');
  expect(addDays(Day.parse('2024-03-01'), -1)).toBe('2024-02-29');
});

test('weekdays count from Monday, before 1970 too', () => {
  const days = ['2026-06-15', '2026-06-21', '1969-12-29'];

  expect(days.map((day) => weekdayOf(dayNumber(Day.parse(day))))).toEqual([1, 7, 1]);
});
