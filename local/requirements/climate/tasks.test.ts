import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { type Department, test } from './department.ts';

const errand = (w: Department, fields: Record<string, unknown>, responsible = 'olha') =>
  w.as('olha').create(fields, { pipeline: 'climate-errands', title: 'Meet Maksym', responsible });
const desk = async (w: Department, user: string, id: string, more = '') =>
  (await w.as(user).get(`/v1/desks/${id}${more}`)).items;
const numbersOn = async (w: Department, user: string, id: string, more = '') =>
  (await desk(w, user, id, more)).map(({ number }: { number: string }) => number);

describe('a task of no deal', () => {
  test('has its contact, author, assignee, start, due time and form, and a history [CL-55.1]', async ({
    w,
  }) => {
    const about = { kind: 'call', description: 'Ask for the plans', contact: 'anna', company: 'plant' };
    const times = { startAt: '2026-02-04T08:00:00Z', dueAt: '2026-02-05T15:00:00Z' };

    const id = await errand(w, { ...about, ...times }, 'ihor');

    expect((await w.card(id)).deal).toMatchObject({ initiator: 'olha', responsible: 'ihor', fields: about });
    expect(await w.task(id, 'do')).toMatchObject({
      title: { en: 'Call' },
      assignee: 'ihor',
      start: '2026-02-04T08:00:00.000Z',
      due: '2026-02-05T15:00:00.000Z',
      fields: ['result'],
    });
    await w.as('climate-admin').ask('PUT', '/v1/pipelines/climate-errands/card', {
      fields: ['kind', 'dueAt'],
      required: { open: ['dueAt'] },
    });
    expect(await refusal(errand(w, { kind: 'call' }))).toMatch('fields.dueAt');
    expect((await w.as('ihor').get(`/v1/deals/${id}/feed`)).items.length).toBeGreaterThan(1);
  });

  test('is told to whom it is for, stands in calendar, planner and list, and is late when it is [CL-55.2]', async ({
    w,
  }) => {
    const id = await errand(w, { dueAt: '2026-02-05T15:00:00Z' }, 'ihor');
    await errand(w, { dueAt: '2026-02-05T15:00:00Z' });

    expect(await w.inbox('ihor')).toEqual(['2026-02-02 10:10 climate-task-yours']);
    expect(await w.inbox('olha')).toEqual([]); // one's own is no news
    const { items } = await w.as('ihor').get('/v1/calendar?from=2026-02-05&to=2026-02-05');
    expect(items).toMatchObject([{ kind: 'task', at: '2026-02-05T15:00:00.000Z', task: { deal: id } }]);
    expect(await numbersOn(w, 'ihor', 'climate-errands-planner', '?from=2026-02-05&to=2026-02-05')).toEqual([
      'T-1',
    ]);
    expect(await desk(w, 'ihor', 'climate-tasks')).toMatchObject([{ dealNumber: 'T-1', overdue: false }]);
    await w.advanceTo('2026-02-05 17:00');
    expect(await w.inbox('ihor')).toContain('2026-02-05 17:00 climate-task-late');
    await w.as('ihor').complete(id, 'do', { result: 'Agreed' });
    expect((await w.card(id)).deal).toMatchObject({ stage: 'done', fields: { result: 'Agreed' } });
    expect(await numbersOn(w, 'ihor', 'climate-errands-planner')).toEqual([]);
  });

  test('is nobody else’s to see or to do [CL-55.1]', async ({ w }) => {
    const id = await errand(w, {});

    expect(await refusal(w.as('ihor').get(`/v1/deals/${id}`))).toMatch('404');
    expect(await refusal(w.as('ihor').complete(id, 'do'))).toMatch('404');
  });
});

describe('a task of a deal that a person set', () => {
  test('is said otherwise by its author or whose it is, and keeps its reminders to its start [CL-55.1, CL-54.7]', async ({
    w,
  }) => {
    const { deal } = await w.asked();
    const olha = w.as('olha');
    const { id } = await olha.ask('POST', `/v1/deals/${deal}/tasks`, {
      title: 'Meet',
      assignee: 'ihor',
      start: '2026-02-05T10:00:00Z',
    });
    const offset = { side: 'before', span: { unit: 'hours', amount: 1 } };
    await olha.ask('POST', '/v1/reminders', { what: 'Go', task: id, offset });
    const change = (user: string, body: object) => w.as(user).ask('PATCH', `/v1/tasks/${id}`, body);

    await change('olha', {
      title: 'Meet Maksym',
      start: '2026-02-06T10:00:00Z',
      due: '2026-02-07T10:00:00Z',
    });
    expect(await change('ihor', { due: null })).toMatchObject({
      title: { en: 'Meet Maksym' },
      start: '2026-02-06T10:00:00.000Z',
    });

    expect((await olha.get('/v1/reminders')).items).toMatchObject([{ at: '2026-02-06T09:00:00.000Z' }]);
    expect(await refusal(change('petro', { title: 'x' }))).toMatch('404');
    const calculation = await w.calculationOf(deal);
    const { id: step } = await w.task(calculation, 'take-calculation');
    expect(await refusal(w.as('danylo').ask('PATCH', `/v1/tasks/${step}`, { title: 'x' }))).toMatch(
      '422 task',
    );
    await w.as('ihor').ask('POST', `/v1/tasks/${id}/complete`, {});
    expect(await refusal(change('olha', { title: 'x' }))).toMatch('422 task');
  });
});

describe('the two fields of a contact’s card', () => {
  const fill = (w: Department, extra: Record<string, unknown>, version?: number) =>
    w.as('olha').ask('PATCH', '/v1/contacts/anna', { extra, ...(version && { version }) });
  const comment = 'Ask whether the designers have the plans of the fourth floor, and send the list';

  test('filled together make a task, and are empty afterwards, in one step [CL-56.1, CL-56.2]', async ({
    w,
  }) => {
    const after = await fill(w, { nextTaskAt: '2026-02-05T10:00:00+02:00', nextTaskComment: comment });

    expect(after.extra).toEqual({});
    const [made] = (await w.as('olha').get('/v1/deals?pipeline=climate-errands')).items;
    expect(made).toMatchObject({
      number: 'T-1',
      title: comment.slice(0, 60),
      responsible: 'olha',
      initiator: 'olha',
      fields: {
        description: comment,
        contact: 'anna',
        startAt: '2026-02-05T08:00:00.000Z',
        dueAt: '2026-02-05T08:00:00.000Z',
      },
    });
    expect(await w.open(made.id)).toEqual(['do olha 2026-02-05 10:00']);
  });

  test('make nothing alone: the first waits for the second, whichever it is [CL-56.2]', async ({ w }) => {
    const count = async () => (await w.as('olha').get('/v1/deals?pipeline=climate-errands')).items.length;
    await fill(w, { nextTaskComment: 'Call' });
    expect(await count()).toBe(0);
    await fill(w, { nextTaskAt: '2026-02-05T08:00:00Z' });
    expect(await count()).toBe(1);

    await fill(w, { nextTaskAt: '2026-02-06T08:00:00Z' });
    expect(await count()).toBe(1);
    const { id } = await w.as('olha').ask('POST', '/v1/contacts', {
      name: 'Maksym',
      extra: { nextTaskAt: '2026-02-05T08:00:00Z', nextTaskComment: 'Write' },
    });
    expect(await count()).toBe(2);
    expect((await w.as('olha').get(`/v1/contacts/${id}`)).extra).toEqual({});
  });

  test('filled at the same time as another task is set make one each, under two numbers [CL-56.1]', async ({
    w,
  }) => {
    let isTaken = false;
    const { transact } = w.table;
    w.table.transact = async (writes) => {
      if (!isTaken && writes.some((write) => 'update' in write)) {
        isTaken = true;
        await errand(w, {});
      }
      return transact(writes);
    };

    await fill(w, { nextTaskAt: '2026-02-05T08:00:00Z', nextTaskComment: 'Call' });

    const { items } = await w.as('olha').get('/v1/deals?pipeline=climate-errands');
    expect(items.map(({ number, title }: Record<string, string>) => `${number} ${title}`).sort()).toEqual([
      'T-1 Meet Maksym',
      'T-2 Call',
    ]);
  });
});

describe('deals whose client decides', () => {
  const deciding = (w: Department) =>
    w.enter('client-deciding', {}, { pipeline: 'climate-sales', responsible: 'olha' });

  test('are listed with their next task or reminder, the sooner of the two [CL-05.1, CL-05.2]', async ({
    w,
  }) => {
    const deal = await deciding(w);
    const olha = w.as('olha');
    const next = async () => (await desk(w, 'olha', 'climate-deciding'))[0].nextStep;
    expect(await next()).toBeUndefined();

    await olha.ask('POST', `/v1/deals/${deal}/tasks`, { title: 'Call', due: '2026-02-05T10:00:00Z' });
    expect(await next()).toEqual({ kind: 'task', what: 'Call', at: '2026-02-05T10:00:00.000Z' });
    await olha.ask('POST', '/v1/reminders', { what: 'Ask', at: '2026-02-04T10:00:00Z', deal });
    expect(await next()).toEqual({ kind: 'reminder', what: 'Ask', at: '2026-02-04T10:00:00.000Z' });
    await w.advanceTo('2026-02-05 09:00');
    expect(await next()).toMatchObject({ what: 'Call' });
    expect(await refusal(desk(w, 'ihor', 'climate-deciding'))).toMatch('404');
  });

  test('for seven days with nothing to come stand among those without a next step, and nobody is told [CL-05.3]', async ({
    w,
  }) => {
    const deal = await deciding(w);
    const list = async () =>
      (await desk(w, 'olha', 'climate-no-next-step')).map((row: { deal: string }) => row.deal);

    await w.advanceTo('2026-02-09 10:09');
    expect(await list()).toEqual([]);
    await w.advanceTo('2026-02-09 10:10');
    expect(await list()).toEqual([deal]);
    expect(await w.inbox('olha')).toEqual([]);

    await w.as('olha').ask('POST', '/v1/reminders', { what: 'Ask', at: '2026-02-10T10:00:00Z', deal });
    expect(await list()).toEqual([]);
    await w.advanceTo('2026-02-10 12:00'); // told: nothing is to come any more
    expect(await list()).toEqual([deal]);
    await w.as('olha').ask('POST', `/v1/deals/${deal}/tasks`, { title: 'Call' });
    expect(await list()).toEqual([]);
  });
});

test('the planner shows calculations under way by designer and date, the one of deadlines those of the fourth day [CL-50.4, CL-50.19, CL-50.20, CL-60.2, CL-60.3]', async ({
  w,
}) => {
  const { calculation } = await w.asked();
  const planned = async () =>
    (await desk(w, 'danylo', 'climate-selection')).map(
      ({ number, person, date }: Record<string, string>) => `${number} ${person} ${date}`,
    );
  expect(await planned()).toEqual(['CALC-1 danylo 2026-02-02']);
  await w.as('danylo').assign(calculation, 'ihor');
  await w.as('danylo').change(calculation, { plannedOn: '2026-02-04' });
  expect(await planned()).toEqual(['CALC-1 ihor 2026-02-04']);
  await w.advanceTo('2026-02-05 10:10');
  expect(await desk(w, 'danylo', 'climate-selection')).toMatchObject([
    { deadlineLevel: 3, siteName: 'Business centre North' }, // what a screen shows in red
  ]);

  await w.advanceTo('2026-02-06 10:09');
  expect(await numbersOn(w, 'danylo', 'climate-deadline')).toEqual([]);
  await w.advanceTo('2026-02-06 10:10');
  expect(await numbersOn(w, 'danylo', 'climate-deadline')).toEqual(['CALC-1']);

  await w.as('ihor').move(calculation, 'in-progress');
  expect(await numbersOn(w, 'danylo', 'climate-deadline')).toEqual(['CALC-1']);
  await w.as('ihor').move(calculation, 'done', w.result);
  expect(await numbersOn(w, 'danylo', 'climate-deadline')).toEqual([]);
  expect(await planned()).toEqual([]);
});
