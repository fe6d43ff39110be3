import { afterEach, beforeEach, expect, test } from 'vitest';
import { dealKey } from '../functions/shared/keys.ts';
import {
  changed,
  field,
  filled,
  hours,
  move,
  onDate,
  person,
  pipeline,
  setting,
  t,
  task,
  thread,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);

const base = packOf('fitters', [
  pipeline({
    id: 'fittings',
    kind: 'deal',
    title: title('Fittings'),
    prefix: 'F',
    start: 'agreed',
    fields: {
      visit: field.slot(title('Visit'), {
        role: 'work-executor',
        length: setting('visitLength'),
        tell: { booked: 'booked', moved: 'moved', cancelled: 'cancelled' },
      }),
      mounting: field.slot(title('Mounting'), { role: 'work-executor', length: hours(4), people: 'several' }),
    },
    stages: {
      agreed: {
        title: title('Agreed'),
        aim: title('Agreed.'),
        on: [
          thread('visit', {
            title: title('Visit'),
            on: changed('visit', { emptied: true }),
            work: [
              task('measure', {
                title: title('Measure'),
                who: person('visit'),
                due: onDate('visit'),
                when: filled('visit'),
              }),
            ],
          }),
        ],
        moves: [move('fitting', ['anyone']), move('lost', ['anyone'])],
      },
      fitting: {
        title: title('Fitting'),
        aim: title('Fitted.'),
        work: [task('fit', { title: title('Fit'), who: person('mounting'), due: onDate('mounting') })],
        moves: [move('lost', ['anyone'])],
      },
      lost: { title: title('Lost'), aim: title('Lost.'), outcome: 'lost', moves: [] },
    },
  }),
]);
const message = { subject: title('{{number}}: {{visit}}'), body: title('{{visit}}') };
const fitters = {
  ...base,
  settings: {
    ...base.settings,
    visitLength: { type: 'duration', title: title('Visit'), value: hours(2) },
  } satisfies typeof base.settings,
  messages: { ...base.messages, booked: message, moved: message, cancelled: message },
  people: base.people.flatMap((one) =>
    one.id === 'artem' ? [one, { ...one, id: 'oleg' as typeof one.id, name: 'Oleg' }] : [one],
  ),
};

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [fitters] });
});
afterEach(() => w.stop());

const enter = () => w.enter('agreed', {}, { pipeline: 'fittings' });
const at = (time: string, people: readonly string[] = ['artem'], end?: string) => ({
  start: `${time.replace(' ', 'T')}:00+03:00`,
  ...(end === undefined ? {} : { end: `${end.replace(' ', 'T')}:00+03:00` }),
  people,
});
/** Who is busy when on a day, as the booking form shows it to a manager. */
const busy = async (day: string, to = day) => {
  const { people } = await w.as('pavel').get(`/v1/availability?role=work-executor&from=${day}&to=${to}`);
  type Busy = { kind: string; start: string; end: string; number?: string };
  const time = (instant: string) => new Date(Date.parse(instant) + 3 * 3_600_000).toISOString().slice(11, 16);
  return people.flatMap(({ user, busy }: { user: string; busy: Busy[] }) =>
    busy.map(({ kind, start, end, number }) => `${user} ${time(start)}-${time(end)} ${number ?? kind}`),
  );
};

test('of ten clients who book one slot in the same instant one gets it, the others read who has it', async () => {
  const deals: string[] = [];
  for (let n = 0; n < 10; n += 1) deals.push(await enter());

  const answers = await Promise.allSettled(
    deals.map((deal) => w.as('pavel').change(deal, { visit: at('2026-02-05 14:00') })),
  );

  const won = answers.findIndex(({ status }) => status === 'fulfilled');
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect(answer.reason.reasons).toEqual([
        `fields.visit: Артём Зимин is busy 05.02.2026 14:00–16:00 (D-${won + 1}); choose another time`,
      ]);
  expect(await busy('2026-02-05')).toEqual([`artem 14:00-16:00 D-${won + 1}`]);
  expect(await w.inbox('artem')).toEqual(['2026-02-02 09:00 booked']);
});

test.for([
  ['a quarter of an hour inside', '2026-02-05 15:45', '2026-02-05 17:00', /is busy 05\.02\.2026 14:00–16:00/],
  ['around it', '2026-02-05 13:00', '2026-02-05 17:00', /is busy/],
  ['up to its start', '2026-02-05 12:00', '2026-02-05 14:00', undefined],
  ['from its end', '2026-02-05 16:00', '2026-02-05 18:00', undefined],
  ['beyond the working day', '2026-02-05 17:00', '2026-02-05 19:00', /outside the company's working hours/],
  ['on a holiday', '2026-02-23 10:00', '2026-02-23 12:00', /outside the company's working hours/],
  ['off the quarters', '2026-02-05 10:05', '2026-02-05 12:00', /on a quarter of an hour/],
] as const)('beside a visit from two to four, one %s', async ([, start, end, refused]) => {
  const [first, second] = [await enter(), await enter()];
  await w.as('pavel').change(first, { visit: at('2026-02-05 14:00') });

  const booking = w.as('pavel').change(second, { visit: at(start, ['artem'], end) });

  if (refused === undefined) expect((await booking).fields.visit.people).toEqual(['artem']);
  else expect(await refusal(booking)).toMatch(refused);
});

test('a version named by its caller does not hide who was first', async () => {
  const [first, second] = [await enter(), await enter()];
  const { version } = (await w.card(second)).deal;
  await w.as('pavel').change(first, { visit: at('2026-02-05 14:00') });

  const ask = { to: 'fitting', version, fields: { mounting: at('2026-02-05 13:00') } };
  expect(await refusal(w.as('pavel').ask('POST', `/v1/deals/${second}/move`, ask))).toMatch(
    /^422 .* is busy/,
  );
});

test('moved, given to another, cancelled, ended: what was reserved is free, who was booked is told', async () => {
  const [deal, other] = [await enter(), await enter()];
  const pavel = w.as('pavel');
  await pavel.change(deal, { visit: at('2026-02-05 14:00') });
  expect(await w.open(deal)).toEqual(['measure artem 2026-02-05 16:00']);

  await w.advanceTo('2026-02-02 10:00');
  await pavel.change(deal, { visit: at('2026-02-05 15:00') });
  expect(await busy('2026-02-05')).toEqual(['artem 15:00-17:00 D-1']);
  expect(await w.open(deal)).toEqual(['measure artem 2026-02-05 17:00']);
  await pavel.change(other, { visit: at('2026-02-05 13:00') });

  await w.advanceTo('2026-02-02 11:00');
  await pavel.change(deal, { visit: at('2026-02-05 15:00', ['oleg']) });
  expect(await busy('2026-02-05')).toEqual(['artem 13:00-15:00 D-2', 'oleg 15:00-17:00 D-1']);
  expect(await w.open(deal)).toEqual(['measure oleg 2026-02-05 17:00']);

  await w.advanceTo('2026-02-02 12:00');
  await pavel.change(deal, { visit: null });
  await pavel.move(other, 'lost');
  expect(await busy('2026-02-05')).toEqual([]);
  expect(await w.open(deal)).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
  expect((await w.card(other)).deal.fields).toEqual({});
  expect((await w.inbox('artem')).sort()).toEqual([
    '2026-02-02 09:00 booked',
    '2026-02-02 10:00 booked',
    '2026-02-02 10:00 moved',
    '2026-02-02 11:00 cancelled',
    '2026-02-02 12:00 cancelled',
  ]);
  expect(await w.inbox('oleg')).toEqual(['2026-02-02 11:00 booked', '2026-02-02 12:00 cancelled']);
});

test('a task follows who is booked, several are booked at once, and each of them only once', async () => {
  const [deal, other] = [await enter(), await enter()];
  const pavel = w.as('pavel');

  await pavel.move(deal, 'fitting');
  expect(await w.open(deal)).toEqual(['fit artem any time']);
  await pavel.change(deal, { mounting: at('2026-02-06 09:00', ['oleg', 'artem']) });
  expect(await w.open(deal)).toEqual(['fit artem 2026-02-06 13:00']);
  await pavel.change(deal, { mounting: at('2026-02-06 14:00', ['oleg']) });
  expect(await w.open(deal)).toEqual(['fit oleg 2026-02-06 18:00']);

  expect(await refusal(pavel.change(deal, { visit: at('2026-02-06 16:00', ['oleg']) }))).toMatch(/^422/);
  expect(await refusal(pavel.change(other, { visit: at('2026-02-06 09:00', ['artem', 'oleg']) }))).toMatch(
    /one person/,
  );
  expect(await refusal(pavel.change(other, { visit: at('2026-02-06 09:00', ['nina']) }))).toMatch(
    /people with the role work-executor: artem, oleg/,
  );
});

test('an absent person has no free time and is not booked; what was booked is answered to be moved', async () => {
  const [deal, other] = [await enter(), await enter()];
  await w.as('pavel').change(deal, { visit: at('2026-02-05 14:00') });
  const away = { user: 'artem', from: '2026-02-04', to: '2026-02-05' };

  expect(await refusal(w.as('pavel').ask('POST', '/v1/absences', { ...away, reason: 'ill' }))).toMatch(
    /^403/,
  );
  const answer = await w.as('semyon').ask('POST', '/v1/absences', { ...away, reason: 'ill' });
  expect(answer).toMatchObject({ days: 2, visits: [{ number: 'D-1' }] });

  const form = async (day: string) =>
    (await w.as('pavel').get(`/v1/availability?role=work-executor&from=${day}&person=artem`)).people[0];
  expect((await form('2026-02-05')).free).toEqual([]);
  expect((await form('2026-02-06')).free).toEqual([
    { start: '2026-02-06T06:00:00.000Z', end: '2026-02-06T15:00:00.000Z' },
  ]);
  expect(await refusal(w.as('pavel').change(other, { visit: at('2026-02-04 10:00') }))).toContain(
    'is absent on 04.02.2026',
  );

  await w.as('semyon').ask('POST', '/v1/absences/cancel', away);
  await w.as('pavel').change(other, { visit: at('2026-02-04 10:00') });
  expect(await busy('2026-02-04', '2026-02-05')).toEqual(['artem 10:00-12:00 D-2', 'artem 14:00-16:00 D-1']);
});

test('people see their own time; the calendar is read by person, however many deals there are', async () => {
  const deal = await enter();
  await w.as('pavel').change(deal, { visit: at('2026-02-05 14:00') });
  const path = '/v1/availability?role=work-executor&from=2026-02-05&to=2026-02-11';

  const before = w.table.calls.reads;
  await w.as('pavel').get(path);
  const reads = w.table.calls.reads - before;
  for (let n = 0; n < 20; n += 1) await enter();
  const again = w.table.calls.reads;
  await w.as('pavel').get(path);
  expect(w.table.calls.reads - again).toBe(reads);

  const seen = (await w.as('artem').get(path)).people.map(({ user }: { user: string }) => user);
  expect(seen).toEqual(['artem', 'oleg']); // in this pack everybody sees every deal
  expect((await w.table.get(dealKey(deal)))?.fields).toMatchObject({ visit: { people: ['artem'] } });
});
