import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './money.ts';

const before = { paymentMode: 'full-before-dispatch' };

test('the rest is approved when it is whole, which permits the dispatch and tells the manager and the dispatcher [FW-06.1, FW-06.2, FW-06.3, FW-06.6]', async ({
  m,
}) => {
  const { as, at, pay, facts, inbox, stageOf } = m;
  const deal = await at('ready-to-ship', before);
  expect(await stageOf(deal)).toBe('additional-payment');
  const desk = await as('vlad').get('/v1/desks/footwear-money');
  expect(desk.items).toMatchObject([{ deal, awaited: 0, remaining: 160_000 }]);

  await pay('elena', deal, 480);
  expect(await refusal(as('vlad').decide(deal, 'check-rest', 'approved'))).toContain(
    'Would stay unpaid: 1 120,00 L',
  );
  expect(await facts(deal)).toMatchObject({ awaited: 48_000, paidTotal: 0 });

  await pay('vlad', deal, 1_120, { account: 'bank' }); // the accountant enters what has come, which counts
  expect(await facts(deal)).toMatchObject({ paidTotal: 112_000, paidByBank: 112_000, paidByCard: 0 });
  await as('vlad').decide(deal, 'check-rest', 'approved');

  expect(await facts(deal)).toMatchObject({ shippingAllowed: true, remaining: 0, paidTotal: 160_000 });
  expect(await inbox('elena')).toContain('2026-02-02 10:00 dispatch-permitted');
  expect(await inbox('ion')).toContain('2026-02-02 10:00 dispatch-permitted');
  expect(await m.open(deal)).toEqual(['ship-parcel ion any time']);
});

test('a rest that is returned brings the order back to its manager, who agrees anew how it is paid [FW-06.4]', async ({
  m,
}) => {
  const { as, at, pay, money, facts, inbox, stageOf } = m;
  const deal = await at('ready-to-ship', before);
  await pay('elena', deal, 1_600);

  await as('vlad').decide(deal, 'check-rest', 'rejected', 'nothing has come');

  expect(await stageOf(deal)).toBe('ready-to-ship');
  expect(await money(deal)).toEqual(['payment 1600 card returned']);
  expect(await inbox('elena')).toContain('2026-02-02 10:00 returned-by-accountant');
  expect((await facts(deal)).shippingAllowed).not.toBe(true);
  expect(await m.open(deal)).toEqual(['agree-payment elena 2026-02-03 10:00']);
  await as('elena').change(deal, before);
  expect(await stageOf(deal)).toBe('additional-payment');
});

test('a permitted parcel that is dispatched is on its way by itself [FW-06.5]', async ({ m }) => {
  const { as, at, pay, stageOf } = m;
  const deal = await at('ready-to-ship', before);
  await pay('vlad', deal, 1_600);
  await as('vlad').decide(deal, 'check-rest', 'approved');

  await as('ion').complete(deal, 'ship-parcel', { parcelNumber: '777' });

  expect(await stageOf(deal)).toBe('in-transit');
});

test.for(['in-transit', 'final-check', 'return'])(
  'what the post office collects on delivery is entered by the parcel’s number, and the accountant sees no further order by it, on %s [FW-07.5]',
  async (stage, { m }) => {
    const { as, at, facts } = m;
    const deal = await at(stage, {
      paymentMode: 'on-delivery',
      parcelNumber: 'MD-777',
      shippedAt: '2026-02-02',
    });
    const collected = (who: string, value = 'MD-777') =>
      as(who).ask('POST', '/v1/ledger', {
        pipeline: 'footwear-order',
        where: { field: 'parcelNumber', value },
        kind: 'payment',
        amount: { amount: 160_000, currency: 'MDL' },
        account: 'post-office',
        externalId: 'post-list-9-1',
      });

    expect(await refusal(as('vlad').get(`/v1/deals/${deal}`))).toContain('404');
    const { entry } = await collected('vlad');
    await collected('vlad');

    expect(entry.state).toBeUndefined();
    expect(await facts(deal)).toMatchObject({ paidTotal: 160_000, paidByPost: 160_000, remaining: 0 });
    expect(await refusal(collected('vlad', 'MD-778'))).toContain('404');
    expect(await refusal(collected('petru'))).toContain('403');
    expect(await refusal(collected('radu'))).toContain('404'); // another manager's order
  },
);
