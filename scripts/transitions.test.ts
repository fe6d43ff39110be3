import '../functions/testing/quiet.ts';

import { expect, test } from 'vitest';
import { world } from '../local/world.ts';
import { industrialGoods } from './walkthroughs/industrial-goods.ts';
import { moscow } from './walkthroughs/scenario.ts';
import { worldDriver } from './walkthroughs/world-driver.ts';

test('walk-through 9.1 takes 58 state transitions', async () => {
  const company = await world({ at: '2026-02-02 09:00' });
  const driver = worldDriver(company);

  for (const { at, play } of industrialGoods(driver)) {
    await driver.advanceTo(moscow(at));
    await play();
  }

  // One more is $0.025 on 1,000 deals; the aim is 60 at most, and a state for each rung and look-up would make it 211.
  expect(company.engine.transitions().total).toBe(58);
  await company.stop();
});
