import { test as base } from 'vitest';
import type { World } from '../../world.ts';
import { type Shipping, shipping } from '../cdek/company.ts';

/** A test in a company that takes money and ships; what clients of it see. */
export const test = base.extend<{ w: Shipping & World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await shipping();
    await use(w);
    await w.stop();
  },
});

/** An order of a natural person. */
export const order = {
  dealTotal: 24_000_000,
  payerKind: 'person',
  contact: 'anna',
  items: [{ name: 'Bearing 6205', quantity: 1, price: 24_000_000 }],
};

/** The link of a deal's client. */
export const linkOf = async (w: World, deal: string): Promise<string> =>
  (await w.as('pavel').get(`/v1/deals/${deal}/tracking`)).link;
