import { test as base } from 'vitest';
import type { PortEvent } from '../../../schemas/event.ts';
import { footwear } from '../../../statemachines/packs/footwear/index.ts';
import { type World, world } from '../../world.ts';

type Said = Extract<PortEvent, { type: 'message.received' }>;

const maria = { id: 'ig-maria', name: 'Maria Popescu' };
const winter = {
  id: 'post-1',
  text: 'Boots, winter',
  image: 'https://cdn.example/boots.jpg',
  link: 'https://instagram.example/p/1',
};

/** What a client says by a network, under an id of the network's own. */
export const saying = (externalId: string, more: Partial<Said> = {}): Said => ({
  type: 'message.received',
  externalId,
  channel: 'instagram',
  kind: 'message',
  person: maria,
  text: 'Bună ziua!',
  files: [],
  ...more,
});

/** The same under a post of the company. */
export const commenting = (externalId: string, more: Partial<Said> = {}): Said =>
  saying(externalId, { kind: 'comment', text: 'size 38?', post: winter, ...more });

const boots = { model: 'Boots', size: '38', colour: 'black', qty: 1, price: 160_000 };

/** What people of this company do again and again. */
const withHabits = (w: World) => ({
  ...w,
  /** the only order of the pipeline. @returns its id */
  order: async (): Promise<string> => {
    const { items } = await w.as('doina').get('/v1/deals?pipeline=footwear-order');
    if (items.length !== 1) throw new Error(`${items.length} orders, not one`);
    return items[0].id;
  },
  /** an order of Elena at negotiation, begun by a comment of Maria. @returns its id */
  taken: async (): Promise<string> => {
    await w.says('instagram', commenting('c-taken'));
    const { items } = await w.as('doina').get('/v1/deals?pipeline=footwear-order');
    await w.as('elena').ask('POST', `/v1/deals/${items[0].id}/claim`);
    return items[0].id;
  },
  boots,
});
export type Company = ReturnType<typeof withHabits>;

/** A test in a company of its own that begins on a Monday morning at ten. */
export const test = base.extend<{ w: Company }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 10:00', packs: [footwear] });
    await use(withHabits(w));
    await w.stop();
  },
});
