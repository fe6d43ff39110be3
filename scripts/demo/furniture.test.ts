import { expect, test } from 'vitest';
import { world } from '../../local/world.ts';
import { furniture } from '../../statemachines/packs/furniture/index.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { playFurniture } from './furniture.ts';

test('the furniture company is filled with an order on every stage, its visits where crews are free', async () => {
  const w = await world({ at: '2026-02-02 08:00', packs: [furniture] });

  const made = await playFurniture(worldDriver(w), new Date('2026-02-17T15:00:00Z'));

  const { columns } = await w.as('marina').get('/v1/boards/furniture-order');
  expect(made).toHaveLength(10);
  expect(columns.map(({ stage, count }: Record<string, unknown>) => `${stage} ${count}`)).toEqual([
    'order-intake 1',
    'measurement 1',
    'deal-conclusion 1',
    'production 1',
    'shipment-prep 1',
    'delivery 1',
    'installation 1',
    'rework 1',
    'closed 2',
  ]);
  for (const user of ['oleg', 'viktor', 'kirill']) {
    const { items } = await w.as(user).get('/v1/desks/furniture-my-visits');
    expect(items, `visits of ${user} to come`).not.toEqual([]);
  }
  await w.stop();
});
