import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  anyWith,
  field,
  initiator,
  move,
  pipeline,
  responsible,
  t,
  tell,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);
const says = (condition: string, refusal: string) => ({ condition, refusal: title(refusal) });

const repairs = packOf('repairs', [
  pipeline({
    id: 'repairs',
    kind: 'deal',
    title: title('Repairs'),
    prefix: 'R',
    start: 'open',
    checks: [
      {
        id: 'above-total',
        on: ['shipped'],
        ...says('$exists(total) = false or shipped <= total', '{{shipped}} is more than {{total}}'),
        unmet: 'warn',
      },
      {
        id: 'no-more-than-a-million',
        on: ['margin'],
        ...says('$exists(margin) = false or margin <= 100000000', 'a margin of {{margin}} is none of ours'),
        unmet: 'refuse',
      },
    ],
    fields: {
      total: field.money(title('Total'), 'RUB'),
      cost: field.money(title('Cost'), 'RUB'),
      margin: field.computedMoney(title('Margin'), 'RUB', 'total - cost'),
      shipped: field.total(title('Shipped'), 'RUB', ['shipment']),
      paper: field.text(title('Paper')),
      number1c: field.text(title('Number')),
      until: field.date(title('Until')),
      frozenOn: field.date(title('Frozen on')),
      closedAt2: field.datetime(title('Closed')),
    },
    stages: {
      open: {
        title: title('Open'),
        aim: title('Open.'),
        moves: [
          move('frozen', ['anyone'], { stamp: 'frozenOn' }),
          move('shipping', ['anyone'], { when: '$exists(total)' }),
          move('done', [anyWith('manager')], { stamp: 'closedAt2' }),
        ],
      },
      frozen: {
        title: title('Frozen'),
        aim: title('Frozen.'),
        enter: {
          required: ['until'],
          conditions: [says('$exists(until) and until > today', 'today is {{today}}')],
        },
        moves: [move('open', ['anyone'])],
      },
      shipping: {
        title: title('Shipping'),
        aim: title('Shipping.'),
        enter: {
          required: ['paper', 'number1c'],
          unmet: 'rollback',
          tell: [
            { ...tell([responsible], 'no-paper'), when: '$exists(paper) = false' },
            { ...tell([responsible, initiator], 'no-number'), when: '$exists(number1c) = false' },
          ],
        },
        moves: [move('open', ['anyone'])],
      },
      done: {
        title: title('Done'),
        aim: title('Done.'),
        outcome: 'won',
        enter: { warn: [says('$exists(paper)', 'no paper for {{number}}')] },
        moves: [move('kept', ['anyone']), move('open', ['anyone'])],
      },
      kept: { title: title('Kept'), aim: title('Kept.'), outcome: 'won', moves: [] },
    },
  }),
]);
const pack = {
  ...repairs,
  messages: {
    'no-paper': { subject: title('no paper'), body: title('{{missing}}') },
    'no-number': { subject: title('no number'), body: title('{{missing}}') },
  },
};

let w: World;
let deal: string;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 23:30', packs: [pack] });
  deal = await w.as('pavel').create({}, { pipeline: 'repairs', responsible: 'pavel' });
});
afterEach(() => w.stop());

const warningsOf = ({ warnings = [] }: { warnings?: { en: string }[] }) => warnings.map(({ en }) => en);

test('guards know the day of the company, and say what they looked at', async () => {
  const freeze = (until: string) => refusal(w.as('pavel').move(deal, 'frozen', { until }));

  expect(await freeze('2026-02-02')).toContain('today is 02/02/2026');
  await w.advanceTo('2026-02-03 00:00');
  expect(await freeze('2026-02-03')).toContain('today is 03/02/2026');
  await w.as('pavel').move(deal, 'frozen', { until: '2026-02-04' });
  expect(await w.fact(deal, 'frozenOn')).toBe('2026-02-03');
});

test('a move is offered and allowed only where its condition holds', async () => {
  const offered = async () => (await w.as('pavel').get(`/v1/deals/${deal}`)).deal.moves;

  expect(await offered()).toEqual(['frozen', 'done']);
  expect(await refusal(w.as('pavel').move(deal, 'shipping'))).toContain('it may go to: frozen, done');
  await w.as('pavel').change(deal, { total: 100 });
  expect(await offered()).toEqual(['frozen', 'shipping', 'done']);
});

test('of a move undone each hears what is theirs, with what was missing', async () => {
  const told = async (who: string) => (await w.told(who)).map(({ text, body }) => [text, body]);
  await w.as('pavel').move(deal, 'shipping', { total: 100, number1c: '17' });

  expect(await w.stageOf(deal)).toBe('open');
  expect(await told('pavel')).toEqual([['no-paper', 'Заполните поле «Paper»']]);

  await w.as('pavel').move(deal, 'shipping', { number1c: null as never });
  expect((await told('pavel')).sort()).toEqual([
    ['no-number', 'Заполните поле «Paper»; Заполните поле «Number»'],
    ['no-paper', 'Заполните поле «Paper»'],
    ['no-paper', 'Заполните поле «Paper»; Заполните поле «Number»'],
  ]);
  expect((await w.card(deal)).deal).toMatchObject({ seq: 5, cameFrom: 'shipping' });
});

test('a check refuses the write that breaks it, whatever it writes, or warns of it', async () => {
  expect(await refusal(w.as('pavel').change(deal, { total: 200_000_000, cost: 1 }))).toBe(
    '422 fields.margin: a margin of 1 999 999,99 ₽ is none of ours',
  );
  await w.as('pavel').change(deal, { total: 10_000 });
  const ship = (amount: number) =>
    w
      .as('rita')
      .ask('POST', `/v1/deals/${deal}/ledger`, { kind: 'shipment', amount: { amount, currency: 'RUB' } });

  expect(warningsOf((await ship(9_000)).deal)).toEqual([]);
  expect(warningsOf((await ship(2_000)).deal)).toEqual(['110,00 ₽ is more than 100,00 ₽']);
  expect(warningsOf(await w.as('pavel').change(deal, { paper: 'x' }))).toEqual([]); // about nothing it looks at
  expect(
    await refusal(w.as('pavel').create({ total: 200_000_000, cost: 1 }, { pipeline: 'repairs' })),
  ).toContain('none of ours');
});

test('a move that is only warned of is made, and an end keeps the instant it came', async () => {
  expect(warningsOf(await w.as('pavel').move(deal, 'done'))).toEqual(['no paper for R-1']);
  expect(await w.fact(deal, 'closedAt2')).toBe('2026-02-02T20:30:00.000Z');

  await w.advanceTo('2026-02-04 10:00');
  await w.as('pavel').move(deal, 'kept');
  expect([await w.fact(deal, 'closedAt'), await w.fact(deal, 'stageSince')]).toEqual([
    '2026-02-02T20:30:00.000Z',
    '2026-02-04T07:00:00.000Z',
  ]);
  expect([await w.fact(deal, 'creator'), await w.fact(deal, 'cameFrom')]).toEqual(['pavel', 'done']);
});
