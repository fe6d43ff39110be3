import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { send } from '../functions/testing/api.ts';
import {
  field,
  filled,
  goto,
  is,
  move,
  pipeline,
  responsible,
  role,
  subdeal,
  t,
  task,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = t('Имя', 'Name');
const by = ['anyone', 'system'] as const;

/** Orders that have their parts counted, and sometimes a survey made that nobody waits for. */
const orders = pipeline({
  id: 'orders',
  kind: 'deal',
  title,
  prefix: 'O',
  start: 'talk',
  fields: {
    site: field.text(title),
    power: field.number(title),
    quote: field.file(title),
    note: field.text(title),
  },
  stages: {
    talk: { title, aim: title, moves: [move('count', [...by]), move('lost', [...by])] },
    count: {
      title,
      aim: title,
      enter: {
        conditions: [
          {
            condition: "('counting' in running) = false",
            refusal: t('Расчёт уже идёт', 'A count is under way'),
          },
        ],
      },
      work: [
        subdeal('counting', {
          who: role('lawyer'),
          down: { site: 'site' },
          back: { power: 'power', quote: 'quote', note: 'note' },
          set: { again: true, kind: 'first' },
          abandon: 'dropped',
        }),
        goto('send', { when: is('outcome', 'done') }),
      ],
      moves: [move('send', ['system']), move('talk', [...by]), move('lost', [...by])],
    },
    send: {
      title,
      aim: title,
      work: [
        subdeal('survey', { down: { site: 'site' }, back: { note: 'note' }, wait: false }),
        task('write', { title, who: responsible }),
      ],
      moves: [move('lost', [...by])],
    },
    lost: { title, aim: title, outcome: 'lost', moves: [move('count', [...by])] },
  },
});

const counting = pipeline({
  id: 'counting',
  kind: 'subdeal',
  title,
  prefix: 'C',
  start: 'work',
  fields: {
    site: field.text(title),
    power: field.number(title),
    quote: field.file(title),
    note: field.text(title),
    again: field.boolean(title),
    kind: field.enumeration(title, { first: title, second: title }),
  },
  stages: {
    work: {
      title,
      aim: title,
      work: [task('count', { title, who: responsible, guard: filled('power') }), goto('ready')],
      moves: [move('ready', ['responsible', 'system']), move('dropped', [...by])],
    },
    ready: { title, aim: title, outcome: 'done', moves: [] },
    dropped: { title, aim: title, outcome: 'lost', moves: [] },
  },
});

const survey = pipeline({
  id: 'survey',
  kind: 'subdeal',
  title,
  prefix: 'S',
  start: 'ask',
  fields: { site: field.text(title), note: field.text(title) },
  stages: {
    ask: { title, aim: title, moves: [move('asked', [...by])] },
    asked: { title, aim: title, outcome: 'done', moves: [] },
  },
});

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [packOf('orders-pack', [orders, counting, survey])] });
});
afterEach(() => w.stop());

const enter = () => w.enter('talk', { site: 'North' }, { pipeline: 'orders' });
const go = (deal: string, to: string) => w.as('pavel').move(deal, to);
/** An order being counted, and its count. */
const counted = async (): Promise<{ deal: string; count: string }> => {
  const deal = await enter();
  await go(deal, 'count');
  return { deal, count: String((await w.card(deal)).processes[0]?.deal) };
};
const links = async (deal: string) =>
  (await w.card(deal)).processes.map(({ stage, outcome }) => `${stage} ${outcome ?? 'under way'}`).sort();
const running = (deal: string) => w.fact(deal, 'running');

describe('a process that a run waits for', () => {
  test('is of whom the step names, with fields copied and set, and its outcome decides what follows', async () => {
    const { deal, count } = await counted();
    const { deal: begun } = await w.card(count);
    expect(begun).toMatchObject({
      number: 'C-1',
      responsible: 'galina',
      initiator: 'pavel',
      fields: { site: 'North', again: true, kind: 'first' },
      parent: { deal, seq: 2, step: 'counting' },
    });
    expect(await running(deal)).toEqual(['counting']);

    await w.as('galina').change(count, { power: 112, note: 'as asked' });
    await w.as('galina').complete(count, 'count');

    expect(await w.stageOf(deal)).toBe('send');
    expect((await w.card(deal)).deal.fields).toMatchObject({ power: 112, note: 'as asked' });
    expect(await links(deal)).toEqual(['ask under way', 'ready done']);
  });

  test('that was given up by a person brings nothing back, and the deal stays', async () => {
    const { deal, count } = await counted();
    await w.as('galina').change(count, { power: 1 });

    await w.as('galina').move(count, 'dropped');

    expect(await w.stageOf(deal)).toBe('count');
    expect(await w.fact(deal, 'power')).toBeUndefined();
    expect(await running(deal)).toEqual([]);
    expect(w.runs(deal)).toEqual([]);
  });

  test('stands in the way of a second one until it is over, and its deal says so', async () => {
    const { deal, count } = await counted();
    const other = await w.enter('lost', { site: 'South' }, { pipeline: 'orders' });
    expect(await refusal(w.as('pavel').move(deal, 'count'))).toMatch('422');
    await w.as('pavel').move(other, 'count');

    await go(deal, 'talk');
    await go(deal, 'count'); // the first was given up with the stage

    expect(await links(deal)).toEqual(['dropped lost', 'work under way']);
    expect((await w.card(count)).deal.outcome).toBe('lost');
  });
});

describe('a deal that goes on before its process is over', () => {
  test('has it given up: its work is cancelled, its feed says why, and nothing comes back', async () => {
    const { deal, count } = await counted();
    await w.as('galina').change(count, { power: 5 });

    await go(deal, 'lost');

    const { deal: given } = await w.card(count);
    expect(given).toMatchObject({ stage: 'dropped', outcome: 'lost' });
    expect(given.reason).toBe('сделка D-1 перешла в «Имя»');
    expect(await w.open(count)).toEqual([]);
    expect(await w.fact(deal, 'power')).toBeUndefined();
    expect(await running(deal)).toEqual([]);
  });

  test('in the instant in which it ends takes nothing from it', async () => {
    const { deal, count } = await counted();
    await w.as('galina').change(count, { power: 5 });
    const late: Parameters<World['deliver']>[0][] = [];
    w.between.deliver = (batch) => {
      if (!JSON.stringify(batch).includes('"counting"')) return [batch];
      late.push(batch); // the workflow hears of the end when the deal has gone on
      return [];
    };
    await w.as('galina').move(count, 'ready');
    await go(deal, 'lost');
    w.between.deliver = (batch) => [batch];
    for (const batch of late) await w.deliver(batch);

    expect(await w.stageOf(deal)).toBe('lost');
    expect((await w.card(count)).deal.stage).toBe('ready');
    expect(await w.fact(deal, 'power')).toBeUndefined();
    expect(await running(deal)).toEqual([]);
  });

  test('and comes back takes nothing from the former one, however late that ends', async () => {
    const { deal, count } = await counted();
    await w.as('galina').change(count, { power: 5 });
    const held: Parameters<World['deliver']>[0][] = [];
    w.between.deliver = (batch) => {
      if (!JSON.stringify(batch).includes('"orders"')) return [batch];
      held.push(batch);
      return [];
    };
    await go(deal, 'talk'); // its workflow is behind: the count is not yet given up
    w.between.deliver = (batch) => [batch];
    await w.as('galina').move(count, 'ready');

    for (const batch of held) await w.deliver(batch);
    await go(deal, 'count');

    expect(await w.fact(deal, 'power')).toBeUndefined();
    expect(await w.stageOf(deal)).toBe('count');
    expect(await running(deal)).toEqual(['counting']);
  });

  test('in the instant in which the process begins, leaves none behind', async () => {
    const deal = await enter();
    let isGone = false;
    w.between.beforeStep = async (payload) => {
      if (isGone || !JSON.stringify(payload).includes('"counting"')) return;
      isGone = true;
      await send('pavel', 'POST', `/v1/deals/${deal}/move`, { body: { to: 'lost' } });
    };

    await go(deal, 'count');

    expect(await w.stageOf(deal)).toBe('lost');
    expect((await links(deal)).filter((link) => link.includes('under way'))).toEqual([]);
  });
});

test('a process nobody waits for goes its own way, and brings its fields when it ends', async () => {
  const deal = await w.enter('send', { site: 'North' }, { pipeline: 'orders' });
  const [{ deal: asked } = { deal: '' }] = (await w.card(deal)).processes;
  expect(await w.open(deal)).toEqual(['write pavel any time']);
  expect(await running(deal)).toEqual(['survey']);

  await go(deal, 'lost'); // it has a life of its own
  await w.as('pavel').change(asked, { note: 'well done' });
  await w.as('pavel').move(asked, 'asked');

  expect(await w.fact(deal, 'note')).toBe('well done');
  expect(await running(deal)).toEqual([]);
});
