import { expect, test } from 'vitest';
import { world } from '../../local/world.ts';
import { climate } from '../../statemachines/packs/climate/index.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { playClimate } from './climate.ts';

test('the climate company is filled with a deal on every stage, calculations, money and a warranty', async () => {
  const w = await world({ at: '2026-01-19 08:00', packs: [climate] });

  const made = await playClimate(worldDriver(w), new Date('2026-02-02T15:00:00Z'));

  const stages = await Promise.all(
    made.map(async (line) => {
      const [number, stage] = line.split(' ');
      const { items } = await w.as('vira').get(`/v1/deals?pipeline=climate-sales&number=${number}`);
      return [stage, items[0].stage];
    }),
  );
  expect(made).toHaveLength(10);
  expect(stages.filter(([wanted, is]) => wanted !== is)).toEqual([]);
  const { items } = await w.as('bohdan').get('/v1/desks/climate-warranties');
  expect(items).toHaveLength(2);
  await w.stop();
});
