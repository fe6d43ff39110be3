import { expect, test } from 'vitest';
import { local } from '../../../scripts/walkthroughs/scenario.ts';
import { walkthroughs } from '../../../scripts/walkthroughs/walkthroughs.ts';
import { worldDriver } from '../../../scripts/walkthroughs/world-driver.ts';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { world } from '../../world.ts';

test('two letters, a lead and its deal go as the page tells it, line by line', async () => {
  const w = await world({ at: '2026-02-02 09:00', packs: [coffee], phones: true });
  const driver = worldDriver(w);
  const lines = walkthroughs['coffee/lead-to-deal']?.lines(driver) ?? [];
  expect(lines).toHaveLength(18);

  for (const { at, event, play } of lines) {
    await driver.advanceTo(local('Europe/Moscow', at));
    const seen = await play().catch((error: unknown) => error);
    expect([event, seen]).toEqual([event, expect.any(String)]);
  }
  expect(w.runs()).toEqual([]);
  await w.stop();
});
