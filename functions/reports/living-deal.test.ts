import '../testing/quiet.ts';

import { afterEach, expect, test } from 'vitest';
import { type World, world } from '../../local/world.ts';
import { feedEntryOf } from '../shared/rows.ts';
import { as } from '../testing/api.ts';
import { differencesBetween, kept, rebuild } from './rebuild.ts';
import { definitions } from './testing/history.ts';

let running: World | undefined;
afterEach(() => running?.stop());

test('a deal that lives by its real workflow leaves a whole history and right reports', async () => {
  running = await world({ at: '2026-02-02 09:15' });
  const { clock, table } = running;
  const pavel = as('pavel');

  const { body: deal } = await pavel.post('/v1/deals', {
    pipeline: 'goods',
    title: '12 bearings',
    fields: { dealTotal: 24_000_000, caseComplexity: 'complex' },
  });
  await clock.settle();
  await pavel.post(`/v1/deals/${deal.id}/move`, { to: 'express-identification' });
  await clock.advanceTo('2026-02-02T12:00:00Z'); // half an hour too late
  const { body: card } = await pavel.get(`/v1/deals/${deal.id}`);
  await pavel.post(`/v1/tasks/${card.tasks[0].id}/complete`, {});
  await clock.settle();
  await pavel.post(`/v1/deals/${deal.id}/move`, { to: 'invoice-quote' });
  await clock.advance(3_600_000);

  const { items } = await table.query({ pk: `D#${deal.id}`, sk: { begins: '1#FEED#' } });
  expect(items.map((row) => feedEntryOf(row).kind)).toEqual([
    'created',
    'assigned',
    'moved',
    'task-opened',
    'escalated',
    'task-closed',
    'moved',
    'task-opened',
  ]);
  expect(await table.get({ pk: 'R#sla#goods', sk: '2026-02#express-identification#pavel' })).toMatchObject({
    broken: 1,
  });
  expect(differencesBetween(await kept(table, definitions), await rebuild(table, definitions))).toEqual([]);
});
