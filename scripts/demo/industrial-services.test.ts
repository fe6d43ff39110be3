import { expect, test } from 'vitest';
import { world } from '../../local/world.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { playServices } from './industrial-services.ts';

test('the services of the industrial company are filled: a visit to come, a contract and a trip to decide about, money to hand out', async () => {
  const w = await world({ at: '2026-02-02 08:00', packs: [industrial] });

  const made = await playServices(worldDriver(w), new Date('2026-02-17T15:00:00Z'));

  const count = async (user: string, desk: string): Promise<number> =>
    (await w.as(user).get(`/v1/desks/${desk}`)).items.length;
  expect(made).toHaveLength(5);
  expect([
    await count('artem', 'visits'),
    await count('galina', 'approvals'),
    await count('semyon', 'approvals'),
    await count('semyon', 'trips'),
    await count('rita', 'trip-cash'),
  ]).toEqual([expect.any(Number), 1, 1, 2, 1]);
  expect(await count('artem', 'visits')).toBeGreaterThan(0);
  await w.stop();
});
