import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  field,
  headOf,
  move,
  pipeline,
  responsible,
  setting,
  t,
  task,
  tell,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);

/** A yard where nothing is loaded without a weight: a load that was moved on without one comes back. */
const yard = packOf('yard', [
  pipeline({
    id: 'loads',
    kind: 'deal',
    title: title('Loads'),
    prefix: 'L',
    start: 'arrived',
    fields: { weight: field.number(title('Weight')) },
    stages: {
      arrived: {
        title: title('Arrived'),
        aim: title('The load is weighed.'),
        work: [task('weigh', { title: title('Weigh it'), who: responsible, due: setting('fillDateTime') })],
        moves: [move('loaded', ['responsible'])],
      },
      loaded: {
        title: title('Loaded'),
        aim: title('The load is on its way.'),
        enter: {
          required: ['weight'],
          unmet: 'rollback',
          tell: tell([responsible, headOf(responsible)], 'scans-late'),
        },
        work: [task('drive', { title: title('Drive'), who: responsible, due: setting('fillDateTime') })],
        outcome: 'won',
        moves: [move('arrived', ['head'])],
      },
    },
  }),
]);

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [yard] });
});
afterEach(() => w.stop());

const enter = () => w.enter('arrived', {}, { pipeline: 'loads' });
const moves = () =>
  w.events
    .filter(({ type }) => type === 'deal.moved')
    .map(({ detail }) => (detail as { data: unknown }).data);

test('a move without what its stage asks for is made, undone, and told of once', async () => {
  const deal = await enter();

  await w.as('pavel').move(deal, 'loaded');

  const { stage, seq, outcome, reason } = (await w.card(deal)).deal;
  expect([stage, seq, outcome, reason]).toEqual(['arrived', 3, undefined, 'Заполните поле «Weight»']);
  expect(moves()).toMatchObject([
    { from: 'arrived', stage: 'loaded' },
    { from: 'loaded', stage: 'arrived' },
  ]);
  for (const person of ['pavel', 'semyon'])
    expect(await w.inbox(person)).toEqual(['2026-02-02 09:00 scans-late']);
  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-03 09:00']);
  expect(w.runs(deal)).toEqual([`${deal}-3-arrived`]);
});

test('a move with it stands', async () => {
  const deal = await enter();

  await w.as('pavel').move(deal, 'loaded', { weight: 12 });

  expect(await w.stageOf(deal)).toBe('loaded');
  expect(await w.open(deal)).toEqual(['drive pavel 2026-02-03 09:00']);
  expect(await w.inbox('pavel')).toEqual([]);
});

test('told of twice by the stream, it is undone once', async () => {
  w.between.deliver = (batch) => [batch, batch];
  const deal = await enter();

  await w.as('pavel').move(deal, 'loaded');

  expect((await w.card(deal)).deal.seq).toBe(3);
  expect(await w.inbox('pavel')).toHaveLength(1);
});
