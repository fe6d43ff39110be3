import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { all, any, changedSinceOpened, empty, filled, is, isBelow, isNot, reaches } from './index.ts';

const holds = (condition: string, facts: object): Promise<unknown> => jsonata(condition).evaluate(facts);

test.each<[string, object, boolean]>([
  [filled('date'), { date: '2026-02-11' }, true],
  [filled('date'), {}, false],
  [filled('sum'), { sum: 0 }, true],
  [empty('date'), {}, true],
  [is('terms', 'pickup'), { terms: 'pickup' }, true],
  [is('terms', 'pickup'), {}, false],
  [is('name', "d'Or\\"), { name: "d'Or\\" }, true],
  [isNot('terms', 'pickup'), {}, true],
  [isNot('terms', 'pickup'), { terms: 'carrier' }, true],
  [isNot('terms', 'pickup'), { terms: 'pickup' }, false],
  [reaches('paid', 'total'), { paid: 5, total: 5 }, true],
  [reaches('paid', 'total'), { paid: 4, total: 5 }, false],
  [reaches('paid', 'total'), { paid: 4 }, false],
  [isBelow('paid', 'total'), { paid: 4, total: 5 }, true],
  [isBelow('paid', 'total'), { paid: 5, total: 5 }, false],
  [isBelow('paid', 'total'), { total: 5 }, false],
  [changedSinceOpened('date'), { date: 'b', opened: { date: 'a' } }, true],
  [changedSinceOpened('date'), { date: 'a', opened: { date: 'a' } }, false],
  [changedSinceOpened('date'), { date: 'a', opened: {} }, true],
  [changedSinceOpened('date'), { opened: { date: 'a' } }, false],
  [all(filled('a'), isNot('b', 1)), { a: 1 }, true],
  [all(filled('a'), isNot('b', 1)), { b: 2 }, false],
  [any(filled('a'), all(filled('b'), filled('c'))), { b: 1 }, false],
  [any(filled('a'), all(filled('b'), filled('c'))), { b: 1, c: 1 }, true],
])('%s of %j is %s', async (condition, facts, expected) => {
  expect(await holds(condition, facts)).toBe(expected);
});
