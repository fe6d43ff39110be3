import { expect, test } from 'vitest';
import { world } from '../../local/world.ts';
import { coffee } from '../../statemachines/packs/coffee/index.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { playCoffee } from './coffee.ts';

test('the coffee company is filled with leads, a deal on every stage, and approvals that ended either way', async () => {
  const w = await world({ at: '2026-01-19 08:00', packs: [coffee] });

  const made = await playCoffee(worldDriver(w), new Date('2026-02-02T15:00:00Z'));

  const board = async (pipeline: string): Promise<string[]> =>
    (await w.as('lev').get(`/v1/boards/${pipeline}`)).columns.map(
      ({ stage, count }: Record<string, unknown>) => `${stage} ${count}`,
    );
  expect(made).toHaveLength(10);
  expect(await board('coffee-deals')).toEqual([
    'deal-new 1',
    'quote 1',
    'invoice-approval 1',
    'awaiting-payment 1',
    'fulfilment 1',
    'won 1',
    'lost 1',
  ]);
  expect(await board('coffee-discounts')).toEqual(['approval 1', 'approved 1', 'rejected 1', 'withdrawn 0']);
  await w.stop();
});
