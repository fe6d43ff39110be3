import { expect, test } from 'vitest';
import { packOf } from '../../local/world/pack-of.ts';
import { world } from '../../local/world.ts';
import { move, pipeline, t } from '../../statemachines/vocabulary/index.ts';

const title = t('Имя', 'Name');
const counting = (id: string) =>
  pipeline({
    id,
    kind: 'deal',
    title,
    prefix: '',
    numbering: 'orders',
    start: 'open',
    fields: {},
    stages: {
      open: { title, aim: title, moves: [move('over', ['anyone'])] },
      over: { title, aim: title, outcome: 'done', moves: [] },
    },
  });

test('pipelines that count together give every number once and leave none out, however many create at once', async () => {
  const w = await world({
    at: '2026-02-02 09:00',
    packs: [packOf('shop', [counting('orders'), counting('repairs')])],
  });
  const pavel = w.as('pavel');

  const made = await Promise.all(
    Array.from({ length: 16 }, (_, n) =>
      pavel.create({}, { pipeline: n % 2 === 0 ? 'orders' : 'repairs', title: `${n}` }),
    ),
  );

  const numbers = await Promise.all(made.map(async (id) => Number((await w.card(id)).deal.number)));
  expect(numbers.sort((one, other) => one - other)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
  await w.stop();
});
