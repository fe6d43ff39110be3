import { expect, test } from 'vitest';
import { world } from '../../local/world.ts';
import { footwear } from '../../statemachines/packs/footwear/index.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { playFootwear } from './footwear.ts';

test.for([true, false])(
  'the shoe maker’s company is filled with an order on every stage, whether networks can speak (%s) or not',
  async (speaks) => {
    const w = await world({ at: '2026-02-02 08:00', packs: [footwear] });
    const { says, ...rest } = worldDriver(w);

    const made = await playFootwear(speaks ? { ...rest, says } : rest, new Date('2026-02-17T15:00:00Z'));

    const { columns } = await w.as('doina').get('/v1/boards/footwear-order');
    expect(made).toHaveLength(11);
    expect(columns.map(({ stage, count }: Record<string, unknown>) => `${stage} ${count}`)).toEqual(
      Object.keys(footwear.pipelines[0]?.stages ?? {}).map((stage) => `${stage} 1`),
    );
    for (const [user, desk] of [
      ['elena', 'footwear-favourites'],
      ['ion', 'footwear-to-ship'],
      ['petru', 'footwear-to-make'],
      ['vlad', 'footwear-money'],
    ] as const) {
      const { items } = await w.as(user).get(`/v1/desks/${desk}`);
      expect(items, desk).not.toEqual([]);
    }
    await w.stop();
  },
);
