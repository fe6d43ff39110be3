import { expect } from 'vitest';
import { local } from '../../../scripts/walkthroughs/scenario.ts';
import { walkthroughs } from '../../../scripts/walkthroughs/walkthroughs.ts';
import { worldDriver } from '../../../scripts/walkthroughs/world-driver.ts';
import { test } from './company.ts';

test('an order of four weeks goes as the page tells it, line by line', async ({ w }) => {
  const driver = worldDriver(w);
  const lines = walkthroughs['furniture/order']?.lines(driver) ?? [];
  expect(lines).toHaveLength(20);

  for (const { at, event, play } of lines) {
    await driver.advanceTo(local('Europe/Moscow', at));
    const seen = await play().catch((error: unknown) => error);
    expect([event, seen]).toEqual([event, expect.any(String)]);
  }
});
