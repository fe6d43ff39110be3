import { describe, expect } from 'vitest';
import { send } from '../../../functions/testing/api.ts';
import {
  days,
  field,
  hours,
  move,
  pipeline,
  remind as remindStep,
  responsible,
  t,
} from '../../../statemachines/vocabulary/index.ts';
import { packOf } from '../../world/pack-of.ts';
import { refusal } from '../../world/staff.ts';
import { world } from '../../world.ts';
import { type Department, test } from './department.ts';

const title = t('Имя', 'Name');

const remind = (w: Department, user: string, body: Record<string, unknown>) =>
  w.as(user).ask('POST', '/v1/reminders', { what: 'Call Maksym', ...body });
const told = async (w: Department, user: string) =>
  (await w.told(user))
    .filter(({ text }) => text === 'reminder')
    .map(({ at, subject, dealNumber }) => [at, subject, dealNumber ?? ''].join(' ').trim());
const toCome = async (w: Department, user: string) =>
  (await w.as(user).get('/v1/reminders')).items.map(({ at }: { at: string }) => at);
/** A task of Olha on a deal of hers, by hand. */
const aTask = async (w: Department, more: Record<string, unknown> = {}) => {
  const { deal } = await w.asked();
  const task = await w.as('olha').ask('POST', `/v1/deals/${deal}/tasks`, { title: 'Meet', ...more });
  return { deal, task: task.id as string };
};

describe('a reminder', () => {
  test('needs what, when and who; that person is told in the app at that moment, once [CL-54.1, CL-54.5]', async ({
    w,
  }) => {
    const made = await remind(w, 'olha', { at: '2026-02-03T12:30:00Z', who: 'ihor' });
    expect(made).toMatchObject({ what: 'Call Maksym', who: 'ihor', state: 'waiting', by: { user: 'olha' } });
    expect(await refusal(remind(w, 'olha', {}))).toMatch('400 when: 0 given');
    expect(await refusal(remind(w, 'olha', { at: '2026-02-02T07:00:00Z' }))).toMatch(
      '422 at: That moment is past',
    );
    expect(await refusal(remind(w, 'olha', { at: '2026-02-03T12:30:00Z', who: 'nobody' }))).toMatch(
      '400 who',
    );

    await w.advanceTo('2026-02-03 14:29');
    expect(await told(w, 'ihor')).toEqual([]);
    await w.advanceTo('2026-02-10 10:00');
    expect(await told(w, 'ihor')).toEqual(['2026-02-03T12:30:00.000Z Call Maksym']);
    expect(await told(w, 'olha')).toEqual([]);
    expect(w.events.filter(({ type }) => type === 'reminder.due')).toHaveLength(1); // what other channels listen to
    expect(await toCome(w, 'ihor')).toEqual([]);
  });

  test.for([
    ['in-an-hour', '2026-02-02T09:10:00.000Z'],
    ['today-at-five', '2026-02-02T15:00:00.000Z'],
    ['tomorrow-at-nine', '2026-02-03T07:00:00.000Z'],
    ['in-three-days', '2026-02-05T07:00:00.000Z'],
    ['in-a-week', '2026-02-09T07:00:00.000Z'],
  ] as const)(
    'of the very quick form takes the text and %s, and is its author’s [CL-54.2]',
    async ([preset, at], { w }) => {
      expect(await remind(w, 'olha', { preset })).toMatchObject({ at, who: 'olha' });
      expect(await refusal(remind(w, 'olha', { preset, who: 'ihor' }))).toMatch('400 who: given ihor');
      const { items } = await w.as('olha').get('/v1/reminders/presets');
      expect(items.find(({ id }: { id: string }) => id === preset)).toMatchObject({ at });
    },
  );

  test('of a preset that is over today is refused, and not offered [CL-54.2]', async ({ w }) => {
    await w.advanceTo('2026-02-02 17:00');

    expect(await refusal(remind(w, 'olha', { preset: 'today-at-five' }))).toMatch('422');
    expect((await w.as('olha').get('/v1/reminders/presets')).items).toHaveLength(4);
  });

  test('that is moved or dropped keeps to that, and over is over [CL-54.3]', async ({ w }) => {
    const first = await remind(w, 'olha', { at: '2026-02-03T12:00:00Z' });
    const second = await remind(w, 'olha', { at: '2026-02-03T12:00:00Z', what: 'Write' });
    const change = (id: string, body: object) => w.as('olha').ask('PATCH', `/v1/reminders/${id}`, body);
    await change(first.id, { at: '2026-02-04T12:00:00Z', what: 'Call again' });
    await w.as('olha').ask('POST', `/v1/reminders/${second.id}/drop`);
    expect(await refusal(w.as('ihor').ask('POST', `/v1/reminders/${first.id}/drop`))).toMatch('404');

    await w.advanceTo('2026-02-10 10:00');

    expect(await told(w, 'olha')).toEqual(['2026-02-04T12:00:00.000Z Call again']);
    expect(await refusal(change(first.id, { at: '2026-02-24T12:00:00Z' }))).toMatch('422');
  });

  test('asked for twice by the same key is one', async ({ w }) => {
    const body = { what: 'Call', at: '2026-02-03T12:00:00Z' };
    const ask = () => send('olha', 'POST', '/v1/reminders', { body, headers: { 'idempotency-key': 'k1' } });

    expect((await ask()).body.id).toBe((await ask()).body.id);
    await w.advanceTo('2026-02-04 10:00');

    expect(await told(w, 'olha')).toHaveLength(1);
  });
});

test('a reminder of a deal or a task asks for the right to see it, and is seen by who does', async ({
  w,
}) => {
  const { deal, task } = await aTask(w, { due: '2026-02-05T12:00:00Z' });
  const at = '2026-02-03T12:00:00Z';
  const offset = { side: 'before', span: { unit: 'hours', amount: 1 } };

  expect(await refusal(remind(w, 'ihor', { at, deal }))).toMatch('404');
  expect(await refusal(remind(w, 'ihor', { offset, task }))).toMatch('404');
  expect(await refusal(remind(w, 'olha', { offset }))).toMatch('400 offset');
  expect(await refusal(remind(w, 'olha', { at, task, deal: 'another' }))).toMatch('400 deal');

  await remind(w, 'olha', { at, deal });
  expect((await w.as('taras').get(`/v1/reminders?deal=${deal}`)).items).toMatchObject([
    { what: 'Call Maksym' },
  ]);
  expect(await refusal(w.as('ihor').get(`/v1/reminders?deal=${deal}`))).toMatch('404');
});

describe('a reminder of a task', () => {
  test.for([
    ['before', '2026-02-05T11:00:00.000Z'],
    ['after', '2026-02-05T13:00:00.000Z'],
  ] as const)(
    'comes an hour %s its start, and moves with it [CL-54.3, CL-54.7]',
    async ([side, at], { w }) => {
      const errand = await w
        .as('olha')
        .create(
          { kind: 'meeting', startAt: '2026-02-05T12:00:00Z', dueAt: '2026-02-06T12:00:00Z' },
          { pipeline: 'climate-errands', title: 'Meet', responsible: 'olha' },
        );
      const task = await w.task(errand, 'do');
      expect(task).toMatchObject({ start: '2026-02-05T12:00:00.000Z', due: '2026-02-06T12:00:00.000Z' });
      const offset = { side, span: { unit: 'hours', amount: 1 } };
      expect(await remind(w, 'olha', { task: task.id, offset, who: 'ihor' })).toMatchObject({ at });

      await w.as('olha').change(errand, { startAt: '2026-02-10T12:00:00Z' });
      expect(await toCome(w, 'ihor')).toEqual([at.replace('-05', '-10')]);
      await w.advanceTo('2026-03-01 10:00');

      expect(await told(w, 'ihor')).toEqual([`${at.replace('-05', '-10')} Call Maksym T-1`]);
    },
  );

  test('is refused where the task has no time, and gone with a task that is done [CL-54.3, CL-54.7]', async ({
    w,
  }) => {
    const offset = { side: 'before', span: { unit: 'hours', amount: 1 } };
    const timeless = await aTask(w);
    expect(await refusal(remind(w, 'olha', { task: timeless.task, offset }))).toMatch('422 task');
    const { task } = await w
      .as('olha')
      .ask('POST', `/v1/deals/${timeless.deal}/tasks`, {
        title: 'Call',
        due: '2026-02-05T12:00:00Z',
      })
      .then(({ id }: { id: string }) => ({ task: id }));
    await remind(w, 'olha', { task, offset });
    expect(await toCome(w, 'olha')).toEqual(['2026-02-05T11:00:00.000Z']);

    await w.as('olha').ask('POST', `/v1/tasks/${task}/complete`, {});
    await w.advanceTo('2026-03-01 10:00');

    expect(await told(w, 'olha')).toEqual([]);
  });

  test('whose start moves behind the present is told at once [CL-54.7]', async ({ w }) => {
    const errand = await w
      .as('olha')
      .create(
        { startAt: '2026-02-05T12:00:00Z' },
        { pipeline: 'climate-errands', title: 'Meet', responsible: 'olha' },
      );
    const offset = { side: 'before', span: { unit: 'days', amount: 1 } };
    await remind(w, 'olha', { task: (await w.task(errand, 'do')).id, offset });

    await w.as('olha').change(errand, { startAt: '2026-02-02T12:00:00Z' });

    expect(await told(w, 'olha')).toEqual(['2026-02-01T12:00:00.000Z Call Maksym T-1']);
  });
});

test('what is to come stands in the calendar by time, reminders and tasks, of oneself and whom one leads; and in the feed of its deal [CL-54.6, CL-55.2, CL-60.7]', async ({
  w,
}) => {
  const { deal } = await aTask(w, { due: '2026-02-04T10:00:00Z' });
  await remind(w, 'olha', { at: '2026-02-04T09:00:00Z', deal });
  await remind(w, 'olha', { at: '2026-02-05T09:00:00Z' });
  await remind(w, 'olha', { at: '2026-03-05T09:00:00Z' });
  const calendar = async (user: string, more = '') =>
    (await w.as(user).get(`/v1/calendar?from=2026-02-02&to=2026-02-05${more}`)).items.map(
      ({ kind, at }: { kind: string; at: string }) => `${kind} ${at.slice(0, 16)}`,
    );

  const expected = ['reminder 2026-02-04T09:00', 'task 2026-02-04T10:00', 'reminder 2026-02-05T09:00'];
  expect(await calendar('olha')).toEqual(expected);
  expect(await calendar('vira', '&who=olha')).toEqual(expected);
  expect(await refusal(calendar('ihor', '&who=olha'))).toMatch('403');
  expect(await refusal(w.as('olha').get('/v1/calendar?from=2026-02-02&to=2026-06-02'))).toMatch('400');
  const feed = (await w.as('olha').get(`/v1/deals/${deal}/feed`)).items;
  expect(feed.filter(({ kind }: { kind: string }) => kind === 'reminder')).toMatchObject([
    { data: { what: 'Call Maksym', state: 'waiting' }, by: { user: 'olha' } },
  ]);
});

test('a list kept under a name is there again, another person’s is not [CL-60.7]', async ({ w }) => {
  const mine = {
    title: 'My quotes',
    list: 'deals',
    query: { pipeline: 'climate-sales', stage: 'send-quote' },
  };
  await w.as('olha').ask('PUT', '/v1/me/filters/quotes', mine);
  await w.as('olha').ask('PUT', '/v1/me/filters/quotes', { ...mine, title: 'Quotes' });

  expect((await w.as('olha').get('/v1/me/filters')).items).toEqual([
    { id: 'quotes', ...mine, title: 'Quotes' },
  ]);
  expect((await w.as('ihor').get('/v1/me/filters')).items).toEqual([]);
  expect((await w.as('olha').ask('DELETE', '/v1/me/filters/quotes')).items).toEqual([]);
});

test('an automation reminds without anybody asking: of its deal, at the moment it says, once [CL-54.4]', async () => {
  const words = pipeline({
    id: 'offers',
    kind: 'deal',
    title,
    prefix: 'O',
    start: 'sent',
    fields: { answerBy: field.date(title) },
    stages: {
      sent: {
        title,
        aim: title,
        work: [
          remindStep('call-again', { what: t('Перезвонить', 'Call again'), who: responsible, on: days(2) }),
          remindStep('last-day', {
            what: t('Последний день', 'The last day'),
            who: responsible,
            on: { field: 'answerBy', minus: hours(1) },
          }),
        ],
        moves: [move('over', ['responsible'])],
      },
      over: { title, aim: title, outcome: 'done', moves: [] },
    },
  });
  const w = await world({ at: '2026-02-02 10:00', packs: [packOf('offers-pack', [words])] });
  try {
    const deal = await w.enter('sent', { answerBy: '2026-02-06' }, { pipeline: 'offers' });
    expect(w.runs(deal)).toEqual([]); // nothing waits but the schedule
    await w.advanceTo('2026-02-10 10:00');

    expect((await w.told('pavel')).map(({ at, subject, dealNumber }) => [at, subject, dealNumber])).toEqual([
      ['2026-02-04T07:00:00.000Z', 'Перезвонить', 'D-1'],
      ['2026-02-06T05:00:00.000Z', 'Последний день', 'D-1'],
    ]);
  } finally {
    await w.stop();
  }
});
