import { beforeEach, expect, test } from 'vitest';
import { packOf } from '../../local/world/pack-of.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import { field, pipeline, t } from '../../statemachines/vocabulary/index.ts';
import { feedEntryOf } from '../shared/rows.ts';
import { consume } from './consume.ts';
import { aDeal, anAccrual, anEntry, type Recorded, recorded } from './testing/history.ts';
import { definitionsOf } from './worth.ts';

const title = t('x', 'x');
const definitions = definitionsOf([
  packOf('shop', [
    pipeline({
      id: 'shop',
      kind: 'deal',
      title,
      prefix: 'S',
      start: 'open',
      audited: ['price', 'paid', 'left'],
      fields: {
        price: field.money(title, 'RUB'),
        colour: field.text(title),
        paid: field.total(title, 'RUB', ['payment', 'refund']),
        left: field.computedMoney(title, 'RUB', 'price - paid'),
      },
      stages: { open: { title, aim: title, outcome: 'won', moves: [] } },
    }),
  ]),
]);

let system: Recorded;
beforeEach(() => {
  system = recorded();
});

const doina = { user: 'doina' };
const of = (some: object) => aDeal({ pack: 'shop', pipeline: 'shop', stage: 'open', ...some });
const lines = async (): Promise<FeedEntry[]> => {
  await consume(system.drain(), { table: system.table, definitions });
  const { items } = await system.table.query({ pk: 'D#d1', sk: { begins: '1#FEED#' } });
  return items.map(feedEntryOf).filter(({ kind }) => kind !== 'created');
};

test('each change of an audited figure, computed ones too, is one line: before, after, who and when', async () => {
  await system.putDeal(of({ totals: { paid: 0 } }));
  await system.putDeal(of({ version: 2, fields: { price: 1_600 }, totals: { paid: 0 } }));
  await system.putDeal(
    of({
      version: 3,
      fields: { price: 1_600, colour: 'red' },
      totals: { paid: 480 },
      changedAt: '2026-02-03T06:15:00.000Z',
      changedBy: doina,
    }),
  );

  const told = await lines();

  expect(told.filter(({ kind }) => kind === 'figure').map(({ data, by, at }) => ({ data, by, at }))).toEqual([
    {
      data: { price: [null, 1_600], left: [null, 1_600] },
      by: { system: 'test' },
      at: '2026-02-02T06:15:00.000Z',
    },
    { data: { paid: [0, 480], left: [1_600, 1_120] }, by: doina, at: '2026-02-03T06:15:00.000Z' },
  ]);
  expect(told.filter(({ kind }) => kind === 'changed').map(({ data }) => data)).toEqual([
    { price: [null, 1_600] },
    { colour: [null, 'red'] },
  ]);
});

test('money and pay are told of when they come and when they are decided on, each once', async () => {
  const waiting = anEntry({ state: 'pending', purpose: 'advance' });
  const at = '2026-02-17T07:00:00.000Z';
  await system.putEntry(waiting);
  await system.putEntry(anEntry({ ...waiting, state: 'approved', decided: { at, by: doina } }));
  await system.putAccrual(anAccrual());
  await system.putAccrual(anAccrual({ state: 'paid', settled: { at, by: doina } }));
  const again = [...system.records];

  await lines();
  system.records.push(...again);
  const told = await lines();

  expect(told.map(({ kind, by, data: { state } }) => [kind, by, state])).toEqual([
    ['money', { system: 'test' }, 'pending'],
    ['accrual', { system: 'test' }, 'accrued'],
    ['money', doina, ['pending', 'approved']],
    ['accrual', doina, ['accrued', 'paid']],
  ]);
});
