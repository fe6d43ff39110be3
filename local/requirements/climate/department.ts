import { test as base } from 'vitest';
import { climate } from '../../../statemachines/packs/climate/index.ts';
import { type World, world } from '../../world.ts';

const site = {
  dealType: 'supply',
  siteName: 'Business centre North',
  address: '12 Test Street',
  brand: 'brand-a',
};
const result = { capacityKw: 112, outdoorUnits: 4, indoorUnits: 32, areaM2: 2400, floors: 5 };

/** What people of this company do again and again. */
const withHabits = (w: World) => {
  const processes = async (deal: string) => (await w.as('olha').get(`/v1/deals/${deal}`)).processes;
  /** the calculation under way of a deal. @returns its id */
  const calculationOf = async (deal: string): Promise<string> => {
    const open = (await processes(deal)).filter((one: { outcome?: string }) => one.outcome === undefined);
    if (open.length !== 1) throw new Error(`${open.length} calculations are under way, not one`);
    return open[0].deal;
  };
  return {
    ...w,
    result,
    calculationOf,
    /** a deal of Olha that has just asked for a selection */
    asked: async (more: Record<string, unknown> = {}): Promise<{ deal: string; calculation: string }> => {
      const deal = await w
        .as('olha')
        .create(
          { ...site, ...more },
          { pipeline: 'climate-sales', title: 'Business centre North', responsible: 'olha' },
        );
      await w.as('olha').move(deal, 'selection-needed');
      return { deal, calculation: await calculationOf(deal) };
    },
    /** Danylo hands the calculation to Ihor, who begins it */
    begun: async (calculation: string, isChecked = false): Promise<void> => {
      if (isChecked) await w.as('danylo').change(calculation, { checkRequired: true });
      await w.as('danylo').assign(calculation, 'ihor');
      await w.as('ihor').move(calculation, 'in-progress');
    },
    /** Ihor's quote, put up with a comment. @returns the file as a field holds it */
    quoted: async (calculation: string, name = 'quote-v1.pdf') => {
      const ref = await w.as('ihor').upload(calculation, 'quoteFiles', name);
      await w.as('ihor').change(calculation, { quoteFiles: [ref], quoteComment: `${name}: see page 2` });
      return ref;
    },
  };
};
export type Department = ReturnType<typeof withHabits>;

/** A test in a company of its own that begins on Monday 2 February at ten. */
export const test = base.extend<{ w: Department }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 10:10', packs: [climate] });
    await use(withHabits(w));
    await w.stop();
  },
});
