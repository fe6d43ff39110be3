import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './money.ts';

const paid = { paymentMode: 'on-delivery', parcelNumber: '777', shippedAt: '2026-02-02' };

test('the head sees an order that is finished with its payments by account, and grants pay in one click: percents of what was paid, on the pay date, once [FW-09.1, FW-09.2, FW-09.3, FW-09.5, FW-09.7, FW-60.4]', async ({
  m,
}) => {
  const { as, at, granted, lines, facts, stageOf } = m;
  const deal = await at('in-transit', paid);
  await as('vlad').ask('POST', '/v1/ledger', {
    pipeline: 'footwear-order',
    where: { field: 'parcelNumber', value: '777' },
    kind: 'payment',
    amount: { amount: 160_000, currency: 'MDL' },
    account: 'post-office',
  });
  await as('elena').move(deal, 'final-check');

  const desk = await as('doina').get('/v1/desks/footwear-final-check');
  expect(desk.items).toMatchObject([{ deal }]);
  const { deal: shown } = await as('doina').get(`/v1/deals/${deal}`);
  expect(shown.facts).toMatchObject({
    orderTotal: 160_000,
    paidTotal: 160_000,
    paidByPost: 160_000,
    paidByBank: 0,
    remaining: 0,
  });
  await m.advanceTo('2026-02-20 15:20');
  const { id } = await m.task(deal, 'grant-pay');
  const grant = (fields?: object) =>
    as('doina').ask('POST', `/v1/tasks/${id}/decide`, { decision: 'approved', ...(fields && { fields }) });
  expect(await refusal(grant())).toContain('pay date is missing');
  await grant({ payDate: '2026-02-28' });

  expect(await stageOf(deal)).toBe('archive');
  expect(await granted(deal)).toEqual([
    'doina 2 % of 1600 = 32 on 2026-02-28 accrued',
    'elena 5 % of 1600 = 80 on 2026-02-28 accrued',
  ]);
  expect((await facts(deal)).payTotal).toBe(11_200);
  const told = await lines(deal, 'accrual');
  expect(
    told.map(({ data }: { data: { employee: string; amount: { amount: number }; state: string } }) => [
      data.employee,
      data.amount.amount,
      data.state,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['elena', 8_000, 'accrued'],
      ['doina', 3_200, 'accrued'],
    ]),
  );
  // Whoever sells sees what they earned and nobody else's.
  const own = await as('elena').get(`/v1/deals/${deal}`);
  expect(own.accruals.map(({ employee }: { employee: string }) => employee)).toEqual(['elena']);
  expect(own.deal.facts.payTotal).toBeUndefined();
  expect(await lines(deal, 'accrual', 'elena')).toHaveLength(1);
});

test('pay is not granted while payments differ from the total; what was announced is verified with it [FW-09.6]', async ({
  m,
}) => {
  const { as, at, boots, pay, money, granted, stageOf } = m;
  const deal = await at('final-check');
  const grant = async () =>
    as('doina').ask('POST', `/v1/tasks/${(await m.task(deal, 'grant-pay')).id}/decide`, {
      decision: 'approved',
      fields: { payDate: '2026-02-28' },
    });
  await pay('elena', deal, 1_600);
  await as('elena').change(deal, { items: [{ ...boots, price: 150_000 }] });

  expect(await refusal(grant())).toContain('1 600,00 L of 1 500,00 L');
  expect([await money(deal), await granted(deal)]).toEqual([['payment 1600 card pending'], []]);

  await as('doina').decide(deal, 'grant-pay', 'rejected', 'the price was 1 600');
  expect(await m.open(deal)).toEqual(['mend-payments elena any time']);
  expect(await money(deal)).toEqual(['payment 1600 card returned']);
  await as('elena').change(deal, { items: [boots] });
  await pay('elena', deal, 1_600);
  await as('elena').complete(deal, 'mend-payments');
  await grant();

  expect(await stageOf(deal)).toBe('archive');
  expect(await money(deal)).toEqual(['payment 1600 card approved', 'payment 1600 card returned']);
  expect(await granted(deal)).toHaveLength(2);
});

test('an order that comes to the archive unsettled goes back, and the head hears of it [FW-09.8]', async ({
  m,
}) => {
  const { as, at, pay, lines, inbox, stageOf } = m;
  const deal = await at('final-check');

  await as('doina').move(deal, 'archive');
  expect(await stageOf(deal)).toBe('final-check');
  expect((await inbox('doina')).filter((line) => line.endsWith('archive-unsettled'))).toHaveLength(1);

  await pay('elena', deal, 1_600);
  await as('doina').move(deal, 'archive'); // announced, not verified
  expect(await stageOf(deal)).toBe('final-check');
  expect((await lines(deal, 'moved')).map(({ data }: { data: { to: string } }) => data.to)).toEqual([
    'archive',
    'final-check',
    'archive',
    'final-check',
  ]);
});

test('an order given back whole pays nobody and is settled; percents are the settings of the moment [FW-09.3, FW-09.6]', async ({
  m,
}) => {
  const { as, at, boots, granted, stageOf } = m;
  const nothing = await at('final-check', { items: [{ ...boots, returned: true }] });
  await as('doina').ask('POST', `/v1/tasks/${(await m.task(nothing, 'grant-pay')).id}/decide`, {
    decision: 'approved',
    fields: { payDate: '2026-02-28' },
  });
  expect([await stageOf(nothing), await granted(nothing)]).toEqual(['archive', []]);

  await as('footwear-admin').ask('PUT', '/v1/settings/footwear/managerPercent', { value: 7.5 });
  const deal = await at('final-check', { payDate: '2026-03-31' });
  await m.pay('elena', deal, 1_600);
  await as('doina').decide(deal, 'grant-pay', 'approved');
  expect(await granted(deal)).toEqual([
    'doina 2 % of 1600 = 32 on 2026-03-31 accrued',
    'elena 7.5 % of 1600 = 120 on 2026-03-31 accrued',
  ]);
});

test('an order that comes back from the archive keeps the pay that was granted, and pays nobody twice [FW-10.3]', async ({
  m,
}) => {
  const { as, at, boots, pay, granted, stageOf } = m;
  const deal = await at('final-check', { payDate: '2026-02-28' });
  await pay('elena', deal, 1_600);
  await as('doina').decide(deal, 'grant-pay', 'approved');
  const first = await granted(deal);

  await as('footwear-admin').move(deal, 'negotiation');
  expect([await stageOf(deal), await granted(deal)]).toEqual(['negotiation', first]);
  const dearer = { ...boots, price: 200_000 };
  await as('elena').change(deal, { items: [dearer], paymentMode: 'on-delivery' });
  await pay('elena', deal, 400);
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'approved');
  await as('petru').complete(deal, 'make-shoes');
  await as('ion').complete(deal, 'ship-parcel', { parcelNumber: '779' });
  await as('elena').move(deal, 'final-check');
  await as('doina').decide(deal, 'grant-pay', 'approved');

  expect([await stageOf(deal), await granted(deal)]).toEqual(['archive', first]);
});
