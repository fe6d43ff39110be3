import { expect } from 'vitest';
import { test } from './money.ts';

test('payments are kept by day and account from the moment they count, and pay by its day, person and state', async ({
  m,
}) => {
  const { as, at, pay, table } = m;
  const deal = await at('negotiation');
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');
  const report = async () => {
    const { rows, totals } = await as('vlad').get(
      '/v1/reports/money?pipeline=footwear-order&from=2026-02-01&to=2026-02-28',
    );
    return {
      lines: rows.map(
        ({ day, account, kind, amount, count }: Record<string, unknown>) =>
          `${day} ${account} ${kind} ${amount} ${count}`,
      ),
      totals,
    };
  };
  expect(await report()).toEqual({ lines: [], totals: {} });

  await as('vlad').decide(deal, 'check-advance', 'approved');
  await m.advanceTo('2026-02-10 10:00');
  await as('petru').complete(deal, 'make-shoes');
  await as('elena').change(deal, { paymentMode: 'full-before-dispatch' });
  await pay('vlad', deal, 1_120, { account: 'bank' });
  expect(await report()).toEqual({
    lines: ['2026-02-02 card payment 48000 1', '2026-02-10 bank payment 112000 1'],
    totals: { 'payment.MDL': 160_000 },
  });

  await as('vlad').decide(deal, 'check-rest', 'approved');
  await as('ion').complete(deal, 'ship-parcel', { parcelNumber: '777' });
  await as('elena').move(deal, 'final-check');
  const { id } = await m.task(deal, 'grant-pay');
  const fields = { payDate: '2026-02-28' };
  await as('doina').ask('POST', `/v1/tasks/${id}/decide`, { decision: 'approved', fields });
  const kept = async () =>
    (await table.query({ pk: 'R#pay#footwear-order' })).items.flatMap(({ sk, amount, count }) =>
      amount === 0 ? [] : [[sk, amount, count]],
    );
  expect(await kept()).toEqual([
    ['2026-02-28#doina#accrued#MDL', 3_200, 1],
    ['2026-02-28#elena#accrued#MDL', 8_000, 1],
  ]);

  const { accruals } = await as('doina').get(`/v1/deals/${deal}`);
  for (const accrual of accruals)
    await as('doina').ask(
      'POST',
      `/v1/deals/${deal}/accruals/${accrual.id}/${accrual.employee === 'elena' ? 'pay' : 'reverse'}`,
      accrual.employee === 'elena' ? undefined : { reason: 'on leave' },
    );
  expect(await kept()).toEqual([
    ['2026-02-28#doina#reversed#MDL', 3_200, 1],
    ['2026-02-28#elena#paid#MDL', 8_000, 1],
  ]);
});
