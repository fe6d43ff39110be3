import { expect, onTestFinished } from 'vitest';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { linkOf, openAtGateway, openShop, order, payBy, paymentsOf, press, test } from './shop.ts';

test('a link that nobody pays is reminded of by its rung, and runs out on its day: the run goes on by its outcome', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');

  await w.advanceTo('2026-02-03 08:59:59');
  expect(await w.inbox('pavel')).toEqual([]);
  await w.advanceTo('2026-02-03 09:00:01');
  expect(await w.inbox('pavel')).toEqual(['2026-02-03 09:00 unpaid']);

  await w.advanceTo('2026-02-05 08:59:00');
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'open' }]);
  await w.advanceTo('2026-02-05 09:00:30');
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'expired' }]);
  expect(await w.open(deal)).toEqual(['call pavel any time']);
  expect(await w.letters(deal)).toHaveLength(1);
  expect((await w.ask(await linkOf(w, deal))).text).toContain('больше не действует');
});

test('a link that ran out and was paid at the last moment is entered, and a task for the accountant', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  await openAtGateway(w, await linkOf(w, deal));
  await w.advanceTo('2026-02-05 08:59:50');
  w.sandboxes.robokassa.faults.plan('late');
  await w.sandboxes.robokassa.pay('shop', 1);
  w.sandboxes.robokassa.faults.plan('down', 3);

  await w.advanceTo('2026-02-05 10:30');

  expect(await w.fact(deal, 'paidTotal')).toBe(150_000);
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'paid', flags: ['expired'] }]);
  expect((await w.open(deal)).filter((line) => line.includes('rita'))).toHaveLength(1);
});

test.for(['down', 'slow', 'unauthorised', 'malformed', 'html', 'trouble'] as const)(
  'while the gateway is in trouble (%s) nothing is lost: it is asked again, and the money entered once',
  async (fault, { w }) => {
    useOutsidePatience(150);
    onTestFinished(() => useOutsidePatience(undefined));
    const deal = await w.enter('order', order);
    await w.as('pavel').move(deal, 'payment');
    await openAtGateway(w, await linkOf(w, deal));
    w.sandboxes.robokassa.faults.plan('never');
    await w.sandboxes.robokassa.pay('shop', 1);
    w.sandboxes.robokassa.faults.plan(fault, 2);

    await w.advanceTo('2026-02-02 11:30');

    expect(await w.fact(deal, 'paidTotal')).toBe(150_000);
    expect((await w.card(deal)).ledger).toHaveLength(1);
    expect(await w.stageOf(deal)).toBe('picking');
  },
);

test('two operations by one number are for a person: the accountant gets a task, and nothing is entered', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  w.sandboxes.robokassa.faults.plan('two-operations');

  await w.advanceTo('2026-02-02 09:11');

  expect((await w.tasks(deal)).map(({ title }) => title.en)).toEqual(['Invoice 1: look into the cabinet']);
  expect(await w.fact(deal, 'paidTotal')).toBe(0);
});

test('the page of a link says what is paid for, who asks and until when, and its names are no markup', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  const { payment } = await w.as('pavel').ask('POST', `/v1/deals/${deal}/payments`, {
    amount: { amount: 150_000, currency: 'RUB' },
    description: 'Order <script>alert(1)</script>"\r\nX: y',
  });

  const page = await w.ask(payment.link, { headers: { 'accept-language': 'en' } });

  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(/form-action 'self' http:\/\/127/);
  expect(page.text).toContain('1 500,00 ₽');
  expect(page.text).not.toContain('<script');
  const gateway = (await press(w, page.text)).text;
  expect(gateway).toContain('1500.00');
  expect((await w.ask('/v1/pay/0123456789abcdef0123456789abcdef01234567')).status).toBe(404);
  expect((await w.ask('/v1/pay/..%2f')).status).toBe(404);
});

test('the receipt lists the lines of the deal, paid in part where a part is asked for, and comes to the amount', async ({
  w,
}) => {
  const deal = await w.enter('order', order, { paid: 500 });
  await w.as('pavel').move(deal, 'payment');

  await openAtGateway(w, await linkOf(w, deal));

  const [operation] = w.sandboxes.robokassa.operations();
  expect(operation?.kopecks).toBe(100_000);
  expect(operation?.receipt).toEqual({
    sno: 'usn_income',
    items: [
      expect.objectContaining({ name: 'Bearing 6205', quantity: 3, sum: 666.66, tax: 'none' }),
      expect.objectContaining({ name: 'Seal', quantity: 1, sum: 333.34, payment_method: 'full_prepayment' }),
    ],
  });
  expect(operation?.email).toBe('anna@plant-demo-1.example');
});

test('several links of one deal are paid each for itself; a new one for the same step takes the place of the old', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  const first = (await paymentsOf(w, deal))[0];
  const ask = (amount: number, more = {}) =>
    w.as('pavel').ask('POST', `/v1/deals/${deal}/payments`, {
      amount: { amount, currency: 'RUB' },
      description: 'A part',
      ...more,
    });

  const half = await ask(50_000, { replaces: first?.id });
  const other = await ask(100_000);
  expect((await paymentsOf(w, deal)).map(({ state }) => state).sort()).toEqual(['cancelled', 'open', 'open']);
  expect((await w.ask(await linkOf(w, deal))).text).toContain('больше не действует');
  await payBy(w, other.payment.link);
  expect(await w.stageOf(deal)).toBe('payment');
  await payBy(w, half.payment.link);

  expect(await w.fact(deal, 'debt')).toBe(0);
  expect(await w.stageOf(deal)).toBe('picking');
  expect((await w.card(deal)).ledger.map(({ externalId }) => externalId).sort()).toEqual([
    'shop:2',
    'shop:3',
  ]);
});

test('too little, another currency, a deal that is lost, or no right to it: no link is made', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  const ask = (user: string, amount: unknown, of = deal) =>
    w.as(user).ask('POST', `/v1/deals/${of}/payments`, { amount, description: 'x' });
  const lost = await w.enter('order', order);
  await w.as('pavel').move(lost, 'refused');
  const rub = (amount: number) => ({ amount, currency: 'RUB' });

  await expect(ask('pavel', rub(99))).rejects.toThrow('one unit of money');
  await expect(ask('pavel', rub(10_000_000_000))).rejects.toThrow('divide it into several payments');
  await expect(ask('pavel', { amount: 500_00, currency: 'UAH' })).rejects.toThrow('takes no UAH');
  await expect(ask('pavel', rub(150_000), lost)).rejects.toThrow('The deal is lost');
  await expect(ask('nina', rub(150_000))).rejects.toThrow('may not ask for payments');
  expect(await paymentsOf(w, deal)).toEqual([]);
});

test('a cancelled link lets the process go on, and where it is paid all the same the money is told of', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  const link = await linkOf(w, deal);
  await openAtGateway(w, link);
  const [payment] = await paymentsOf(w, deal);

  await w
    .as('pavel')
    .ask('POST', `/v1/deals/${deal}/payments/${payment?.id}/cancel`, { reason: 'a mistake' });
  expect(await w.open(deal)).toEqual(['call pavel any time']);
  await w.sandboxes.robokassa.pay('shop', 1);
  await w.clock.settle();

  expect(await w.fact(deal, 'paidTotal')).toBe(150_000);
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'paid', flags: ['cancelled'] }]);
  expect((await w.open(deal)).some((line) => line.includes('rita'))).toBe(true);
});

test('in the test mode what is paid stands on an account of its own, and no live word counts for it', async () => {
  const w = await openShop({ test: true });
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  const link = await linkOf(w, deal);

  expect((await w.ask(link)).text).toContain('деньги не списываются');
  await payBy(w, link);

  expect((await w.card(deal)).ledger).toMatchObject([{ account: 'robokassa-test' }]);
  expect(w.sandboxes.robokassa.operations()[0]).toMatchObject({ test: true });
  await w.stop();
});

test('held money waits for the accountant, who takes it or lets it go', async () => {
  const w = await openShop({ holding: true });
  const held = async (what: 'take' | 'release', invoice: number) => {
    const deal = await w.enter('order', order);
    await w.as('pavel').move(deal, 'payment');
    await openAtGateway(w, await linkOf(w, deal));
    await w.sandboxes.robokassa.pay('shop', invoice);
    await w.clock.settle();
    expect(await w.fact(deal, 'paidTotal')).toBe(0);
    expect((await w.open(deal)).filter((line) => line.includes('rita'))).toHaveLength(1);
    const [payment] = await paymentsOf(w, deal);
    await w
      .as('rita')
      .ask('POST', `/v1/deals/${deal}/payments/${payment?.id}/hold`, { do: what, reason: 'so' });
    await w.clock.advance(180_000);
    return deal;
  };

  const taken = await held('take', 1);
  const released = await held('release', 2);

  expect([await w.fact(taken, 'paidTotal'), await w.stageOf(taken)]).toEqual([150_000, 'picking']);
  expect(await paymentsOf(w, released)).toMatchObject([{ state: 'cancelled', held: { state: 'released' } }]);
  expect(await w.fact(released, 'paidTotal')).toBe(0);
  const { feed } = await w.as('rita').get(`/v1/deals/${released}`);
  expect(
    feed
      .filter(({ kind }: { kind: string }) => kind === 'payment')
      .map(({ data }: { data: Record<string, unknown> }) => [data.state, data.held])
      .reverse(),
  ).toEqual([
    ['open', undefined],
    [undefined, 'held'],
    [undefined, 'releasing'],
    [['open', 'cancelled'], 'released'],
  ]);
  await w.stop();
});

test('money that nobody takes is let go by the bank after its days, though the link ran out before', async () => {
  const w = await openShop({ holding: true });
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  await openAtGateway(w, await linkOf(w, deal));
  await w.sandboxes.robokassa.pay('shop', 1);
  await w.clock.settle();

  await w.advanceTo('2026-02-08 09:00');
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'open', held: { state: 'held' } }]);
  await w.advanceTo('2026-02-09 16:00');

  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'cancelled', held: { state: 'released' } }]);
  await w.stop();
});

test('held money is not cancelled by a slip of the hand, and is let go also where the deal was lost meanwhile', async () => {
  const w = await openShop({ holding: true });
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  await openAtGateway(w, await linkOf(w, deal));
  await w.sandboxes.robokassa.pay('shop', 1);
  await w.clock.settle();
  const path = `/v1/deals/${deal}/payments/${(await paymentsOf(w, deal))[0]?.id}`;

  await expect(w.as('rita').ask('POST', `${path}/cancel`, { reason: 'x' })).rejects.toThrow(
    'held on the card',
  );
  await w.as('pavel').move(deal, 'refused');
  await w.as('rita').ask('POST', `${path}/hold`, { do: 'release', reason: 'lost' });
  await w.clock.advance(180_000);

  expect(w.sandboxes.robokassa.operations()[0]?.state).toBe(10);
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'cancelled', held: { state: 'released' } }]);
  await w.stop();
});
