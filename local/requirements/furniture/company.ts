import { test as base } from 'vitest';
import { type World, world } from '../../world.ts';

/** A test in a company of its own that begins on a Monday morning at nine. */
export const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 09:00' });
    await use(w);
    await w.stop();
  },
});
