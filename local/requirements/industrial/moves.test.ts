import { expect } from 'vitest';
import { test } from './company.ts';

/** Where a deal may go by itself of its responsible person, and what only that person's head may undo. */
const goods: Record<string, { responsible: string[]; head?: string[] }> = {
  unprocessed: { responsible: ['express-identification', 'lost'] },
  'express-identification': { responsible: ['invoice-quote', 'unprocessed', 'lost'] },
  'invoice-quote': { responsible: ['contract', 'express-identification', 'lost'] },
  contract: { responsible: ['picking', 'invoice-quote', 'lost'] },
  picking: { responsible: ['shipment', 'contract', 'lost'] },
  shipment: { responsible: ['wrap-up', 'picking'] },
  'wrap-up': { responsible: ['won', 'shipment'] },
  won: { responsible: [], head: ['wrap-up'] },
  lost: { responsible: [], head: ['contract'] },
};
const services: typeof goods = {
  unprocessed: { responsible: ['primary-identification', 'lost'] },
  'primary-identification': { responsible: ['invoice-quote', 'unprocessed', 'lost'] },
  'invoice-quote': { responsible: ['contract', 'primary-identification', 'lost'] },
  contract: { responsible: ['awaiting-visit', 'invoice-quote', 'lost'] },
  'awaiting-visit': { responsible: ['in-progress', 'contract', 'lost'] },
  'in-progress': { responsible: ['wrap-up', 'awaiting-visit'] },
  'wrap-up': { responsible: ['won', 'in-progress'] },
  won: { responsible: [], head: ['wrap-up'] },
  lost: { responsible: [], head: ['contract'] },
};
const tables = Object.entries({ goods, services });
const stagesOf = tables.flatMap(([pipeline, table]) =>
  Object.entries(table).map(([stage, allowed]) => ({ pipeline, table, stage, allowed })),
);

test.for(stagesOf)(
  '$pipeline: from $stage the responsible gets where the table leads, and nowhere else [IN-X-00.6]',
  async ({ pipeline, table, stage, allowed }, { w }) => {
    for (const to of Object.keys(table)) {
      const deal = await w.enter(
        stage,
        { lossReason: 'price', contractNeeded: 'yes' },
        { pipeline, cameFrom: 'contract' },
      );

      const answer = await w
        .as('pavel')
        .move(deal, to)
        .then(
          () => 'moved',
          ({ status }) => status,
        );

      const wanted = allowed.responsible.includes(to) ? ['moved', to] : [422, stage];
      expect([to, answer, await w.stageOf(deal)]).toEqual([to, ...wanted]);
    }
  },
);

test.for(stagesOf.filter(({ allowed }) => allowed.head !== undefined))(
  '$pipeline: the head brings a deal back from $stage, one stage and no further [IN-X-00.6]',
  async ({ pipeline, table, stage, allowed }, { w }) => {
    for (const to of Object.keys(table)) {
      const deal = await w.enter(stage, { lossReason: 'price' }, { pipeline, cameFrom: 'contract' });

      await w
        .as('semyon')
        .move(deal, to)
        .catch(() => 'refused');

      expect([to, await w.stageOf(deal)]).toEqual([to, allowed.head?.includes(to) ? to : stage]);
    }
  },
);

test('a refused move changes nothing and starts nothing [IN-X-00.6]', async ({ w }) => {
  const deal = await w.enter('express-identification');
  const before = await w.card(deal);

  await w
    .as('pavel')
    .move(deal, 'shipment', { trackNumber: '1' })
    .catch(() => 'refused');

  expect(await w.card(deal)).toEqual(before);
  expect(w.runs(deal)).toEqual([`${deal}-1-express-identification`]);
});
