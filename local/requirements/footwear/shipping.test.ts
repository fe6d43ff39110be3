import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './money.ts';

const onDelivery = { paymentMode: 'on-delivery' };
const shipped = { ...onDelivery, parcelNumber: '777', shippedAt: '2026-02-02' };

test('production has seven days for the shoes, and the order is ready to ship when they are made [FW-04.1, FW-04.2]', async ({
  m,
}) => {
  const { as, at, pay, open, stageOf } = m;
  const deal = await at('negotiation');
  await pay('elena', deal, 480);
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'approved');
  expect(await open(deal)).toEqual(['make-shoes petru 2026-02-09 10:00']);

  await as('petru').complete(deal, 'make-shoes');

  expect(await stageOf(deal)).toBe('ready-to-ship');
});

test('an order that is ready is told to its manager, who has a day to agree how it is paid [FW-05.1, FW-05.2]', async ({
  m,
}) => {
  const { as, at, open, inbox, endsOf } = m;
  const deal = await at('ready-to-ship');
  expect(await inbox('elena')).toEqual(['2026-02-02 10:00 ready-to-ship']);
  expect(await open(deal)).toEqual(['agree-payment elena 2026-02-03 10:00']);
  expect(await refusal(as('elena').complete(deal, 'agree-payment'))).toContain('Choose how it is paid');

  await as('elena').complete(deal, 'agree-payment', onDelivery);

  expect(await endsOf(deal, 'agree-payment')).toEqual(['done by elena']);
});

test.for([
  ['full-before-dispatch', 'additional-payment', 'check-rest vlad any time'],
  ['on-delivery', 'ready-to-ship', 'ship-parcel ion any time'],
] as const)('an order paid %s goes to %s [FW-05.3, FW-05.4]', async ([mode, stage, work], { m }) => {
  const deal = await m.at('ready-to-ship');

  await m.as('elena').change(deal, { paymentMode: mode });

  expect([await m.stageOf(deal), await m.open(deal)]).toEqual([stage, [work]]);
});

test('a parcel leaves with its number, by hand, where that is permitted or it is paid on delivery [FW-05.4, FW-07.1, FW-80.3]', async ({
  m,
}) => {
  const { as, at, facts, stageOf } = m;
  const open = await at('ready-to-ship', onDelivery);
  expect(await refusal(as('ion').complete(open, 'ship-parcel'))).toContain('number of this parcel');
  await as('ion').complete(open, 'ship-parcel', { parcelNumber: '777' });
  expect(await stageOf(open)).toBe('in-transit');
  expect(await facts(open)).toMatchObject({ parcelNumber: '777', shippedAt: '2026-02-02T08:00:00.000Z' });

  const unpaid = await at('additional-payment', { paymentMode: 'full-before-dispatch' });
  const missing = await refusal(
    as('ion').move(unpaid, 'in-transit', { parcelNumber: '778', shippedAt: '2026-02-02' }),
  );
  expect(missing).toContain('Dispatch is not permitted');
  expect(await stageOf(unpaid)).toBe('additional-payment');
});

test('whoever has an order is asked about its parcel after seven days, and every three from then on while it travels [FW-07.4]', async ({
  m,
}) => {
  const { as, at, inbox } = m;
  const deal = await at('in-transit', shipped);
  const asked = async () => (await inbox('elena')).filter((line) => line.endsWith('parcel-overdue'));

  await m.advanceTo('2026-02-09 09:59');
  expect(await asked()).toEqual([]);
  await m.advanceTo('2026-02-13 10:00');
  expect(await asked()).toEqual(['2026-02-09 10:00 parcel-overdue', '2026-02-12 10:00 parcel-overdue']);

  await as('elena').move(deal, 'final-check');
  await m.advanceTo('2026-03-09 10:00');
  expect(await asked()).toHaveLength(2);
});

test('a client who is content leads to the final check, one who is not to a return with its reason and whether it is an exchange; both are the manager’s own moves [FW-07.2, FW-07.3, FW-08.1, FW-08.5]', async ({
  m,
}) => {
  const { as, at, open, stageOf } = m;
  const [content, discontent] = [await at('in-transit', shipped), await at('in-transit', shipped)];
  expect(await refusal(as('radu').move(content, 'final-check'))).toContain('404');

  await as('elena').move(content, 'final-check');
  const missing = await refusal(as('elena').move(discontent, 'return'));
  await as('elena').move(discontent, 'return', { returnReason: 'size', returnMode: 'exchange' });

  expect(await stageOf(content)).toBe('final-check');
  expect(missing).toContain('returnReason');
  expect(missing).toContain('returnMode');
  expect(await open(discontent)).toEqual(['exchange-items elena any time']);
});

test('an exchange keeps the line that came back and goes on with the pair that replaces it: from stock to dispatch, else to production [FW-08.3, FW-08.5]', async ({
  m,
}) => {
  const { as, at, boots, facts, stageOf } = m;
  await m.counted('39', 1);
  const back = { ...boots, sent: true, returned: true };
  const exchanged = async (parcelNumber: string, pair: object) => {
    const deal = await at('in-transit', { ...shipped, parcelNumber, items: [{ ...boots, sent: true }] });
    await as('vlad').ask('POST', '/v1/ledger', {
      pipeline: 'footwear-order',
      where: { field: 'parcelNumber', value: parcelNumber },
      kind: 'payment',
      amount: { amount: 160_000, currency: 'MDL' },
    });
    await as('elena').move(deal, 'return', { returnReason: 'size', returnMode: 'exchange' });
    expect(await refusal(as('elena').change(deal, { items: [pair] }))).toContain('Lines that were sent stay');
    expect(await refusal(as('elena').complete(deal, 'exchange-items'))).toContain('Mark what came back');
    await as('elena').complete(deal, 'exchange-items', { items: [back, pair] });
    return deal;
  };
  const inStock = { ...boots, size: '39', fromStock: true };

  const there = await exchanged('777', inStock);
  const toMake = await exchanged('778', { ...boots, size: '40' });

  expect([await stageOf(there), await stageOf(toMake)]).toEqual(['ready-to-ship', 'production']);
  expect(await facts(there)).toMatchObject({
    items: [back, inStock],
    orderTotal: 160_000,
    remaining: 0,
    itemCount: 1,
    returnedCount: 1,
  });
  expect((await facts(there)).parcelNumber).toBeUndefined(); // another parcel has another number
  const { items } = await as('elena').get('/v1/stock?pipeline=footwear-order&of=Boots');
  expect(
    items.map(
      ({
        article,
        quantity,
        reserved,
      }: {
        article: { size: string };
        quantity: number;
        reserved: number;
      }) => [article.size, quantity, reserved],
    ),
  ).toEqual([
    ['38', 2, 0],
    ['39', 1, 1],
  ]);
});
