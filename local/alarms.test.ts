import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handler as alarm } from '../functions/workflow/alarm.handler.ts';
import {
  arrives,
  field,
  goto,
  move,
  notify,
  pipeline,
  responsible,
  t,
  task,
  tell,
  thread,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { type World, world } from './world.ts';

const title = t('Имя', 'Name');
const by = ['anyone', 'system'] as const;

/** Deals that are put on ice until a day, and called at an instant. */
const deals = pipeline({
  id: 'iced',
  kind: 'deal',
  title,
  prefix: 'I',
  start: 'warm',
  fields: { until: field.date(title), call: field.datetime(title), isOff: field.boolean(title) },
  stages: {
    warm: { title, aim: title, moves: [move('frozen', [...by])] },
    frozen: {
      title,
      aim: title,
      on: [
        thread('thaw', {
          title,
          on: arrives('until'),
          work: [notify('say', tell([responsible], 'quote-late')), goto('warm')],
        }),
        thread('call', {
          title,
          on: arrives('call'),
          when: '$exists(isOff) = false',
          work: [task('call', { title, who: responsible })],
        }),
      ],
      moves: [move('warm', [...by]), move('over', [...by])],
    },
    over: { title, aim: title, outcome: 'done', moves: [move('frozen', [...by])] },
  },
});

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 12:00', packs: [packOf('iced-pack', [deals])] });
});
afterEach(() => w.stop());

const freeze = async (fields: Record<string, unknown>): Promise<string> => {
  const deal = await w.enter('warm', fields, { pipeline: 'iced' });
  await w.as('pavel').move(deal, 'frozen');
  return deal;
};
const told = async () => (await w.inbox('pavel')).map((line) => line.slice(0, 16));

describe('a date that a stage waits for', () => {
  test('begins its thread at nine of the day, years off, with no run open until then', async () => {
    const deal = await freeze({ until: '2029-05-11' });
    expect(w.runs()).toEqual([]);

    await w.advanceTo('2029-05-11 08:59');
    expect(await w.stageOf(deal)).toBe('frozen');

    await w.advanceTo('2029-05-11 09:00');
    expect(await w.stageOf(deal)).toBe('warm');
    expect(await told()).toEqual(['2029-05-11 09:00']);
  });

  test('that moves, or is emptied, is followed; each moment begins the thread once', async () => {
    const deal = await freeze({ call: '2026-03-02T09:00:00Z' });
    const pavel = w.as('pavel');
    await pavel.change(deal, { call: '2026-02-20T09:00:00Z' });
    await w.advanceTo('2026-02-20 11:59');
    expect(await w.open(deal)).toEqual([]);
    await w.advanceTo('2026-02-20 12:00');
    expect(await w.open(deal)).toEqual(['call pavel any time']);

    await w.advanceTo('2026-03-03 12:00'); // the moment it had first is over
    await pavel.change(deal, { call: '2026-03-05T09:00:00Z' });
    await pavel.change(deal, { call: null });
    await w.advanceTo('2026-03-10 12:00');
    expect((await w.card(deal)).deal.threads).toEqual({ call: 1 });

    await pavel.change(deal, { call: '2026-02-20T09:00:00Z' }); // past, and named again
    expect((await w.card(deal)).deal.threads).toEqual({ call: 2 });
    expect(await w.endsOf(deal, 'call')).toEqual(['moved by the system', 'open']);
  });

  test('that is past as the deal comes begins its thread at once', async () => {
    const deal = await freeze({ until: '2026-01-15' });

    expect(await w.stageOf(deal)).toBe('warm');
    expect(await told()).toEqual(['2026-02-02 12:00']);
  });

  test('does nothing for a deal that has left, and begins anew for one that came back', async () => {
    const deal = await freeze({ until: '2026-05-11' });
    await w.as('pavel').move(deal, 'warm');
    await w.advanceTo('2026-05-10 12:00');
    await w.as('pavel').move(deal, 'frozen');

    await w.advanceTo('2026-06-01 12:00');

    expect(await w.stageOf(deal)).toBe('warm');
    expect(await told()).toEqual(['2026-05-11 09:00']);
  });

  test('asks the condition of its thread when it comes', async () => {
    const deal = await freeze({ call: '2026-02-20T09:00:00Z' });
    await w.as('pavel').change(deal, { isOff: true });

    await w.advanceTo('2026-02-20 12:00');

    expect(await w.open(deal)).toEqual([]);
  });
});

test('an alarm that is given again, however late, begins nothing twice', async () => {
  const deal = await freeze({ call: '2026-02-20T09:00:00Z' });
  await w.advanceTo('2026-02-20 12:00');
  const { seq } = (await w.card(deal)).deal;
  const given = { deal, seq, thread: 'call', at: '2026-02-20T09:00:00.000Z' };

  for (let time = 0; time < 15; time += 1)
    await w.as('pavel').change(deal, { until: `2027-01-${10 + time}` });
  await alarm(given);
  await w.clock.settle();

  expect((await w.card(deal)).deal.threads).toEqual({ call: 1 });
});

test('changes of the table that are given again, or in part, set no alarm twice', async () => {
  w.between.deliver = (batch) => [batch, batch.slice(0, 1), batch];

  const deal = await freeze({ until: '2026-02-20' });
  await w.advanceTo('2026-03-01 12:00');

  expect(await w.stageOf(deal)).toBe('warm');
  expect(await told()).toEqual(['2026-02-20 09:00']);
});

test('one long wait tells the same as many short ones', async () => {
  const story = async (step: number): Promise<string[]> => {
    const inner = await world({ at: '2026-02-02 12:00', packs: [packOf('iced-pack', [deals])] });
    try {
      const deal = await inner.enter(
        'warm',
        { until: '2026-02-20', call: '2026-02-11T10:30:00Z' },
        { pipeline: 'iced' },
      );
      await inner.as('pavel').move(deal, 'frozen');
      await inner.as('pavel').ask('POST', '/v1/reminders', { what: 'Ask', at: '2026-02-15T10:00:30Z', deal });
      for (let day = 2; day <= 24; day += step)
        await inner.advanceTo(`2026-02-${String(day).padStart(2, '0')} 12:00`);
      return [
        await inner.stageOf(deal),
        ...(await inner.endsOf(deal, 'call')),
        ...(await inner.told('pavel')).map(({ at, text }) => `${at} ${text}`),
      ];
    } finally {
      await inner.stop();
    }
  };

  const many = await story(1);

  expect(many).toEqual([
    'warm',
    'stage left by the system',
    '2026-02-15T10:00:30.000Z reminder',
    '2026-02-20T06:00:00.000Z quote-late',
  ]);
  expect(await story(22)).toEqual(many);
});
