import '../testing/quiet.ts';

import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import { office } from '../testing/api.ts';
import { handler } from './api.handler.ts';
import { consume } from './consume.ts';
import { aDeal, anEntry, aTask, definitions, type Recorded, recorded } from './testing/history.ts';

let system: Recorded;

/** GET of this service, as somebody. */
const get = async (user: string, address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const [, , service, id] = pathname.split('/');
  const route =
    id === undefined
      ? 'GET /v1/desks'
      : service === 'desks'
        ? 'GET /v1/desks/{desk}'
        : 'GET /v1/reports/{report}';
  const event = {
    routeKey: route,
    headers: {},
    pathParameters: id === undefined ? {} : service === 'desks' ? { desk: id } : { report: id },
    queryStringParameters: Object.fromEntries(searchParams),
    requestContext: { authorizer: { jwt: { claims: { sub: user }, scopes: null } } },
    isBase64Encoded: false,
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2WithJWTAuthorizer, {} as never);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? 'null') };
};

const pavels = { responsible: 'pavel', createdAt: '2026-09-28T09:00:00Z' };

beforeEach(async () => {
  system = recorded();
  await office(system.table);
  system.drain();
});

const taken = async () => {
  await consume(system.drain(), { table: system.table, definitions });
  system.drain();
};

/** Pavel has two deals of Acme, Nina's one and one nobody has taken up. */
const fourDeals = async () => {
  const { putDeal, putEntry, putTask } = system;
  await putDeal(
    aDeal({
      ...pavels,
      stage: 'contract',
      fields: { company: 'acme', dealTotal: 24_000_000, contractNeeded: 'yes', contractSentAt: '2026-09-30' },
      totals: { paidTotal: 10_000_000 },
    }),
  );
  await putDeal(
    aDeal({
      ...pavels,
      id: 'd2',
      number: 'G-2',
      stage: 'won',
      outcome: 'won',
      stageSince: '2026-09-30T09:00:00Z',
      fields: { company: 'acme', dealTotal: 500, originalsPlannedDate: '2026-09-28' },
      totals: { paidTotal: 500 },
    }),
  );
  await putDeal(
    aDeal({
      id: 'd3',
      number: 'G-3',
      stage: 'contract',
      responsible: 'galina',
      fields: { dealTotal: 7_000 },
    }),
  );
  await putDeal(aDeal({ id: 'd4', number: 'G-4' }));
  await putEntry(anEntry({ day: '2026-09-29', at: '2026-09-29T09:00:00Z' }));
  await putEntry(
    anEntry({
      id: 'e2',
      deal: 'd3',
      day: '2026-09-29',
      at: '2026-09-29T09:00:00Z',
      amount: { amount: 700, currency: 'RUB' },
    }),
  );
  await putTask(aTask({ status: 'done', outcome: 'done', closedAt: '2026-02-02T11:00:00Z' }));
  await putTask(aTask({ id: 't2', step: 'send-quote', due: '2026-09-30T11:00:00Z', fired: [0] }));
  await taken();
};

test('the board of an executive has every deal, that of a manager their own and the queue', async () => {
  await fourDeals();

  expect((await get('galina', '/v1/reports/board?pipeline=goods')).body).toMatchObject({
    rows: [
      { stage: 'unprocessed', count: 1 },
      { stage: 'contract', count: 2, total: 24_007_000, paid: 10_000_000, debt: 14_007_000 },
      { stage: 'won', count: 1, total: 500, debt: 0 },
    ],
    totals: { count: 4 },
  });
  expect((await get('pavel', '/v1/reports/board?pipeline=goods')).body).toMatchObject({
    rows: [
      { stage: 'unprocessed', count: 1 },
      { stage: 'contract', count: 1, total: 24_000_000 },
      { stage: 'won', count: 1 },
    ],
  });
  expect((await get('semyon', '/v1/reports/board?pipeline=goods&group=responsible')).body.rows).toMatchObject(
    [
      { responsible: 'pavel', count: 2 },
      { responsible: null, count: 1 },
    ],
  );
});

test('debts are by company, the largest first, of open deals', async () => {
  await fourDeals();

  const { body } = await get('galina', '/v1/reports/debts');

  expect(body).toMatchObject({
    rows: [{ company: 'acme', companyName: 'Акме', debt: 14_000_000 }],
    totals: { debt: 14_000_000 },
  });
  expect((await get('galina', '/v1/reports/debts?group=responsible')).body.rows).toMatchObject([
    { responsible: 'pavel', debt: 14_000_000 },
    { responsible: 'galina', debt: 7_000 },
  ]);
});

test('money is by day and account; a manager sees that of their own deals', async () => {
  await fourDeals();
  const asked = '/v1/reports/money?from=2026-09-01&to=2026-09-30';

  expect((await get('rita', asked)).body).toMatchObject({
    rows: [
      { day: '2026-09-29', account: 'bank', kind: 'payment', currency: 'RUB', amount: 10_000_700, count: 2 },
    ],
    totals: { 'payment.RUB': 10_000_700 },
  });
  expect((await get('pavel', asked)).body).toMatchObject({ totals: { 'payment.RUB': 10_000_000 } });
  expect((await get('rita', '/v1/reports/money?from=2026-08-01&to=2026-08-31')).body.rows).toEqual([]);
});

test('discipline is what each kept and missed, and what is overdue now', async () => {
  await fourDeals();

  const { body } = await get('semyon', '/v1/reports/discipline?from=2026-02-01');

  expect(body.rows).toMatchObject([
    {
      responsible: 'pavel',
      kept: 1,
      broken: 1,
      overdue: 1,
      steps: { 'express-identification': { kept: 1, broken: 0 }, 'send-quote': { kept: 0, broken: 1 } },
    },
  ]);
  expect((await get('semyon', '/v1/reports/sla?from=2026-02-01&pipeline=goods')).body).toMatchObject({
    rows: [
      {
        month: '2026-02',
        step: 'express-identification',
        stepTitle: { en: 'Do the express identification' },
      },
      { month: '2026-09', step: 'send-quote', broken: 1 },
    ],
    totals: { kept: 1, broken: 1 },
  });
});

test('the deals report lists deals with their figures, and what was made, won and lost', async () => {
  await fourDeals();

  const { body } = await get(
    'galina',
    '/v1/reports/deals?pipeline=goods&responsible=pavel&from=2026-09-01&to=2026-09-30',
  );

  expect(body).toMatchObject({
    rows: [
      { number: 'G-2', stage: 'won', total: 500, paid: 500, debt: 0 },
      {
        number: 'G-1',
        company: 'acme',
        companyName: 'Акме',
        total: 24_000_000,
        paid: 10_000_000,
        debt: 14_000_000,
      },
    ],
    totals: { created: 2, won: 1, wonSum: 500, losses: {} },
  });
});

test('registers list what is expected, signed and sent', async () => {
  await fourDeals();

  const { body: payments } = await get('rita', '/v1/reports/payments');
  expect(
    payments.rows.map(({ number, expected, received, remaining }: Record<string, unknown>) => [
      number,
      expected,
      received,
      remaining,
    ]),
  ).toEqual([
    ['G-2', 500, 500, 0],
    ['G-1', 24_000_000, 10_000_000, 14_000_000],
    ['G-3', 7_000, 0, 7_000],
  ]);
  const { body: signing } = await get('semyon', '/v1/reports/signing');
  expect(signing.rows).toMatchObject([
    { number: 'G-1', contractNeeded: 'yes', contractSentAt: '2026-09-30' },
  ]);
  const { body: documents } = await get('semyon', '/v1/reports/documents');
  expect(documents.rows).toMatchObject([
    { number: 'G-2', originalsPlannedDate: '2026-09-28', overdueDays: 3 },
  ]);
});

test('pages of a register follow each other through all pipelines, and a foreign cursor is refused', async () => {
  for (let at = 1; at <= 7; at += 1)
    await system.putDeal(
      aDeal({
        ...pavels,
        id: `d${at}`,
        number: `N-${at}`,
        pipeline: at % 2 === 0 ? 'services' : 'goods',
        fields: { dealTotal: 5 },
      }),
    );
  await taken();

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await get(
      'pavel',
      `/v1/reports/deals?limit=2${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    seen.push(...body.rows.map(({ number }: { number: string }) => number));
    cursor = body.cursor;
  } while (cursor !== undefined);

  expect(seen).toEqual(['N-7', 'N-5', 'N-3', 'N-1', 'N-6', 'N-4', 'N-2']);
  expect((await get('pavel', '/v1/reports/deals?cursor=0.nonsense')).status).toBe(400);
  expect((await get('pavel', '/v1/reports/deals?cursor=nonsense')).status).toBe(400);
});

test('who has no reports is refused, and an unknown pipeline is named', async () => {
  expect((await get('artem', '/v1/reports/board')).status).toBe(403);
  expect((await get('galina', '/v1/reports/board?pipeline=gods')).body.detail).toContain(
    'pipelines are goods',
  );
});

test('each role has its desks', async () => {
  const desks = async (user: string) =>
    (await get(user, '/v1/desks')).body.items.map(({ id }: { id: string }) => id);

  expect(await desks('rita')).toEqual(['unpaid', 'trip-cash']);
  expect(await desks('artem')).toEqual(['services', 'my-tasks', 'visits']);
  expect((await get('artem', '/v1/desks/unpaid')).status).toBe(404);
});

test('the unpaid desk is in order of the debt and costs the same however many deals there are', async () => {
  const { table, putDeal } = system;
  const cost = async () => {
    const before = { ...table.calls };
    const { body } = await get('rita', '/v1/desks/unpaid?limit=5');
    return { reads: table.calls.reads - before.reads, items: body.items };
  };
  for (let at = 1; at <= 10; at += 1)
    await putDeal(
      aDeal({ id: `d${at}`, number: `G-${at}`, fields: { dealTotal: at * 100 }, totals: { paidTotal: 50 } }),
    );
  await taken();
  await cost(); // the company is read once and then known
  const few = await cost();

  for (let at = 11; at <= 300; at += 1)
    await putDeal(aDeal({ id: `d${at}`, number: `G-${at}`, fields: { dealTotal: at * 100 } }));
  await putDeal(aDeal({ id: 'paid', number: 'G-0', fields: { dealTotal: 5 }, totals: { paidTotal: 5 } }));
  await taken();
  const many = await cost();

  expect(few.items.map(({ debt }: { debt: number }) => debt)).toEqual([50, 150, 250, 350, 450]);
  expect(many.items).toEqual(few.items);
  expect(many.reads).toBe(few.reads);
});

test('a deal leaves a desk when its filter no longer holds', async () => {
  const { putDeal } = system;
  const deal = aDeal({ fields: { dealTotal: 100 } });
  await putDeal(deal);
  await taken();
  expect((await get('rita', '/v1/desks/unpaid')).body.items).toHaveLength(1);

  await putDeal({ ...deal, version: 2, totals: { paidTotal: 100 } });
  await taken();

  expect((await get('rita', '/v1/desks/unpaid')).body.items).toEqual([]);
});

test('the planner shows an executor their own visits of the days asked for, without money', async () => {
  const visit = (id: string, workExecutor: string, plannedReadinessDate: string) =>
    system.putDeal(
      aDeal({
        id,
        number: id,
        pipeline: 'services',
        responsible: 'pavel',
        fields: { workExecutor, plannedReadinessDate, dealTotal: 5 },
      }),
    );
  await visit('S-1', 'artem', '2026-10-02T07:00:00.000Z');
  await visit('S-2', 'artem', '2026-10-05');
  await visit('S-3', 'nina', '2026-10-02');
  await taken();

  const { body } = await get('artem', '/v1/desks/visits?from=2026-10-01&to=2026-10-02');

  expect(body.items).toMatchObject([
    { number: 'S-1', person: 'artem', personName: 'Артём Зимин', date: '2026-10-02T07:00:00.000Z' },
  ]);
  expect(body.items[0]).not.toHaveProperty('dealTotal');
});

test('a desk of tasks is the open work of whoever asks', async () => {
  await system.putTask(aTask({ due: '2026-09-30T09:00:00Z' }));
  await system.putTask(aTask({ id: 'a1', kind: 'approval', assignee: 'galina' }));

  expect((await get('pavel', '/v1/desks/my-tasks')).body.items).toMatchObject([{ id: 't1', overdue: true }]);
  expect((await get('galina', '/v1/desks/approvals')).body.items).toMatchObject([
    { id: 'a1', kind: 'approval' },
  ]);
  expect((await get('galina', '/v1/desks/goods')).body.items).toEqual([
    { pipeline: 'goods', board: '/v1/boards/goods' },
  ]);
});
