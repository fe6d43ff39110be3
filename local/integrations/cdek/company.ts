import { test as base } from 'vitest';
import { contactKey } from '../../../functions/shared/keys.ts';
import type { Pack } from '../../../schemas/pack.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import { type World, world } from '../../world.ts';

/** A deal whose goods are paid for and go by the carrier, to a point in Novosibirsk. */
export const goods = {
  dealTotal: 24_000_000,
  contact: 'anna',
  deliveryTerms: 'carrier',
  deliveryPoint: 'NSK27',
  items: [
    { name: 'Bearing 6205', quantity: 10, price: 1_500_000 },
    { name: 'Grease, kg', quantity: 1.5, price: 6_000_000 },
  ],
};

/** A company that ships: its client has a phone, and its deals are paid. */
export const shipping = async (at = '2026-02-02 09:00', pack: Pack = industrial) => {
  const w = await world({ at, packs: [pack] });
  const anna = (await w.table.get(contactKey('anna'))) ?? contactKey('anna');
  await w.table.write({ put: { ...anna, phone: '+79161234567' } });
  return Object.assign(w, {
    /** a deal on shipment, nothing arranged yet. @returns its id */
    deal: (fields: Record<string, unknown> = {}) =>
      w.enter('shipment', { ...goods, ...fields }, { paid: 240_000 }),
    /** the same whose shipment was arranged: the carrier is asked */
    async shipped(fields: Record<string, unknown> = {}): Promise<string> {
      const deal = await w.enter('shipment', { ...goods, ...fields }, { paid: 240_000 });
      await w.as('pavel').complete(deal, 'arrange-shipment');
      return deal;
    },
    /** the same that the carrier has registered */
    async registered(fields: Record<string, unknown> = {}): Promise<string> {
      const deal = await this.shipped(fields);
      await w.clock.advance(10_000);
      return deal;
    },
    /** the parcels of a deal as its responsible sees them, newest first */
    parcels: async (deal: string) => (await w.as('pavel').get(`/v1/deals/${deal}/parcels`)).items,
    /** has the sandbox do something */
    cdek: async (command: Record<string, unknown>): Promise<void> => {
      w.sandboxes.cdek.command(command);
      await w.clock.settle();
    },
    /** what the carrier holds, by the title of its list */
    held: (title: string) => w.sandboxes.cdek.holds().find((one) => one.title === title)?.rows ?? [],
  });
};
export type Shipping = Awaited<ReturnType<typeof shipping>>;

/** A test in a shipping company of its own that begins on a Monday morning at nine. */
export const test = base.extend<{ w: Shipping & World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await shipping();
    await use(w);
    await w.stop();
  },
});
