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

test('a deal and its open tasks are handed over by a head, with the reason', async () => {
  const task = await anOpenTask(at.table, id, { assignee: 'pavel' });

  const mine = await at.pavel.post(`/v1/deals/${id}/assign`, { responsible: 'nina' });
  const heads = await at.semyon.post(`/v1/deals/${id}/assign`, { responsible: 'semyon', reason: 'отпуск' });

  expect(mine.status).toBe(403);
  expect(heads.body).toMatchObject({ responsible: 'semyon', head: 'galina', reason: 'отпуск' });
  const { body: list } = await at.semyon.get('/v1/tasks');
  expect(list.items.map((one: { id: string }) => one.id)).toEqual([task]);
});

test('an override needs a role and a reason', async () => {
  const move = (who: 'pavel' | 'semyon', more: object) =>
    at[who].post(`/v1/deals/${id}/move`, { to: 'shipment', override: true, ...more });

  expect((await move('pavel', { reason: 'спешим' })).body.refusals[0].code).toBe('override-not-allowed');
  expect((await move('semyon', {})).body.refusals[0].path).toBe('reason');
  expect((await move('semyon', { reason: 'спешим' })).body).toMatchObject({
    stage: 'shipment',
    reason: 'спешим',
  });
});

test('a move nobody allowed lists those that are', async () => {
  const { status, body } = await at.pavel.post(`/v1/deals/${id}/move`, { to: 'won' });

  expect([status, body.refusals[0].code]).toEqual([422, 'move-not-allowed']);
  expect(body.refusals[0].message.en).toContain('express-identification, lost');
});

test('the same move twice with one key moves once', async () => {
  const move = () =>
    at.pavel.post(`/v1/deals/${id}/move`, { to: 'express-identification' }, { 'idempotency-key': 'm1' });

  const [first, second] = [await move(), await move()];

  expect([first.status, second.status]).toEqual([200, 200]);
  expect([first.body.seq, second.body.seq]).toEqual([2, 2]);
});

test('a remark is written once for one key and keeps its author and time', async () => {
  const write = () =>
    at.nina.post(`/v1/deals/${id}/comments`, { text: 'Это SKF' }, { 'idempotency-key': 'c1' });

  const first = await write();
  at.later(60_000);
  const second = await write();

  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ text: 'Это SKF', by: { user: 'nina' }, at: '2026-10-01T09:00:00.000Z' });
  expect(second.body).toEqual(first.body);
});

const onContract = async () => {
  await at.semyon.post(`/v1/deals/${id}/move`, { to: 'contract', override: true, reason: 'тест' });
  await at.pavel.patch(`/v1/deals/${id}`, { fields: { company: 'acme', dealTotal: 700 } });
};
const start = (headers?: Record<string, string>) =>
  at.pavel.post(`/v1/deals/${id}/processes`, { pipeline: 'contract-approval' }, headers);

test('a process takes the fields down and stands on the card of its parent', async () => {
  await onContract();
  expect((await at.pavel.get(`/v1/deals/${id}`)).body.offers).toEqual(['contract-approval']);

  const started = await start();

  expect(started.status).toBe(201);
  expect(started.body).toMatchObject({
    pipeline: 'contract-approval',
    number: 'CA-1',
    title: 'Ремни',
    stage: 'agreement',
    responsible: 'pavel',
    initiator: 'pavel',
    fields: { company: 'acme', dealTotal: 700 },
    parent: { deal: id, number: 'G-1', back: { contractDraft: 'contractDraft' } },
  });
  const { body: card } = await at.pavel.get(`/v1/deals/${id}`);
  expect(card.processes).toEqual([
    { deal: started.body.id, number: 'CA-1', pipeline: 'contract-approval', stage: 'agreement' },
  ]);
  expect(card.offers).toEqual([]);
});

test('a second process of the same kind waits for the first, one at the same instant too', async () => {
  await onContract();

  const answers = await Promise.all([start(), start()]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(answers.find(({ status }) => status === 422)?.body.refusals[0].code).toBe('process-running');
});

test('the same start twice with one key is one process', async () => {
  await onContract();

  const [first, second] = [await start({ 'idempotency-key': 'p' }), await start({ 'idempotency-key': 'p' })];

  expect(second.status).toBe(201);
  expect(second.body).toEqual(first.body);
});

test('a process that the stage does not offer, or not to this person, is refused', async () => {
  expect((await start()).body.refusals[0].code).toBe('process-not-offered');
  await onContract();
  const heads = await at.semyon.post(`/v1/deals/${id}/processes`, { pipeline: 'contract-approval' });
  expect(heads.body.refusals[0].code).toBe('process-not-allowed');
});
