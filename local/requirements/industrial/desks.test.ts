import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

type Row = Record<string, unknown>;
const desk = async (w: World, user: string, id: string): Promise<Row[]> =>
  (await w.as(user).get(`/v1/desks/${id}`)).items;
const column = (rows: Row[], name: string) => rows.map((row) => row[name]);

describe('boards', () => {
  test.for(['goods', 'services'] as const)(
    '%s has a board with its stages as columns and its own deals on them [IN-X-60.1]',
    async (pipeline, { w }) => {
      const other = pipeline === 'goods' ? 'services' : 'goods';
      const one = await w.enter('contract', { dealTotal: 100 }, { pipeline });
      const two = await w.enter('contract', { dealTotal: 20 }, { pipeline });
      await w.enter('contract', { dealTotal: 3 }, { pipeline: other });

      const { columns } = await w.as('semyon').get(`/v1/boards/${pipeline}`);

      expect(columns.map(({ stage }: { stage: string }) => stage)).toHaveLength(9);
      const [first, last] = [columns.at(0), columns.at(-1)];
      expect([first.stage, last.stage]).toEqual(['unprocessed', 'lost']);
      const contract = columns.find(({ stage }: { stage: string }) => stage === 'contract');
      expect([contract.count, contract.sum, column(contract.deals, 'id').sort()]).toEqual([
        2,
        120,
        [one, two],
      ]);
    },
  );

  test('a deal is on the board where it is, at once after a move [IN-X-60.1]', async ({ w }) => {
    const deal = await w.enter('contract');

    await w.as('pavel').move(deal, 'picking');

    const { columns } = await w.as('galina').get('/v1/boards/goods');
    const counts = columns.flatMap(({ stage, count }: { stage: string; count: number }) =>
      count > 0 ? [[stage, count]] : [],
    );
    expect(counts).toEqual([['picking', 1]]);
  });

  test('both are desks of the people who sell [IN-X-60.1]', async ({ w }) => {
    for (const user of ['pavel', 'semyon', 'galina']) {
      const { items } = await w.as(user).get('/v1/desks');
      const boards = items.filter(({ kind }: { kind: string }) => kind === 'board');
      expect(column(boards, 'id')).toEqual(['goods', 'services']);
    }
  });
});

describe('my tasks', () => {
  test('are mine alone, by due time, what is overdue first [IN-X-60.2]', async ({ w }) => {
    await w.enter('shipment', { dealTotal: 100 }, { paid: 1 }); // due in two days
    await w.enter('express-identification'); // due in five hours
    await w.enter('won', { originalsPlannedDate: '2026-02-02' }); // due today at six
    await w.enter('contract', {}, { responsible: 'semyon' });
    await w.advanceTo('2026-02-02 15:00');

    const rows = await desk(w, 'pavel', 'my-tasks');

    expect(rows.map(({ step, overdue }) => [step, overdue])).toEqual([
      ['express-identification', true],
      ['get-originals', false],
      ['arrange-shipment', false],
    ]);
  });

  test('are gone from the desk once closed or handed over [IN-X-60.2]', async ({ w }) => {
    const closed = await w.enter('express-identification');
    const handed = await w.enter('contract');

    await w.as('pavel').complete(closed, 'express-identification');
    await w.as('semyon').assign(handed, 'semyon');

    expect(await desk(w, 'pavel', 'my-tasks')).toEqual([]);
    expect(column(await desk(w, 'semyon', 'my-tasks'), 'step')).toEqual(['send-contract']);
  });
});

test('approvals wait on the desk of who decides, contracts and trips, and on nobody else’s [IN-X-60.3]', async ({
  w,
}) => {
  const goods = await w.enter('contract');
  const services = await w.enter('awaiting-visit', { workExecutor: 'artem' }, { pipeline: 'services' });
  const contract = await w.as('pavel').start(goods, 'contract-approval');
  const contractDraft = await w.as('pavel').announce(contract, 'contractDraft', 'draft-1.pdf');
  await w.as('pavel').complete(contract, 'draft-contract', { contractDraft });
  const trip = await w.as('artem').start(services, 'trip-approval');
  await w.as('artem').complete(trip, 'fill-trip-data', {
    place: 'Ufa',
    traveller: 'artem',
    from: '2026-02-05',
    to: '2026-02-07',
    purpose: 'Diagnostics',
    amount: 1_500_000,
  });

  expect(column(await desk(w, 'galina', 'approvals'), 'deal')).toEqual([contract]);
  expect(column(await desk(w, 'semyon', 'approvals'), 'deal')).toEqual([trip]);
  expect(await refusal(desk(w, 'pavel', 'approvals'))).toMatch(/^404 /);

  await w.as('galina').decide(contract, 'approve-contract', 'approved');
  expect(await desk(w, 'galina', 'approvals')).toEqual([]);
});

describe('accounting', () => {
  test('unpaid deals of both pipelines are listed with what is missing, until they are paid [IN-X-60.4]', async ({
    w,
  }) => {
    const goods = await w.enter('picking', { company: 'plant', dealTotal: 24_000_000 }, { paid: 100_000 });
    const services = await w.enter('contract', { dealTotal: 9_000_000 }, { pipeline: 'services' });
    await w.enter('picking', { dealTotal: 100 }, { paid: 1 });

    const rows = await desk(w, 'rita', 'unpaid');
    expect(rows.map(({ deal, id, debt }) => [deal ?? id, debt]).sort()).toEqual([
      [goods, 14_000_000],
      [services, 9_000_000],
    ]);

    await w.as('rita').pay(goods, 140_000);
    expect((await desk(w, 'rita', 'unpaid')).map(({ deal, id }) => deal ?? id)).toEqual([services]);
  });

  test('trip money to hand out is a task of the accountant [IN-X-60.4]', async ({ w }) => {
    const services = await w.enter('awaiting-visit', { workExecutor: 'artem' }, { pipeline: 'services' });
    const trip = await w.as('artem').start(services, 'trip-approval');
    await w.as('artem').complete(trip, 'fill-trip-data', {
      place: 'Ufa',
      traveller: 'artem',
      from: '2026-02-05',
      to: '2026-02-07',
      purpose: 'Diagnostics',
      amount: 1_500_000,
    });
    expect(await desk(w, 'rita', 'trip-cash')).toEqual([]);

    await w.as('semyon').decide(trip, 'approve-trip', 'approved');

    expect((await desk(w, 'rita', 'trip-cash')).map(({ deal, step }) => [deal, step])).toEqual([
      [trip, 'issue-trip-cash'],
    ]);
  });
});

test('visits are planned by executor and readiness date, and follow a change of it [IN-X-60.5]', async ({
  w,
}) => {
  const visit = (day: string, workExecutor?: string) =>
    w.enter(
      'awaiting-visit',
      { plannedReadinessDate: `2026-02-${day}T10:00:00+03:00`, ...(workExecutor && { workExecutor }) },
      { pipeline: 'services' },
    );
  const second = await visit('12', 'artem');
  const first = await visit('06', 'artem');
  await w.enter('contract', {}, { pipeline: 'services' });

  const plan = async (query = '') => {
    const { items } = await w.as('semyon').get(`/v1/desks/visits${query}`);
    return items.map(({ deal, id, person, date }: Row) => [deal ?? id, person, date]);
  };
  expect(await plan()).toEqual([
    [first, 'artem', '2026-02-06T07:00:00.000Z'],
    [second, 'artem', '2026-02-12T07:00:00.000Z'],
  ]);
  expect(await plan('?from=2026-02-10&to=2026-02-12')).toHaveLength(1);

  await w.as('pavel').change(first, { plannedReadinessDate: '2026-02-20T10:00:00+03:00' });
  expect(await plan()).toEqual([
    [second, 'artem', '2026-02-12T07:00:00.000Z'],
    [first, 'artem', '2026-02-20T07:00:00.000Z'],
  ]);
});

test('deals that wait for a contract, scans or originals are on the desk of documents, with their dates [IN-X-60.6]', async ({
  w,
}) => {
  const contract = await w.enter('contract', { contractFeedbackDate: '2026-02-06T12:00:00+03:00' });
  const scans = await w.enter('wrap-up');
  const originals = await w.enter('won', { originalsPlannedDate: '2026-02-20' });
  await w.enter('picking');
  await w.enter('won', { hasOriginals: true });
  const waiting = async () =>
    (await desk(w, 'pavel', 'goods-documents')).map(({ deal, id }) => String(deal ?? id)).sort();

  expect(await waiting()).toEqual([contract, scans, originals]);
  const rows = await desk(w, 'pavel', 'goods-documents');
  const dates = rows.flatMap(({ contractFeedbackDate, originalsPlannedDate }) => [
    contractFeedbackDate,
    originalsPlannedDate,
  ]);
  expect(dates).toEqual(expect.arrayContaining(['2026-02-06T09:00:00.000Z', '2026-02-20']));

  await w.as('pavel').complete(scans, 'get-scans');
  await w.as('pavel').complete(originals, 'get-originals', { hasOriginals: true });
  expect(await waiting()).toEqual([contract]);
});
