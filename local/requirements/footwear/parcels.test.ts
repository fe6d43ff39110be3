import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { saying } from './company.ts';
import { test } from './money.ts';

const sentBefore = { parcelNumber: '777', shippedAt: '2026-02-02T10:00:00Z' };

test('production gets the shoes as a task for seven days and sees no price and no client; once they are made the order is ready to ship and its manager is told [FW-04.1, FW-04.2, FW-05.1, FW-60.3]', async ({
  m,
}) => {
  const { as, at, open, stageOf, advanceTo, inbox, boots } = m;
  const client = (
    await as('elena').ask('POST', '/v1/contacts', { name: 'Maria Popescu', phone: '+37369123456' })
  ).id;
  const deal = await at('production', { client, items: [{ ...boots, photo: undefined }], discount: 100 });

  expect(await open(deal)).toEqual(['make-shoes petru 2026-02-09 10:00']);
  const seen = await as('petru').get(`/v1/deals/${deal}`);
  const [row] = (await as('petru').get('/v1/desks/footwear-to-make')).items;
  expect(row).toMatchObject({ items: [{ model: 'Boots', size: '38', qty: 1 }], itemCount: 1 });
  expect(JSON.stringify([seen, row])).not.toMatch(/price|160000|orderTotal|remaining|"client"|discount/);
  await advanceTo('2026-02-06 12:00');
  await as('petru').complete(deal, 'make-shoes');

  expect(await stageOf(deal)).toBe('ready-to-ship');
  expect(await inbox('elena')).toContain('2026-02-06 12:00 ready-to-ship');
  expect(await refusal(as('petru').get(`/v1/deals/${deal}`))).toContain('404');
  expect((await as('petru').get('/v1/desks/footwear-to-make')).items).toEqual([]);
});

test('how the rest is paid is agreed within a day, and sends the order to the accountant or lets the parcel leave [FW-05.2, FW-05.3, FW-05.4]', async ({
  m,
}) => {
  const { as, at, open, stageOf, facts } = m;
  const [before, later] = [await at('ready-to-ship'), await at('ready-to-ship')];
  const toShip = async () =>
    (await as('ion').get('/v1/desks/footwear-to-ship')).items.map(({ deal }: { deal: string }) => deal);

  expect(await open(before)).toEqual(['agree-payment elena 2026-02-03 10:00']);
  expect(await refusal(as('elena').complete(before, 'agree-payment'))).toContain('Choose how it is paid');
  expect(await toShip()).toEqual([]);
  await as('elena').complete(before, 'agree-payment', { paymentMode: 'full-before-dispatch' });
  await as('elena').change(later, { paymentMode: 'on-delivery', shipTo: 'Bălți, str. Păcii 1' });

  expect(await stageOf(before)).toBe('additional-payment');
  expect([await stageOf(later), await open(later)]).toEqual(['ready-to-ship', ['ship-parcel ion any time']]);
  expect(await toShip()).toEqual([later]);
  await as('ion').complete(later, 'ship-parcel', { parcelNumber: '778' });
  expect(await stageOf(later)).toBe('in-transit');
  expect(await facts(later)).toMatchObject({ parcelNumber: '778', shippedAt: '2026-02-02T08:00:00.000Z' });
});

test('a parcel is on its way only with its number, when it left, and leave to go; then its manager is reminded after seven days and every three [FW-07.1, FW-07.4]', async ({
  m,
}) => {
  const { as, at, advanceTo, inbox, stageOf } = m;
  const early = await at('ready-to-ship', { paymentMode: 'on-delivery' });
  const deal = await at('in-transit', { ...sentBefore, paymentMode: 'on-delivery' });

  expect(await refusal(as('elena').move(early, 'in-transit'))).toBe(
    '422 fields.parcelNumber: Fill in “Parcel number”; fields.shippedAt: Fill in “Shipped”',
  );
  expect(
    await refusal(as('elena').move(early, 'in-transit', { ...sentBefore, paymentMode: null })),
  ).toContain('Dispatch is not permitted');
  await advanceTo('2026-02-09 09:59:59');
  expect((await inbox('elena')).filter((line) => line.endsWith('parcel-overdue'))).toEqual([]);
  await advanceTo('2026-02-15 10:00');

  expect((await inbox('elena')).filter((line) => line.endsWith('parcel-overdue'))).toEqual([
    '2026-02-09 10:00 parcel-overdue',
    '2026-02-12 10:00 parcel-overdue',
    '2026-02-15 10:00 parcel-overdue',
  ]);
  await as('elena').move(deal, 'final-check');
  await advanceTo('2026-03-01 10:00');
  expect((await inbox('elena')).filter((line) => line.endsWith('parcel-overdue'))).toHaveLength(3);
  expect(await stageOf(deal)).toBe('final-check');
});

test('a manager sends a received order to the check, or takes it back for a reason; an exchange keeps the line that came back and goes on from stock or from production [FW-07.2, FW-07.3, FW-08.1, FW-08.3, FW-08.5]', async ({
  m,
}) => {
  const { as, at, boots, stageOf, card, enter, fact } = m;
  await as('ion').ask('PUT', '/v1/stock', {
    pipeline: 'footwear-order',
    article: { model: 'Boots', size: '39', colour: 'black' },
    quantity: 1,
  });
  const parcel = { ...sentBefore, paymentMode: 'on-delivery', items: [{ ...boots, sent: true }] };
  const [fits, small] = [await at('in-transit', parcel), await at('in-transit', parcel)];
  const other = await enter('in-transit', parcel, { responsible: 'elena', paid: 480 });
  const worn = { ...boots, returned: true };
  const pair = (more: object) => ({ ...boots, size: '39', ...more });

  await as('elena').move(fits, 'final-check');
  expect(await refusal(as('elena').move(small, 'return'))).toBe(
    '422 fields.returnReason: Fill in “Reason of the return”; fields.returnMode: Fill in “Return or exchange”',
  );
  for (const deal of [small, other])
    await as('elena').move(deal, 'return', { returnReason: 'size', returnMode: 'exchange' });
  expect(await refusal(as('elena').complete(small, 'exchange-items', { items: [worn] }))).toContain(
    'Mark what came back, and enter what replaces it',
  );
  expect(await refusal(as('elena').change(small, { items: [pair({ fromStock: true })] }))).toContain(
    'Lines that were sent stay in the order',
  );
  await as('elena').complete(small, 'exchange-items', { items: [worn, pair({ fromStock: true })] });
  await as('elena').complete(other, 'exchange-items', { items: [worn, pair({})] });

  expect(await Promise.all([fits, small, other].map(stageOf))).toEqual([
    'final-check',
    'ready-to-ship',
    'production',
  ]);
  expect((await card(small)).deal.fields.items).toMatchObject([
    { size: '38', sent: true, returned: true },
    { size: '39', fromStock: true },
  ]);
  expect(await fact(small, 'parcelNumber')).toBeUndefined();
  expect(await fact(other, 'toMake')).toBe(1);
});

test('a client whose order is archived writes: it is back at negotiation, urgent, with the manager it had [FW-10.1, FW-10.2, FW-50.3]', async ({
  m,
}) => {
  const { as, at, says, pay, stageOf, fact, inbox, advanceTo } = m;
  const { id: client } = await as('elena').ask('POST', '/v1/contacts', {
    name: 'Maria Popescu',
    social: { instagram: 'ig-maria' },
  });
  const deal = await at('final-check', { client, urgent: false });
  await pay('doina', deal, 1_600);
  await as('doina').change(deal, { payDate: '2026-02-28' });
  await as('doina').decide(deal, 'grant-pay', 'approved');
  expect(await stageOf(deal)).toBe('archive');

  await advanceTo('2026-02-23 09:00');
  await says('instagram', saying('m-1'));

  expect([await stageOf(deal), await fact(deal, 'urgent'), await fact(deal, 'responsible')]).toEqual([
    'negotiation',
    true,
    'elena',
  ]);
  expect(await inbox('elena')).toContain('2026-02-23 09:00 client-wrote');
});

test('an order that came back is sold once more: the next parcel is agreed, permitted and numbered anew, and its first pair is neither made nor sent again [FW-10.1, FW-05.2]', async ({
  m,
}) => {
  const { as, enter, boots, open, facts, stageOf } = m;
  const worn = { ...sentBefore, paymentMode: 'on-delivery', shippingAllowed: true, saleDate: '2026-01-12' };
  const deal = await enter(
    'negotiation',
    { ...worn, items: [{ ...boots, sent: true }] },
    { responsible: 'elena', paid: 1_600 },
  );

  await as('elena').change(deal, { items: [boots, { ...boots, size: '40' }] });
  await as('elena').pay(deal, 480);
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'approved');
  expect([await stageOf(deal), (await facts(deal)).toMake]).toEqual(['production', 1]);
  await as('petru').complete(deal, 'make-shoes');

  expect(await open(deal)).toEqual(['agree-payment elena 2026-02-03 10:00']);
  const { parcelNumber, shippedAt, shippingAllowed, remaining, saleDate } = await facts(deal);
  expect([parcelNumber, shippedAt, shippingAllowed]).toEqual([undefined, undefined, undefined]);
  expect([remaining, saleDate]).toEqual([112_000, '2026-01-12']);
});
