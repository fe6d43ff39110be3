import { beforeEach, expect, test } from 'vitest';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';
import { handler } from './port.handler.ts';

let at: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
});

const said = (adapter: string, type: string, detail: object) =>
  handler({ source: `voronka.port.${adapter}`, 'detail-type': type, detail: { type, ...detail } } as never);

const aDeal = async () =>
  (await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'Ремни', responsible: 'pavel' })).body
    .id as string;

const payment = (deal: string) => ({
  externalId: 'rk-1',
  deal,
  amount: { amount: 500_000, currency: 'RUB' },
  day: '2026-10-01',
});

test('a payment said twice is one entry, under the adapter’s own account', async () => {
  const deal = await aDeal();

  await said('robokassa', 'payment.received', payment(deal));
  await said('robokassa', 'payment.received', payment(deal));

  const { body: card } = await at.rita.get(`/v1/deals/${deal}`);
  expect(card.ledger).toMatchObject([
    {
      kind: 'payment',
      account: 'robokassa',
      source: 'robokassa',
      externalId: 'rk-1',
      by: { system: 'robokassa' },
    },
  ]);
  expect(card.deal.facts.paidTotal).toBe(500_000);
});

test('a payment said twice at the same instant is one entry', async () => {
  const deal = await aDeal();

  await Promise.all([1, 2, 3].map(() => said('robokassa', 'payment.received', payment(deal))));

  expect((await at.rita.get(`/v1/deals/${deal}`)).body.deal.facts.paidTotal).toBe(500_000);
});

test('a payment for a deal that is not there is thrown, naming the deal', async () => {
  await expect(said('robokassa', 'payment.received', payment('none'))).rejects.toThrow('no deal "none"');
});

test('an event of the wrong form is thrown, naming what is wrong', async () => {
  await expect(said('robokassa', 'payment.received', { externalId: 'x', deal: 'd' })).rejects.toThrow(
    /robokassa payment\.received: .*amount/,
  );
});

test('a shipment puts the track number on the deal', async () => {
  const deal = await aDeal();

  await said('cdek', 'shipment.registered', { externalId: 'c-1', deal, trackNumber: '10012345' });

  const { body } = await at.pavel.get(`/v1/deals/${deal}`);
  expect(body.deal.fields.trackNumber).toBe('10012345');
  expect(body.deal.changedBy).toEqual({ system: 'cdek' });
});

const request = {
  externalId: 'mail-7',
  pack: 'industrial',
  pipeline: 'goods',
  title: 'Нужны подшипники',
  channel: 'mail',
  contact: { name: 'Игорь', email: 'igor@client.example', phone: '8 (916) 123-45-67' },
};

test('a request becomes one deal in the queue with a new contact, however often it is said', async () => {
  await said('mail', 'request.received', request);
  await said('mail', 'request.received', request);

  const { body } = await at.pavel.get('/v1/deals?pipeline=goods');
  expect(body.items).toMatchObject([{ number: 'G-1', stage: 'unprocessed', title: 'Нужны подшипники' }]);
  const { body: found } = await at.pavel.get('/v1/contacts?phone=%2B79161234567');
  expect(found.items).toMatchObject([{ id: body.items[0].fields.contact, name: 'Игорь' }]);
});

test('a request from a known address leads to the contact there is', async () => {
  await said('mail', 'request.received', request);
  await said('mail', 'request.received', { ...request, externalId: 'mail-8' });

  const { body } = await at.pavel.get('/v1/deals?pipeline=goods');
  const [one, other] = body.items;
  expect(body.items).toHaveLength(2);
  expect(one.fields.contact).toBe(other.fields.contact);
});

test('a load of goods adds what is new and changes what differs', async () => {
  const guid1c = '0b7e8f6c-9d55-4a53-8a1f-1f2d3c4b5a69';
  const product = { guid1c, name: 'Ремень', unit: 'шт', price: 12_000, currency: 'RUB' };

  await said('1c', 'nomenclature.loaded', { externalId: 'n-1', products: [product] });
  await said('1c', 'nomenclature.loaded', {
    externalId: 'n-2',
    products: [{ ...product, price: 13_000 }],
    companies: [{ guid1c, name: 'Болт', taxNumber: '7701234567' }],
  });

  expect((await at.nina.get('/v1/products')).body.items).toMatchObject([
    { guid1c, price: 13_000, version: 2 },
  ]);
  expect((await at.pavel.get('/v1/companies?taxNumber=7701234567')).body.items).toMatchObject([
    { name: 'Болт', guid1c },
  ]);
});
