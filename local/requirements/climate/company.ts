import { test as base } from 'vitest';
import { climate } from '../../../statemachines/packs/climate/index.ts';
import { type World, world } from '../../world.ts';

export const site = {
  dealType: 'supply',
  siteName: 'Business centre North',
  address: '12 Test Street',
  brand: 'brand-a',
};
const papers = { contractState: 'not-required', dealTotalUsd: 4_860_000, order1cNumber: '000123' };

/** What people of this company do again and again. */
const withHabits = (w: World) => {
  const begin = (fields: Record<string, unknown> = {}, who = 'olha') =>
    w
      .as(who)
      .create({ ...site, contact: 'anna', ...fields }, { pipeline: 'climate-sales', responsible: 'olha' });
  const quoted = async (name = 'quote-v1.pdf', fields: Record<string, unknown> = {}) => {
    const deal = await begin(fields);
    const quote = await w.as('olha').upload(deal, 'quoteFiles', name);
    await w.as('olha').move(deal, 'send-quote', { quoteFiles: [quote] });
    return { deal, quote };
  };
  const closing = async (fields: Record<string, unknown> = {}) => {
    const { deal } = await quoted();
    await w.as('olha').move(deal, 'client-deciding');
    await w.as('olha').move(deal, 'deal-closing', fields);
    return deal;
  };
  const income = (deal: string, hryvnias: number, more: object = {}, who = 'nina-k') =>
    w.as(who).ask('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'payment',
      amount: { amount: hryvnias * 100, currency: 'UAH' },
      rate: '41.50',
      ...more,
    });
  const ship = (deal: string, dollars: number, who = 'lesia') =>
    w.as(who).ask('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'shipment',
      amount: { amount: dollars * 100, currency: 'USD' },
    });
  const shipping = async () => {
    const deal = await closing();
    await w.as('olha').move(deal, 'awaiting-shipment', papers);
    return deal;
  };
  const completed = async (fields: Record<string, unknown> = {}) => {
    const deal = await shipping();
    await ship(deal, 48_600);
    await w.as('lesia').move(deal, 'completed-success', fields);
    return deal;
  };
  return {
    ...w,
    /** a deal of Olha's on `new-request` */
    begin,
    /** on `send-quote`, with a quote that Olha made alone */
    quoted,
    closing,
    income,
    ship,
    papers,
    /** on `awaiting-shipment`, for 48 600 dollars */
    shipping,
    /** all shipped, and on `completed-success` */
    completed,
    /** what a person was told of, without the times */
    told: async (user: string) => (await w.inbox(user)).map((line) => line.slice(17)),
    deal: async (deal: string) => (await w.as('vira').get(`/v1/deals/${deal}`)).deal,
  };
};
export type Company = ReturnType<typeof withHabits>;

/** A test in a company of its own that begins on Monday 2 February at ten; its letters leave. */
export const test = base.extend<{ w: Company }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 10:00', packs: [climate], mail: true });
    await use(withHabits(w));
    await w.stop();
  },
});
