import { expect } from 'vitest';
import { handler as work } from '../../../functions/payments/work.handler.ts';
import type { World } from '../../world.ts';
import { linkOf, openAtGateway, openShop, order, payBy, paymentsOf, test } from './shop.ts';

const paid = async (w: World): Promise<string> => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  await payBy(w, await linkOf(w, deal));
  return deal;
};

const giveBack = async (w: World, deal: string, more: Record<string, unknown> = {}, user = 'rita') => {
  const [payment] = await paymentsOf(w, deal);
  return w.as(user).ask('POST', `/v1/deals/${deal}/payments/${payment?.id}/refund`, {
    reason: 'The client sent it back',
    ...more,
  });
};

/** What the daily schedule does. */
const reconcile = async (w: World) => {
  await work({ reconcile: true }, {} as never);
  await w.clock.settle();
};

const rub = (amount: number) => ({ amount: { amount, currency: 'RUB' } });
const hours = (w: World, count: number) => w.clock.advance(count * 3_600_000);
const paymentOf = async (w: World, deal: string) => {
  const [payment] = await paymentsOf(w, deal);
  if (payment === undefined) throw new Error('there is no payment');
  return payment;
};
const forRita = async (w: World, deal: string) =>
  (await w.tasks(deal)).filter(({ assignee }) => assignee === 'rita').map(({ title }) => title.en);

test('a part goes back, then the rest: the ledger says so when the client has it, and no kopeck more is given', async ({
  w,
}) => {
  const deal = await paid(w);

  await giveBack(w, deal, rub(50_000));
  expect(await paymentOf(w, deal)).toMatchObject({ state: 'refunding' });
  expect(await w.fact(deal, 'paidTotal')).toBe(150_000);
  await hours(w, 2);
  expect(await paymentOf(w, deal)).toMatchObject({ state: 'part-refunded' });
  expect(await w.fact(deal, 'paidTotal')).toBe(100_000);

  await expect(giveBack(w, deal, rub(100_001))).rejects.toThrow('No more than 1 000,00 ₽ can be given back');
  await giveBack(w, deal);
  await hours(w, 2);

  expect(await paymentOf(w, deal)).toMatchObject({ state: 'refunded' });
  expect(await w.fact(deal, 'paidTotal')).toBe(0);
  expect(w.sandboxes.robokassa.operations()[0]?.refunds.map(({ kopecks }) => kopecks)).toEqual([
    50_000, 100_000,
  ]);
  expect((await w.card(deal)).ledger.map(({ kind, note }) => note ?? kind).sort()).toEqual([
    'The client sent it back',
    'The client sent it back',
    'payment',
  ]);
});

test('who may not decide about payments gives nothing back, nor what was never paid', async ({ w }) => {
  const deal = await paid(w);
  const open = await w.enter('order', order);
  await w.as('pavel').move(open, 'payment');

  await expect(giveBack(w, deal, {}, 'pavel')).rejects.toThrow('may not decide about payments');
  await expect(giveBack(w, open)).rejects.toThrow('What was paid can be given back');
  expect((await paymentOf(w, deal)).refunds).toEqual([]);
});

test('a refund that the gateway takes up and cancels is a task, and may be asked for again', async ({
  w,
}) => {
  const deal = await paid(w);
  w.sandboxes.robokassa.faults.plan('refund-cancelled');

  await giveBack(w, deal);
  await hours(w, 2);

  expect(await paymentOf(w, deal)).toMatchObject({ state: 'paid', refunds: [{ state: 'cancelled' }] });
  expect(await forRita(w, deal)).toEqual(['Refund of invoice 1: 1 500,00 ₽']);
  await giveBack(w, deal);
  await hours(w, 2);
  expect(await w.fact(deal, 'paidTotal')).toBe(0);
});

test('a refund whose answer was lost is never asked for twice: a person looks, and says what became of it', async ({
  w,
}) => {
  const deal = await paid(w);
  w.sandboxes.robokassa.faults.plan('malformed');

  const { payment } = await giveBack(w, deal);
  await hours(w, 30);

  const [refund] = payment.refunds;
  expect(await paymentOf(w, deal)).toMatchObject({ state: 'refunding', refunds: [{ state: 'unknown' }] });
  expect(w.sandboxes.robokassa.operations()[0]?.refunds.length).toBeLessThanOrEqual(1);
  expect(await forRita(w, deal)).toEqual(['Refund of invoice 1: 1 500,00 ₽']);
  await expect(giveBack(w, deal)).rejects.toThrow('No more than 0,00 ₽');
  await w.as('rita').ask('POST', `/v1/deals/${deal}/payments/${payment.id}/refunds/${refund.id}`, {
    made: true,
    reason: 'It is in the cabinet',
  });
  expect(await w.fact(deal, 'paidTotal')).toBe(0);
});

test.for(['down', 'unauthorised'] as const)(
  'a refund that certainly did not arrive (%s) is asked for again by itself, or said so',
  async (fault, { w }) => {
    const deal = await paid(w);
    w.sandboxes.robokassa.faults.plan(fault);

    await giveBack(w, deal);
    await hours(w, 4);

    expect(w.sandboxes.robokassa.operations()[0]?.refunds.length).toBeLessThanOrEqual(1);
    const { state } = await paymentOf(w, deal);
    expect(state === 'refunded' || (await forRita(w, deal)).length === 1).toBe(true);
  },
);

test('a closing receipt is made once of what was paid beforehand, with the same lines paid in full', async ({
  w,
}) => {
  const deal = await paid(w);
  const { id } = await paymentOf(w, deal);
  const ask = () => w.as('rita').ask('POST', `/v1/deals/${deal}/payments/${id}/second-receipt`);

  await ask();
  await hours(w, 1);

  expect((await paymentOf(w, deal)).receipt?.second).toMatchObject({ id: 2, state: 'given' });
  expect(w.sandboxes.robokassa.receipts()).toMatchObject([
    { id: '2', originId: '1', total: 1500, items: [{ payment_method: 'full_payment' }, {}] },
  ]);
  await expect(ask()).rejects.toThrow('once');
});

test('a closing receipt that fails is a task, and may be asked for again', async () => {
  const w = await openShop();
  const deal = await paid(w);
  const { id } = await paymentOf(w, deal);
  w.sandboxes.robokassa.faults.plan('receipt-failed');

  await w.as('rita').ask('POST', `/v1/deals/${deal}/payments/${id}/second-receipt`);
  await hours(w, 1);

  expect((await paymentOf(w, deal)).receipt?.second).toMatchObject({ state: 'failed' });
  expect(await forRita(w, deal)).toEqual(['Invoice 1: no closing receipt']);
  await w.stop();
});

test('each day what the gateway says is held against the ledger: what is late is entered, a difference is a task, once', async ({
  w,
}) => {
  const late = await w.enter('order', order);
  await w.as('pavel').move(late, 'payment');
  await openAtGateway(w, await linkOf(w, late));
  const [open] = await paymentsOf(w, late);
  await w.as('pavel').ask('POST', `/v1/deals/${late}/payments/${open?.id}/cancel`, { reason: 'a mistake' });
  w.sandboxes.robokassa.faults.plan('never');
  await w.sandboxes.robokassa.pay('shop', 1);
  const wrong = await paid(w);
  const [entry] = (await w.card(wrong)).ledger;
  await w.as('rita').pay(wrong, 100, { corrects: entry?.id });

  await reconcile(w);
  await reconcile(w);

  const { items } = await w.as('rita').get('/v1/payments/reconciliations');
  expect(items).toMatchObject([
    {
      day: '2026-02-02',
      state: 'done',
      differences: [
        { what: 'late', invoice: 1, theirs: { amount: 150_000 } },
        { what: 'amount', invoice: 2, ours: { amount: 140_000 }, theirs: { amount: 150_000 } },
      ],
    },
  ]);
  expect(await w.fact(late, 'paidTotal')).toBe(150_000);
  expect(await forRita(w, wrong)).toEqual(['Reconciliation: invoice 2']);
  await expect(w.as('pavel').get('/v1/payments/reconciliations')).resolves.toBeDefined();
});

test('a comparison waits for a gateway that is away, goes on when it is back, and is told of where it never was', async ({
  w,
}) => {
  const deal = await paid(w);
  w.sandboxes.robokassa.faults.plan('down', 2);

  await reconcile(w);
  await hours(w, 3);
  const [first] = (await w.as('rita').get('/v1/payments/reconciliations')).items;
  w.sandboxes.robokassa.faults.plan('down', 1000);
  await hours(w, 24);
  await reconcile(w);
  await hours(w, 30);

  expect(first).toMatchObject({ state: 'done', asked: [1], differences: [] });
  const [second] = (await w.as('rita').get('/v1/payments/reconciliations')).items;
  expect(second).toMatchObject({ state: 'unfinished' });
  expect((await w.told('rita')).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Сверка платежей за'),
  ]);
  expect(await w.fact(deal, 'paidTotal')).toBe(150_000);
});
