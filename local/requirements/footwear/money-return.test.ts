import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './money.ts';

const posted = { parcelNumber: '777', shippedAt: '2026-02-02' };

test('what a client gives back for money is refunded, no more than was paid, before the order is checked [FW-08.2]', async ({
  m,
}) => {
  const { as, at, boots, pay, money, facts, lines, stageOf } = m;
  const deal = await at('additional-payment', { ...posted, paymentMode: 'full-before-dispatch' });
  await pay('vlad', deal, 1_600, { account: 'bank' });
  await as('vlad').decide(deal, 'check-rest', 'approved');
  await as('ion').complete(deal, 'ship-parcel', { parcelNumber: '778' });
  await as('elena').move(deal, 'return', { returnReason: 'model', returnMode: 'return' });
  const refund = (lei: number) => pay('elena', deal, lei, { kind: 'refund', account: 'bank' });

  const back = { items: [{ ...boots, sent: true, returned: true }] };
  expect(await refusal(as('elena').complete(deal, 'take-back', back))).toContain(
    'The remainder is −1 600,00 L',
  );
  expect(await refusal(refund(1_601))).toContain('1 600,00 L');
  await refund(1_600);
  await as('elena').complete(deal, 'take-back', back);

  expect(await stageOf(deal)).toBe('final-check');
  const { items: shelf } = await as('elena').get('/v1/stock?pipeline=footwear-order&of=Boots');
  expect(shelf).toMatchObject([{ article: { size: '38' }, quantity: 1, reserved: 0 }]);
  expect(await money(deal)).toEqual(['payment 1600 bank counts', 'refund 1600 bank counts']);
  expect(await facts(deal)).toMatchObject({ paidTotal: 0, paidByBank: 0, orderTotal: 0, remaining: 0 });
  expect((await lines(deal, 'figure')).map(({ data }: { data: object }) => data)).toContainEqual({
    paidTotal: [160_000, 0],
    remaining: [0, 160_000],
  });
});

test('an exchange that changes the total changes the rest with it, in the history too, and an earlier permission holds where nothing is left to pay [FW-08.4]', async ({
  m,
}) => {
  const { as, at, boots, pay, facts, lines, stageOf } = m;
  const shipped = async () => {
    const deal = await at('additional-payment', { ...posted, paymentMode: 'full-before-dispatch' });
    await pay('vlad', deal, 1_600);
    await as('vlad').decide(deal, 'check-rest', 'approved');
    await as('ion').complete(deal, 'ship-parcel', { parcelNumber: '778' });
    await as('elena').move(deal, 'return', { returnReason: 'size', returnMode: 'exchange' });
    return deal;
  };
  const exchange = (deal: string, price: number) =>
    as('elena').complete(deal, 'exchange-items', {
      items: [
        { ...boots, sent: true, returned: true },
        { ...boots, size: '39', fromStock: true, price },
      ],
    });
  await m.counted('39', 2);
  const [same, dearer] = [await shipped(), await shipped()];

  await exchange(same, 160_000);
  await exchange(dearer, 180_000);

  expect([await stageOf(same), await stageOf(dearer)]).toEqual(['ready-to-ship', 'additional-payment']);
  expect(await facts(same)).toMatchObject({ remaining: 0, shippingAllowed: true });
  expect(await facts(dearer)).toMatchObject({ remaining: 20_000, orderTotal: 180_000 });
  expect((await lines(dearer, 'figure')).at(-1)).toMatchObject({
    data: { orderTotal: [160_000, 180_000], remaining: [0, 20_000] },
    by: { user: 'elena' },
  });
  expect((await lines(same, 'figure')).at(-1)).toMatchObject({ by: { user: 'vlad' } });
});
