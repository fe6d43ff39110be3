import { describe, expect } from 'vitest';
import type { World } from '../../world.ts';
import { test } from './company.ts';

type Row = Record<string, unknown>;
const report = async (w: World, user: string, of: string): Promise<{ rows: Row[]; totals: Row }> =>
  w.as(user).get(`/v1/reports/${of}`);
const companyDebt = async (w: World, company: string): Promise<unknown> =>
  (await w.as('galina').get(`/v1/companies/${company}`)).debtTotal;
const services = { pipeline: 'services' } as const;

describe('debt', () => {
  test.for(['goods', 'services'] as const)(
    'of a deal of %s is its total less what was paid, whichever changes [IN-R-01.1]',
    async (pipeline, { w }) => {
      const deal = await w.enter('contract', { dealTotal: 9_000_000 }, { pipeline });
      expect(await w.fact(deal, 'debt')).toBe(9_000_000);

      await w.as('rita').pay(deal, 40_000);
      expect(await w.fact(deal, 'debt')).toBe(5_000_000);

      await w.as('pavel').change(deal, { dealTotal: 10_000_000 });
      expect(await w.fact(deal, 'debt')).toBe(6_000_000);

      await w.as('rita').pay(deal, 10_000, { kind: 'refund' });
      expect(await w.fact(deal, 'debt')).toBe(7_000_000);
    },
  );

  test('of a deal that paid too much is below zero [IN-R-01.1]', async ({ w }) => {
    const deal = await w.enter('contract', { dealTotal: 1_000_000 });

    await w.as('rita').pay(deal, 10_500);

    expect(await w.fact(deal, 'debt')).toBe(-50_000);
  });

  test('of a company is that of its open deals of both pipelines [IN-R-01.2]', async ({ w }) => {
    const goods = await w.enter('contract', { company: 'plant', dealTotal: 24_000_000 });
    const visit = await w.enter('contract', { company: 'plant', dealTotal: 9_000_000 }, services);
    await w.enter('contract', { company: 'mill', dealTotal: 500 });
    expect(await companyDebt(w, 'plant')).toBe(33_000_000);

    await w.as('rita').pay(goods, 100_000);
    expect(await companyDebt(w, 'plant')).toBe(23_000_000);

    await w.as('pavel').move(visit, 'lost', { lossReason: 'price' });
    expect(await companyDebt(w, 'plant')).toBe(14_000_000);
    expect(await companyDebt(w, 'mill')).toBe(500);
  });

  test('follows a deal from one company to another [IN-R-01.2]', async ({ w }) => {
    const deal = await w.enter('contract', { company: 'plant', dealTotal: 24_000_000 });

    await w.as('pavel').change(deal, { company: 'mill' });

    expect([await companyDebt(w, 'plant'), await companyDebt(w, 'mill')]).toEqual([0, 24_000_000]);
  });
});

describe('the report on deals', () => {
  const fourDeals = async (w: World) => {
    const one = await w.enter('contract', { company: 'plant', dealTotal: 24_000_000 }, { paid: 100_000 });
    const two = await w.enter('picking', { company: 'mill', dealTotal: 7_000 }, { responsible: 'semyon' });
    const three = await w.enter('contract', { company: 'plant', dealTotal: 9_000_000 }, services);
    const four = await w.enter('won', { company: 'mill', dealTotal: 500, hasOriginals: true });
    return { one, two, three, four };
  };

  test('has pipeline, stage, responsible, company, total, paid and debt of each [IN-R-01.3]', async ({
    w,
  }) => {
    const { one } = await fourDeals(w);

    const { rows } = await report(w, 'semyon', 'deals');

    expect(rows).toHaveLength(4);
    expect(rows.find(({ deal }) => deal === one)).toMatchObject({
      pipeline: 'goods',
      stage: 'contract',
      responsible: 'pavel',
      company: 'plant',
      companyName: 'Plant Demo-1',
      total: 24_000_000,
      paid: 10_000_000,
      debt: 14_000_000,
    });
  });

  test.for([
    ['pipeline=services', ['three']],
    ['pipeline=goods&responsible=pavel', ['four', 'one']],
    ['company=mill', ['four', 'two']],
    ['pipeline=goods&stage=contract', ['one']],
    ['company=plant&pipeline=services', ['three']],
  ] as const)('filtered by %s has those deals alone [IN-R-01.3]', async ([filter, wanted], { w }) => {
    const deals: Record<string, string> = await fourDeals(w);

    const { rows } = await report(w, 'semyon', `deals?${filter}`);

    expect(rows.map(({ deal }) => deal).sort()).toEqual(wanted.map((name) => deals[name]).sort());
  });

  test.for([
    [
      'responsible',
      [
        ['pavel', 3, 33_000_500],
        ['semyon', 1, 7_000],
      ],
    ],
    [
      'company',
      [
        ['mill', 2, 7_500],
        ['plant', 2, 33_000_000],
      ],
    ],
    [
      'pipeline',
      [
        ['goods', 3, 24_007_500],
        ['services', 1, 9_000_000],
      ],
    ],
    [
      'stage',
      [
        ['contract', 1, 9_000_000],
        ['contract', 1, 24_000_000],
        ['picking', 1, 7_000],
        ['won', 1, 500],
      ],
    ],
  ] as const)('grouped by %s has the sums of each group [IN-R-01.3]', async ([group, wanted], { w }) => {
    await fourDeals(w);

    const { rows } = await report(w, 'semyon', `deals?group=${group}`);

    const seen = rows.map((row) => [row[group], row.count, row.total]);
    expect(seen.sort((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual(
      [...wanted].map((row) => [...row]).sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    );
  });

  test('of a head has the deals of their people, that of a manager their own [IN-R-01.3]', async ({ w }) => {
    const { one, three, four } = await fourDeals(w);

    const own = (await report(w, 'pavel', 'deals')).rows.map(({ deal }) => deal);

    expect(own.sort()).toEqual([one, three, four].sort());
  });
});

test('the register of payments has what is expected, received and remaining, by deal, company and person [IN-R-01.4]', async ({
  w,
}) => {
  const deal = await w.enter('contract', { company: 'plant', dealTotal: 24_000_000 }, { paid: 100_000 });
  await w.enter('contract', { company: 'plant', dealTotal: 9_000_000 }, services);
  await w.enter('contract', { company: 'mill', dealTotal: 500 }, { responsible: 'semyon' });
  const sums = ({ expected, received, remaining }: Row) => [expected, received, remaining];

  const { rows } = await report(w, 'rita', 'payments');
  expect(rows).toHaveLength(3);
  expect(sums(rows.find((row) => row.deal === deal) ?? {})).toEqual([24_000_000, 10_000_000, 14_000_000]);

  const by = async (group: 'company' | 'responsible') =>
    Object.fromEntries(
      (await report(w, 'rita', `payments?group=${group}`)).rows.map((row) => [row[group], sums(row)]),
    );
  expect(await by('company')).toEqual({
    plant: [33_000_000, 10_000_000, 23_000_000],
    mill: [500, 0, 500],
  });
  expect(await by('responsible')).toEqual({
    pavel: [33_000_000, 10_000_000, 23_000_000],
    semyon: [500, 0, 500],
  });
});

test('the register of signing has whether a contract is needed, when it was sent, is awaited and was signed [IN-R-01.5]', async ({
  w,
}) => {
  const deal = await w.enter('contract', { contractNeeded: 'yes' });
  await w.enter('unprocessed');
  const row = async () => (await report(w, 'galina', 'signing')).rows;

  expect(await row()).toMatchObject([{ deal, contractNeeded: 'yes' }]);

  await w.as('pavel').complete(deal, 'send-contract');
  await w.as('pavel').change(deal, { contractFeedbackDate: '2026-02-06T12:00:00+03:00' });
  await w.advanceTo('2026-02-05 12:00');
  await w.as('pavel').complete(deal, 'get-contract-feedback', { contractSignedAt: '2026-02-05' });

  expect(await row()).toMatchObject([
    {
      deal,
      contractNeeded: 'yes',
      contractSentAt: '2026-02-02',
      contractFeedbackDate: '2026-02-06T09:00:00.000Z',
      contractSignedAt: '2026-02-05',
    },
  ]);
});

test('the register of documents has scans, originals and how many days these are overdue [IN-R-01.6]', async ({
  w,
}) => {
  const goods = await w.enter('wrap-up');
  await w.as('pavel').complete(goods, 'get-scans');
  await w.as('pavel').complete(goods, 'fill-originals-date', { originalsPlannedDate: '2026-02-10' });
  const visit = await w.enter('won', { originalsSentAt: '2026-01-30', hasOriginals: true }, services);
  const rows = async () =>
    Object.fromEntries((await report(w, 'semyon', 'documents')).rows.map((row) => [row.deal, row]));

  await w.advanceTo('2026-02-13 12:00');
  const late = await rows();
  expect(late[goods]).toMatchObject({
    scansReceivedAt: '2026-02-02',
    originalsPlannedDate: '2026-02-10',
    overdueDays: 3,
  });
  expect(late[visit]).toMatchObject({ originalsSentAt: '2026-01-30', hasOriginals: true });

  await w.as('pavel').change(goods, { hasOriginals: true });
  expect((await rows())[goods]).not.toHaveProperty('overdueDays');
});

test('the report on discipline has identifications in time and not, and late quotes, by person [IN-R-01.7]', async ({
  w,
}) => {
  const kept = await w.enter('express-identification');
  const visit = await w.enter('primary-identification', {}, services);
  const broken = await w.enter('express-identification', {}, { responsible: 'semyon' });
  await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await w.as('pavel').complete(kept, 'express-identification');
  await w.as('pavel').complete(visit, 'express-identification');
  await w.advanceTo('2026-02-02 14:00');
  await w.as('semyon').complete(broken, 'express-identification');
  await w.advanceTo('2026-02-03 10:00');

  const { rows } = await report(w, 'galina', 'discipline');

  const steps = Object.fromEntries(rows.map(({ responsible, steps }) => [responsible, steps]));
  expect(steps).toEqual({
    pavel: {
      'express-identification': { kept: 2, broken: 0 },
      'send-quote': { kept: 0, broken: 1 },
    },
    semyon: { 'express-identification': { kept: 0, broken: 1 } },
  });
});
