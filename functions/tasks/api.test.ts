import { beforeEach, expect, test } from 'vitest';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';
import { anOpenTask } from '../testing/tasks.ts';

let at: Awaited<ReturnType<typeof office>>;
let id: string;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
  const made = await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'Ремни', responsible: 'pavel' });
  id = made.body.id;
});

const titles = (items: { title: { en: string } }[]) => items.map(({ title }) => title.en);
const titled = (en: string) => ({ ru: en, en });

test('my work is listed by due time, overdue first, what has no time last', async () => {
  await anOpenTask(at.table, id, { step: 'a', assignee: 'pavel', title: titled('someday') });
  await anOpenTask(at.table, id, {
    step: 'b',
    assignee: 'pavel',
    title: titled('soon'),
    due: '2026-10-01T10:00:00Z',
  });
  await anOpenTask(at.table, id, {
    step: 'c',
    assignee: 'pavel',
    title: titled('late'),
    due: '2026-10-01T08:59:59Z',
  });
  await anOpenTask(at.table, id, { step: 'd', assignee: 'nina', title: titled('hers') });

  const { body } = await at.pavel.get('/v1/tasks');

  expect(titles(body.items)).toEqual(['late', 'soon', 'someday']);
  expect(body.items.map(({ overdue }: { overdue: boolean }) => overdue)).toEqual([true, false, false]);
});

test('approvals are asked for by their kind, and watches are in no list', async () => {
  await anOpenTask(at.table, id, { step: 'a', assignee: 'pavel' });
  await anOpenTask(at.table, id, { step: 'b', assignee: 'pavel', kind: 'approval', title: titled('decide') });
  await anOpenTask(at.table, id, { step: 'c', assignee: 'pavel', kind: 'watch' });

  expect(titles((await at.pavel.get('/v1/tasks?kind=approval')).body.items)).toEqual(['decide']);
  expect((await at.pavel.get('/v1/tasks')).body.items).toHaveLength(2);
});

test('the work of another person is open to their heads and to administrators', async () => {
  await anOpenTask(at.table, id, { assignee: 'pavel' });
  const ask = async (who: 'semyon' | 'galina' | 'admin' | 'nina' | 'rita') =>
    (await at[who].get('/v1/tasks?assignee=pavel')).status;

  expect([await ask('semyon'), await ask('galina'), await ask('admin')]).toEqual([200, 200, 200]);
  expect([await ask('nina'), await ask('rita')]).toEqual([403, 403]);
});

test('a task set by hand begins with its deal, stays when the deal moves, and is set once for one key', async () => {
  const set = () =>
    at.pavel.post(
      `/v1/deals/${id}/tasks`,
      { title: 'Позвонить', due: '2026-10-02T09:00:00Z' },
      { 'idempotency-key': 't' },
    );
  const [first, second] = [await set(), await set()];
  await at.pavel.post(`/v1/deals/${id}/move`, { to: 'express-identification' });

  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ assignee: 'pavel', creator: 'pavel', due: '2026-10-02T09:00:00.000Z' });
  expect(first.body.id.startsWith(`${id}.m.`)).toBe(true);
  expect(second.body).toEqual(first.body);
  expect((await at.pavel.get('/v1/tasks')).body.items).toEqual([first.body]);
});

test('a task is closed by who has it, or by who may edit tasks of the deal', async () => {
  const task = await anOpenTask(at.table, id, { assignee: 'semyon' });

  expect((await at.rita.post(`/v1/tasks/${task}/complete`)).status).toBe(403);
  expect((await at.semyon.post(`/v1/tasks/${task}/complete`, { comment: 'готово' })).body).toMatchObject({
    status: 'done',
    comment: 'готово',
    closedBy: { user: 'semyon' },
  });
});

test('a task closed by two people at the same instant is closed by one of them', async () => {
  const task = await anOpenTask(at.table, id, { assignee: 'pavel' });

  const answers = await Promise.all([
    at.pavel.post(`/v1/tasks/${task}/complete`),
    at.semyon.post(`/v1/tasks/${task}/complete`),
  ]);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
});

test('a person closes a task on a deal they see for that task alone, and may repeat the request', async () => {
  const task = await anOpenTask(at.table, id, { assignee: 'artem' });
  expect((await at.artem.get(`/v1/deals/${id}`)).status).toBe(200);

  const [first, second] = [
    await at.artem.post(`/v1/tasks/${task}/complete`),
    await at.artem.post(`/v1/tasks/${task}/complete`),
  ];

  expect([first.status, second.status]).toEqual([200, 200]);
  expect((await at.artem.get(`/v1/deals/${id}`)).status).toBe(404);
});

test('a rejection needs a comment, a decision is made once, and a task is no approval', async () => {
  const approval = await anOpenTask(at.table, id, { step: 'a', assignee: 'galina', kind: 'approval' });
  const task = await anOpenTask(at.table, id, { step: 'b', assignee: 'galina' });
  const decide = (which: string, body: object) => at.galina.post(`/v1/tasks/${which}/decide`, body);

  expect((await decide(approval, { decision: 'rejected' })).body.refusals[0].path).toBe('comment');
  expect((await decide(approval, { decision: 'rejected', comment: 'нет штампа' })).body).toMatchObject({
    status: 'done',
    outcome: 'rejected',
    comment: 'нет штампа',
  });
  expect((await decide(approval, { decision: 'approved' })).body.refusals[0].code).toBe('task-closed');
  expect((await decide(task, { decision: 'approved' })).body.refusals[0].code).toBe('not-an-approval');
});

test('a task goes to another person’s list when it is given to them', async () => {
  const task = await anOpenTask(at.table, id, { assignee: 'pavel' });

  const given = await at.pavel.post(`/v1/tasks/${task}/reassign`, { assignee: 'semyon' });
  const ghost = await at.pavel.post(`/v1/tasks/${task}/reassign`, { assignee: 'ghost' });

  expect([given.body.assignee, ghost.status]).toEqual(['semyon', 400]);
  expect((await at.semyon.get('/v1/tasks')).body.items).toHaveLength(1);
  expect((await at.pavel.get('/v1/tasks')).body.items).toEqual([]);
});
