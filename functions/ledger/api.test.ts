import { beforeEach, expect, test } from 'vitest';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';

let at: Awaited<ReturnType<typeof office>>;
let id: string;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
  const made = await at.pavel.post('/v1/deals', {
    pipeline: 'goods',
    title: 'Ремни',
    responsible: 'pavel',
    fields: { dealTotal: 1_000 },
  });
  id = made.body.id;
});

const enter = (kind: string, amount: number, more: object = {}) =>
  at.rita.post(`/v1/deals/${id}/ledger`, { kind, amount: { amount, currency: 'RUB' }, ...more });

test('an entry counts for totals and debt, on the company’s day of now and the bank’s account', async () => {
  at.later(13 * 3_600_000); // 22:00 UTC is past midnight in Moscow

  const { status, body } = await enter('payment', 400);

  expect(status).toBe(201);
  expect(body.entry).toMatchObject({
    kind: 'payment',
    day: '2026-10-02',
    account: 'bank',
    by: { user: 'rita' },
  });
  expect(body.deal.facts).toMatchObject({ paidTotal: 400, debt: 600 });
});

test('no more is given back than was paid, all of it is', async () => {
  await enter('payment', 400);

  const above = await enter('refund', 401);
  const all = await enter('refund', 400);
  const more = await enter('refund', 1);

  expect([above.status, above.body.refusals[0].code]).toEqual([422, 'refund-above-paid']);
  expect(all.body.deal.facts.paidTotal).toBe(0);
  expect(more.status).toBe(422);
});

test('the same external id is entered once; for another amount it is refused', async () => {
  const first = await enter('payment', 400, { externalId: 'pp-17' });
  const again = await enter('payment', 400, { externalId: 'pp-17' });
  const other = await enter('payment', 500, { externalId: 'pp-17' });

  expect([again.status, again.body.entry]).toEqual([201, first.body.entry]);
  expect(again.body.deal.facts.paidTotal).toBe(400);
  expect([other.status, other.body.refusals[0].code]).toEqual([422, 'external-id-used']);
});

test('an amount is above zero, in a currency and of a kind the deal keeps', async () => {
  expect((await enter('payment', 0)).body.detail).toContain('more than zero');
  expect((await enter('payment', -5)).status).toBe(400);
  expect((await enter('shipment', 5)).body.detail).toContain('keeps no shipment');
  const dollars = await at.rita.post(`/v1/deals/${id}/ledger`, {
    kind: 'payment',
    amount: { amount: 5, currency: 'USD' },
  });
  expect(dollars.body.detail).toContain('keeps no payment in USD');
});

test('entries of an account are listed by day, to each reader those of the deals whose money they see', async () => {
  const { body: other } = await at.galina.post('/v1/deals', {
    pipeline: 'goods',
    title: 'Цепи',
    responsible: 'galina',
  });
  await enter('payment', 1, { day: '2026-09-30' });
  await enter('payment', 2, { day: '2026-10-01' });
  await enter('payment', 3, { day: '2026-10-02' });
  await at.rita.post(`/v1/deals/${other.id}/ledger`, {
    kind: 'payment',
    amount: { amount: 4, currency: 'RUB' },
    day: '2026-10-01',
  });
  const list = async (who: 'rita' | 'pavel') =>
    (await at[who].get('/v1/ledger?account=bank&from=2026-10-01&to=2026-10-02')).body.items
      .map(({ amount }: { amount: { amount: number } }) => amount.amount)
      .sort();

  expect(await list('rita')).toEqual([2, 3, 4]);
  expect(await list('pavel')).toEqual([2, 3]);
  expect((await at.nina.get('/v1/ledger?account=bank&from=2026-10-01&to=2026-10-02')).status).toBe(403);
  expect((await at.rita.get('/v1/ledger?account=bank&from=2026-10-02&to=2026-10-01')).status).toBe(400);
});
