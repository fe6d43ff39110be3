import { test as base } from 'vitest';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { type World, world } from '../../world.ts';

/** A test in a company of its own that begins on a Monday morning at nine. */
export const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 09:00', packs: [coffee] });
    await use(w);
    await w.stop();
  },
});

/** A company that Yana has added. @returns its id */
export const aCompany = async (
  w: World,
  name: string,
  extra: Record<string, unknown> = {},
): Promise<string> => (await w.as('yana').ask('POST', '/v1/companies', { name, extra })).id;

/** A deal of Yana's with a company. @returns its id */
export const aDeal = (w: World, fields: Record<string, unknown>, responsible = 'yana'): Promise<string> =>
  w.as(responsible).create(fields, { pipeline: 'coffee-deals', title: 'Two machines', responsible });

/** Two machines of the second brand at 200 000. */
export const machines = [{ product: 'Machine', brand: 'brand-2', quantity: 2, price: 20_000_000 }];
