import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './money.ts';

test('the total follows from the items and the discount, also without lines that came back; an advance of 30 per cent is suggested [FW-02.3]', async ({
  m,
}) => {
  const { as, at, boots, facts } = m;
  const deal = await at('negotiation', { items: [] });
  expect(await facts(deal)).toMatchObject({ orderTotal: 0, remaining: 0 });

  const more = { ...boots, model: 'Sandals', qty: 2, price: 45_050 };
  await as('elena').change(deal, { items: [boots, more], discount: 10_000 });

  expect(await facts(deal)).toMatchObject({
    orderTotal: 240_100,
    advanceSuggested: 72_030,
    remaining: 240_100,
    itemCount: 3,
  });
  await as('elena').change(deal, { items: [{ ...boots, returned: true }, more], discount: null });
  expect((await facts(deal)).orderTotal).toBe(90_100);
});

test('an order is checked once it has an item and an announced advance, which waits; only the accountant decides it [FW-02.4, FW-03.1, FW-60.2]', async ({
  m,
}) => {
  const { as, at, pay, money, facts, stageOf } = m;
  const empty = await at('negotiation', { items: [] });
  const deal = await at('negotiation');
  const missing = await refusal(as('elena').move(empty, 'advance-check'));
  expect(missing).toContain('at least one item');
  expect(missing).toContain('Enter the advance first');

  await pay('elena', deal, 480, { purpose: 'advance' });
  expect(await money(deal)).toEqual(['payment 480 card pending']);
  expect(await facts(deal)).toMatchObject({ awaited: 48_000, paidTotal: 0, paymentCount: 0 });
  expect(await as('vlad').get('/v1/desks/footwear-money')).toMatchObject({ items: [] });
  expect(await refusal(as('vlad').get(`/v1/deals/${deal}`))).toContain('404');

  await as('elena').move(deal, 'advance-check');
  expect(await m.open(deal)).toEqual(['check-advance vlad any time']);
  const desk = await as('vlad').get('/v1/desks/footwear-money');
  expect(desk.items).toMatchObject([{ deal }]);
  const decisions = await as('vlad').get('/v1/desks/footwear-money-decisions');
  expect(decisions.items).toMatchObject([{ step: 'check-advance', deal }]);
  expect(await refusal(as('elena').decide(deal, 'check-advance', 'approved'))).toContain('403');
  expect(await stageOf(deal)).toBe('advance-check');
});

test('an approved advance counts, dates the sale once, accrues no pay, and the shoes are made or taken from stock [FW-03.2, FW-03.4, FW-09.4]', async ({
  m,
}) => {
  const { as, at, boots, pay, facts, stageOf, granted, advanceTo } = m;
  await m.counted('38', 1);
  const [toMake, inStock] = [
    await at('negotiation'),
    await at('negotiation', { items: [{ ...boots, fromStock: true }] }),
  ];
  for (const deal of [toMake, inStock]) {
    await pay('elena', deal, 480);
    await as('elena').move(deal, 'advance-check');
    await as('vlad').decide(deal, 'check-advance', 'approved');
  }

  expect([await stageOf(toMake), await stageOf(inStock)]).toEqual(['production', 'ready-to-ship']);
  expect(await facts(toMake)).toMatchObject({
    paidTotal: 48_000,
    paymentCount: 1,
    awaited: 0,
    remaining: 112_000,
    saleDate: '2026-02-02',
  });
  expect(await granted(toMake)).toEqual([]);

  await advanceTo('2026-02-10 10:00');
  const again = await at('negotiation', { saleDate: '2026-01-15' });
  await pay('elena', again, 100);
  await as('elena').move(again, 'advance-check');
  await as('vlad').decide(again, 'check-advance', 'approved');
  expect((await facts(again)).saleDate).toBe('2026-01-15');
});

test('a returned advance never counts; the manager is told why and announces another [FW-03.3]', async ({
  m,
}) => {
  const { as, at, pay, money, lines, stageOf, inbox } = m;
  const deal = await at('negotiation');
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');
  expect(await refusal(as('vlad').decide(deal, 'check-advance', 'rejected'))).toContain('comment');

  await as('vlad').decide(deal, 'check-advance', 'rejected', 'no money');

  expect(await stageOf(deal)).toBe('negotiation');
  expect(await inbox('elena')).toContain('2026-02-02 10:00 returned-by-accountant');
  expect((await lines(deal, 'decision'))[0]).toMatchObject({
    data: { outcome: 'rejected', comment: 'no money' },
    by: { user: 'vlad' },
  });
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'approved');
  expect(await money(deal)).toEqual(['payment 480 card approved', 'payment 480 card returned']);
  expect(await stageOf(deal)).toBe('production');
});

test('each payment and each change of the total is a line of history with the figures before and after, which nobody alters [FW-00.8, FW-00.9]', async ({
  m,
}) => {
  const { as, at, boots, pay, lines } = m;
  const deal = await at('negotiation');
  await as('elena').change(deal, { items: [{ ...boots, price: 150_000 }] });
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');
  await m.advanceTo('2026-02-02 15:00');
  await as('vlad').decide(deal, 'check-advance', 'approved');

  const figures = await lines(deal, 'figure');
  expect(figures.slice(1)).toEqual([
    {
      data: { orderTotal: [160_000, 150_000], remaining: [160_000, 150_000] },
      by: { user: 'elena' },
      at: '2026-02-02T08:00:00.000Z',
    },
    {
      data: { paidTotal: [0, 48_000], remaining: [150_000, 102_000] },
      by: { user: 'vlad' },
      at: '2026-02-02T13:00:00.000Z',
    },
  ]);
  expect((await lines(deal, 'money')).map(({ data }: { data: { state: unknown } }) => data.state)).toEqual([
    'pending',
    ['pending', 'approved'],
  ]);
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    await expect(as('footwear-admin').ask(method, `/v1/deals/${deal}/feed`)).rejects.toThrow('no route');
  expect(await lines(deal, 'figure')).toEqual(figures);
});

test('a client who is erased is no longer in the words of a decision, whose money stays', async ({ m }) => {
  const { as, pay, card } = m;
  const deal = await m.taken();
  await as('elena').change(deal, { items: [m.boots] });
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'rejected', 'Maria Popescu sent nothing');
  const { client } = (await card(deal)).deal.fields;

  await as('footwear-admin').ask('POST', `/v1/contacts/${client}/erase`, {
    reason: 'asked',
    force: true,
  });

  expect((await card(deal)).ledger).toMatchObject([
    {
      state: 'returned',
      amount: { amount: 48_000, currency: 'MDL' },
      decided: { by: { user: 'vlad' }, comment: '[erased] sent nothing' },
    },
  ]);
});
