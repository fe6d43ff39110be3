import { expect, test } from 'vitest';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { saidBy } from './said.ts';

test('a requirement is found wherever an element of the pack says it', () => {
  const said = saidBy(industrial);

  expect(said.get('IN-G-02.1')).toEqual(['goods/express-identification/enter']);
  expect(said.get('IN-G-02.4')).toEqual(['goods/express-identification/express-identification/late']);
  expect(said.get('IN-G-04.11')).toEqual(['goods/contract/offers/contract-approval']);
  expect(said.get('IN-X-60.2')).toEqual(['desks/my-tasks']);
  expect(said.get('IN-X-00.3')).toContain('documents/goods-quote');
});

test('what nobody says is not found', () => {
  expect(saidBy(industrial).has('IN-G-99.9')).toBe(false);
});
