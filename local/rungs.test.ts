import { afterEach, expect, test } from 'vitest';
import {
  type atDate,
  atOpening,
  field,
  inTime,
  mark,
  morning,
  move,
  now,
  type PipelineWords,
  pipeline,
  responsible,
  set,
  sets,
  sinceDate,
  skipPast,
  t,
  task,
  tell,
  value,
  workdays,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { type World, world } from './world.ts';

const title = t('Визит', 'Visit');
const told = tell([responsible], 'quote-late');

/** A pipeline whose one task has these rungs, on the field `visit`. */
const visits = (late: ReturnType<typeof atDate>[], before: ReturnType<typeof set>[] = []): PipelineWords =>
  pipeline({
    id: 'visits',
    kind: 'deal',
    title,
    prefix: 'V',
    start: 'planned',
    fields: {
      visit: field.datetime(title),
      day: field.date(title),
      level: field.number(title),
      answerBy: field.date(title),
      seenAt: field.datetime(title),
    },
    stages: {
      planned: {
        title,
        aim: title,
        work: [...before, task('go', { title, who: responsible, late })],
        moves: [move('over', ['responsible'])],
      },
      over: { title, aim: title, outcome: 'done', moves: [] },
    },
  });

let w: World;
afterEach(() => w.stop());
const begin = async (
  late: ReturnType<typeof atDate>[],
  before?: ReturnType<typeof set>[],
  patience?: number,
) => {
  const packs = [packOf('visits-pack', [visits(late, before)])];
  w = await world({ at: '2026-02-02 09:00', packs, ...(patience === undefined ? {} : { patience }) }); // a Monday
};
const enter = (fields: Record<string, unknown>) => w.enter('planned', fields, { pipeline: 'visits' });
const at = async () => (await w.inbox('pavel')).map((line) => line.slice(0, 16));

test('a rung in working time after the moment of a field counts by the calendar and follows the field', async () => {
  await begin([sinceDate('visit', workdays(2), told)]);
  const deal = await enter({ visit: '2026-02-05T09:30:00Z' }); // Thursday 12:30

  await w.advanceTo('2026-02-09 12:29');
  expect(await at()).toEqual([]);
  await w.advanceTo('2026-02-09 12:30'); // Monday: the weekend did not count
  expect(await at()).toEqual(['2026-02-09 12:30']);

  await w.as('pavel').change(deal, { visit: '2026-02-10T07:00:00Z' });
  await w.advanceTo('2026-03-01 09:00');
  expect(await at()).toEqual(['2026-02-09 12:30', '2026-02-12 10:00']);
});

test.for([
  ['an instant', 'visit', '2026-02-05T21:30:00Z', '2026-02-05 08:00'], // already Friday in the company's zone
  ['a day', 'day', '2026-02-06', '2026-02-05 08:00'],
  ['the day after a holiday', 'day', '2026-02-24', '2026-02-23 08:00'],
] as const)(
  'a rung of the morning before %s comes at that time of the company',
  async ([, name, given, expected]) => {
    await begin([morning(name, 1, '08:00', told)]);
    const deal = await enter({ [name]: given });

    await w.advanceTo('2026-03-01 09:00');

    expect(await at()).toEqual([expected]);
    expect((await w.task(deal, 'go')).mark).toBeUndefined(); // a reminder says nothing of lateness
  },
);

test('a rung that passes over what is past fires neither at the opening nor when its date moves behind the present', async () => {
  const rungs = [morning('day', 1, '08:00', told, skipPast), morning('day', 0, '08:00', told, skipPast)];
  await begin(rungs);
  const deal = await enter({ day: '2026-02-03' }); // the morning before is over
  await w.advanceTo('2026-02-03 07:59');
  expect(await at()).toEqual([]);
  await w.advanceTo('2026-02-03 10:00');
  expect(await at()).toEqual(['2026-02-03 08:00']);

  await w.as('pavel').change(deal, { day: '2026-02-04' }); // its morning before is over too
  await w.advanceTo('2026-02-04 10:00');
  expect(await at()).toEqual(['2026-02-03 08:00', '2026-02-04 08:00']);

  await w.as('pavel').change(deal, { day: '2026-02-10' });
  await w.advanceTo('2026-03-01 09:00');
  expect(await at()).toEqual([
    '2026-02-03 08:00',
    '2026-02-04 08:00',
    '2026-02-09 08:00',
    '2026-02-10 08:00',
  ]);
});

test('without that word a rung whose moment is past fires as soon as its task is there', async () => {
  await begin([sinceDate('visit', workdays(1), told)]);

  await enter({ visit: '2026-01-20T09:00:00Z' });

  await w.advanceTo('2026-02-02 09:01');
  expect(await at()).toEqual(['2026-02-02 09:00']);
});

test('a rung writes its fields once, in the step in which it fires, and a red task stays red', async () => {
  await begin([
    sinceDate('visit', workdays(1), mark('red'), sets({ level: value(3), seenAt: now() })),
    sinceDate('visit', workdays(2), told, sets({ level: value(4) })),
  ]);
  const deal = await enter({ visit: '2026-02-02T06:00:00Z' });

  await w.advanceTo('2026-02-03 09:00');
  expect((await w.card(deal)).deal.fields).toMatchObject({ level: 3, seenAt: '2026-02-03T06:00:00.000Z' });
  const { version } = (await w.card(deal)).deal;
  await w.as('pavel').change(deal, { level: 7 });
  await w.advanceTo('2026-02-03 18:00');
  expect((await w.card(deal)).deal).toMatchObject({ version: version + 1, fields: { level: 7 } });

  await w.advanceTo('2026-02-04 09:00');
  expect(await w.fact(deal, 'level')).toBe(4);
  expect(await w.task(deal, 'go')).toMatchObject({ mark: 'red', fired: [0, 1] });
});

test('a rung whose field moves its own ladder sets the timers anew', async () => {
  await begin([
    sinceDate('visit', workdays(1), sets({ day: { moment: 'now' } })),
    morning('day', 0, '11:00', told),
  ]);
  await enter({ visit: '2026-02-02T06:00:00Z' });

  await w.advanceTo('2026-03-01 09:00');

  expect(await at()).toEqual(['2026-02-03 11:00']);
});

test('a rung whose state dies after the fields were written writes nothing twice', async () => {
  await begin([sinceDate('visit', workdays(1), told, sets({ seenAt: now() }))]);
  const deal = await enter({ visit: '2026-02-02T06:00:00Z' });
  let dies = 1;
  w.between.afterStep = () => {
    if (dies-- > 0 && w.clock.now() >= new Date('2026-02-03T06:00:00Z')) throw new Error('killed');
  };

  await w.advanceTo('2026-02-03 09:30');

  expect(await w.fact(deal, 'seenAt')).toBe('2026-02-03T06:00:00.000Z');
  expect(await at()).toEqual(['2026-02-03 09:00']);
});

test.for([
  ['in working hours', '2026-02-02 10:30', '2026-02-02T07:30:00.000Z'],
  ['in the evening', '2026-02-02 19:00', '2026-02-03T06:00:00.000Z'],
  ['on a Saturday', '2026-02-07 12:00', '2026-02-09T06:00:00.000Z'],
] as const)('the opening %s is the moment itself, or when work begins next', async ([, when, expected]) => {
  await begin([], [set('note', { seenAt: atOpening() })]);
  await w.advanceTo(when);

  expect((await w.card(await enter({}))).deal.fields.seenAt).toBe(expected);
});

test('a moment is written as the field takes it: the day of the company, or the instant', async () => {
  await begin([], [set('note', { day: now(), seenAt: now(), answerBy: inTime(workdays(5)) })]);
  const deal = await enter({});

  expect((await w.card(deal)).deal.fields).toEqual({
    day: '2026-02-02',
    seenAt: '2026-02-02T06:00:00.000Z',
    answerBy: '2026-02-09',
  });
});

test.for([
  ['sleeps', undefined],
  ['asks again every half an hour', 1800],
] as const)('a ladder on dates climbs at its times where its state %s', async ([, patience]) => {
  const rungs = [
    morning('day', 1, '08:00', told, skipPast, sets({ level: value(1) })),
    morning('day', 0, '08:00', told, skipPast, sets({ level: value(2) })),
    sinceDate('visit', workdays(1), told, sets({ seenAt: now() })),
  ];
  await begin(rungs, [], patience);
  const deal = await enter({ day: '2026-02-05', visit: '2026-02-05T09:30:00Z' });

  await w.advanceTo('2026-02-04 07:59');
  expect(await w.fact(deal, 'level')).toBeUndefined();
  await w.advanceTo('2026-02-04 08:00');
  expect(await w.fact(deal, 'level')).toBe(1);
  await w.as('pavel').change(deal, { day: '2026-02-06' }); // its morning before is still to come
  await w.advanceTo('2026-02-06 18:00');

  expect(await at()).toEqual([
    '2026-02-04 08:00',
    '2026-02-05 08:00',
    '2026-02-06 08:00',
    '2026-02-06 12:30',
  ]);
  expect((await w.card(deal)).deal.fields).toMatchObject({ level: 2, seenAt: '2026-02-06T09:30:00.000Z' });
});
