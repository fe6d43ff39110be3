import { expect } from 'vitest';
import { Answered } from '../../world/staff.ts';
import { test } from './money.ts';

const posted = { paymentMode: 'on-delivery', parcelNumber: 'MD-777', shippedAt: '2026-02-02' };

/** How many of several requests at once were carried out. */
const carriedOut = async (asked: readonly Promise<unknown>[]): Promise<number> => {
  const ends = await Promise.allSettled(asked);
  for (const end of ends)
    if (end.status === 'rejected' && !(end.reason instanceof Answered)) throw end.reason;
  return ends.filter(({ status }) => status === 'fulfilled').length;
};

test('an advance approved and returned at the same instant is one of both, and its money with it', async ({
  m,
}) => {
  const { as, at, pay, money, stageOf } = m;
  const deal = await at('negotiation');
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');

  const once = await carriedOut([
    as('vlad').decide(deal, 'check-advance', 'approved'),
    as('vlad').decide(deal, 'check-advance', 'rejected', 'no money'),
  ]);

  expect(once).toBe(1);
  const isApproved = (await stageOf(deal)) === 'production';
  expect(await stageOf(deal)).toBe(isApproved ? 'production' : 'negotiation');
  expect(await money(deal)).toEqual([`payment 480 card ${isApproved ? 'approved' : 'returned'}`]);
});

test('a line of the post office’s list that is entered three times at once is one payment', async ({ m }) => {
  const { as, at, money, facts } = m;
  const deal = await at('in-transit', posted);
  const collected = () =>
    as('vlad').ask('POST', '/v1/ledger', {
      pipeline: 'footwear-order',
      where: { field: 'parcelNumber', value: 'MD-777' },
      kind: 'payment',
      amount: { amount: 160_000, currency: 'MDL' },
      account: 'post-office',
      externalId: 'list-9-1',
    });

  await Promise.all([collected(), collected(), collected()]);

  expect(await money(deal)).toEqual(['payment 1600 post-office counts']);
  expect((await facts(deal)).paidTotal).toBe(160_000);
});

test('pay whose granting is cut off after it was written is granted once, however often the step is tried', async ({
  m,
}) => {
  const { as, at, pay, granted, lines, between, stageOf } = m;
  const deal = await at('final-check', { payDate: '2026-02-28' });
  await pay('elena', deal, 1_600);
  let cuts = 2;
  between.afterStep = (payload) => {
    const { step } = payload as { step: { do: string } };
    if (step.do !== 'accrue' || cuts === 0) return;
    cuts -= 1;
    throw Object.assign(new Error('cut off'), { name: 'Passing' });
  };

  await as('doina').decide(deal, 'grant-pay', 'approved');
  await m.clock.advance(10 * 60_000);

  expect([cuts, await stageOf(deal)]).toEqual([0, 'archive']);
  expect(await granted(deal)).toEqual([
    'doina 2 % of 1600 = 32 on 2026-02-28 accrued',
    'elena 5 % of 1600 = 80 on 2026-02-28 accrued',
  ]);
  expect(await lines(deal, 'accrual')).toHaveLength(2);
});
