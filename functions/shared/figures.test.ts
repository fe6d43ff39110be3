import { expect, test } from 'vitest';
import { evaluate } from './expression.ts';

test.for([
  ["$edate('2026-05-27', 36)", '2029-05-27'],
  ["$edate('2026-01-31', 1)", '2026-02-28'],
  ["$edate('2028-01-31T10:00:00.000Z', 1)", '2028-02-29'],
  ["$edate('2026-03-31', -1)", '2026-02-28'],
  ["$edate('2026-12-15', 1.9)", '2027-01-15'],
  ["$edate('soon', 1)", undefined],
  ['$edate(none, 1)', undefined],
  ["$edate('2026-05-27', 9300000)", undefined],
  ["$edate('2026-05-27', none)", undefined],
  ["$daysBetween('2026-02-27', '2026-03-01')", 2],
  ["$daysBetween('2026-03-01', '2026-02-27')", -2],
  ["$daysBetween('2026-03-01', none)", undefined],
  ['$round2(0.5)', 1],
  ['$round2(2.5)', 3],
  ['$round2(-2.5)', -3],
  ['$round2(2.4999)', 2],
  ['$round2(-0.2)', 0],
  ['$round2(100.5 * 1.15 * 10)', 1156],
  ['$round2(1.005 * 100)', 101],
  ['$round2(none)', undefined],
])('%s is %s', async ([formula, value]) => {
  expect(await evaluate(String(formula), {})).toBe(value);
});
