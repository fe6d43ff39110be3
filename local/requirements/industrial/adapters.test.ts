import { describe, expect } from 'vitest';
import { PortEvent } from '../../../schemas/event.ts';
import { test } from './company.ts';

const said = (event: Record<string, unknown>) => PortEvent.parse(event);

describe('a request from outside', () => {
  const request = (more: Record<string, unknown>) =>
    said({
      type: 'request.received',
      externalId: 'r-1',
      pack: 'industrial',
      pipeline: 'goods',
      title: '12 bearings',
      channel: 'form',
      contact: { name: 'Igor', email: 'igor@client.example' },
      ...more,
    });

  test.for([
    ['form', 'goods'],
    ['mail', 'services'],
  ] as const)(
    'a request by %s waits in the queue of %s for anybody [IN-X-01.1]',
    async ([channel, pipeline], { w }) => {
      await w.says(channel, request({ channel, pipeline }));

      const { items } = await w.as('pavel').get(`/v1/deals?pipeline=${pipeline}&stage=unprocessed`);
      expect(items).toMatchObject([{ title: '12 bearings', pipeline, stage: 'unprocessed' }]);
      expect(items[0].responsible).toBeUndefined();
      expect(await w.open(items[0].id)).toEqual([]);
    },
  );

  test('a request typed in by hand waits there as well, with the next number [IN-X-01.1]', async ({ w }) => {
    await w.says('form', request({}));

    const deal = await w.as('pavel').create();

    const { number, stage, responsible } = (await w.card(deal)).deal;
    expect([number, stage, responsible]).toEqual(['G-2', 'unprocessed', undefined]);
  });

  test('said twice it is one deal [IN-X-01.1]', async ({ w }) => {
    await w.says('form', request({}));
    await w.says('form', request({}));

    expect((await w.as('pavel').get('/v1/deals?pipeline=goods')).items).toHaveLength(1);
  });
});

describe('the carrier', () => {
  const fields = { dealTotal: 24_000_000, contact: 'anna', deliveryTerms: 'carrier' };
  const registered = (deal: string, trackNumber = '1234567890') =>
    said({ type: 'shipment.registered', externalId: 'cdek-1', deal, trackNumber });

  test('an adapter hears on the bus that a shipment is to be arranged, and for which deal [IN-X-80.1, IN-G-06.7]', async ({
    w,
  }) => {
    const deal = await w.enter('shipment', fields, { paid: 240_000 });

    const asked = w.events.filter(({ type }) => type === 'task.opened').map(({ detail }) => detail);
    expect(asked).toMatchObject([{ deal, pipeline: 'goods', data: { step: 'arrange-shipment' } }]);
  });

  test('the track number it answers is on the deal and in the letter to the client [IN-X-80.1, IN-G-06.7]', async ({
    w,
  }) => {
    const deal = await w.enter('shipment', fields, { paid: 240_000 });

    await w.says('cdek', registered(deal));
    await w.as('pavel').complete(deal, 'arrange-shipment');

    expect(await w.fact(deal, 'trackNumber')).toBe('1234567890');
    expect((await w.card(deal)).deal.changedBy).toEqual({ system: 'cdek' });
    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
    expect(items[0]?.body).toContain('1234567890');
  });

  test('a registration said again, or with another number, changes nothing [IN-X-80.1]', async ({ w }) => {
    const deal = await w.enter('shipment', fields, { paid: 240_000 });
    await w.says('cdek', registered(deal));
    const before = await w.card(deal);

    await w.says('cdek', registered(deal));
    await w.says('cdek', registered(deal, '999'));

    expect((await w.card(deal)).deal).toEqual(before.deal);
  });
});

describe('the payment system', () => {
  const received = (deal: string, roubles: number, externalId = 'rk-1') =>
    said({
      type: 'payment.received',
      externalId,
      deal,
      amount: { amount: roubles * 100, currency: 'RUB' },
      day: '2026-02-02',
    });

  test('a payment it confirms is an entry of the ledger that closes the payment task [IN-X-80.2]', async ({
    w,
  }) => {
    const deal = await w.enter('picking', { dealTotal: 24_000_000, payerKind: 'person' });

    await w.says('robokassa', received(deal, 240_000));

    expect((await w.card(deal)).ledger).toMatchObject([
      { kind: 'payment', account: 'robokassa', externalId: 'rk-1', by: { system: 'robokassa' } },
    ]);
    expect(await w.fact(deal, 'paidTotal')).toBe(24_000_000);
    expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['done by the system']);
  });

  test('one payment, however often and whenever it is confirmed, counts once [IN-X-80.2]', async ({ w }) => {
    const deal = await w.enter('picking', { dealTotal: 24_000_000 });

    await Promise.all([1, 2, 3].map(() => w.says('robokassa', received(deal, 100_000))));
    await w.advanceTo('2026-02-09 09:00');
    await w.says('robokassa', received(deal, 100_000));

    expect(await w.fact(deal, 'paidTotal')).toBe(10_000_000);
  });

  test('two payments of the same amount are two [IN-X-80.2]', async ({ w }) => {
    const deal = await w.enter('picking', { dealTotal: 24_000_000 });

    await w.says('robokassa', received(deal, 100_000, 'rk-1'));
    await w.says('robokassa', received(deal, 100_000, 'rk-2'));

    expect(await w.fact(deal, 'paidTotal')).toBe(20_000_000);
  });
});

describe('accounting', () => {
  const bearing = '0b7e8f6c-9d55-4a53-8a1f-1f2d3c4b5a69';
  const foundry = '5a3c0f0e-6b0e-4b58-9d0e-5d8f2d3c4b5a';
  const loaded = (externalId: string, price: number, name: string) =>
    said({
      type: 'nomenclature.loaded',
      externalId,
      products: [{ guid1c: bearing, name: 'Bearing 6205', unit: 'pcs', price, currency: 'RUB' }],
      companies: [{ guid1c: foundry, name, taxNumber: '7701234567' }],
    });

  test('a load adds articles and companies by their guid [IN-X-80.3]', async ({ w }) => {
    await w.says('1c', loaded('night-1', 150_000, 'Foundry'));

    expect((await w.as('nina').get('/v1/products')).items).toMatchObject([
      { guid1c: bearing, price: 150_000 },
    ]);
    const { items } = await w.as('pavel').get('/v1/companies?taxNumber=7701234567');
    expect(items).toMatchObject([{ guid1c: foundry, name: 'Foundry' }]);
  });

  test('the next load brings the same ones up to date and adds none [IN-X-80.3]', async ({ w }) => {
    await w.says('1c', loaded('night-1', 150_000, 'Foundry'));
    const [before] = (await w.as('nina').get('/v1/products')).items;

    await w.says('1c', loaded('night-2', 160_000, 'Foundry South'));

    expect((await w.as('nina').get('/v1/products')).items).toMatchObject([{ id: before.id, price: 160_000 }]);
    const { items } = await w.as('pavel').get('/v1/companies?taxNumber=7701234567');
    expect(items).toMatchObject([{ guid1c: foundry, name: 'Foundry South' }]);
  });

  test('a load said again changes nothing [IN-X-80.3]', async ({ w }) => {
    await w.says('1c', loaded('night-1', 150_000, 'Foundry'));
    await w.says('1c', loaded('night-2', 160_000, 'Foundry'));

    await w.says('1c', loaded('night-1', 150_000, 'Foundry'));

    expect((await w.as('nina').get('/v1/products')).items).toMatchObject([{ price: 160_000, version: 2 }]);
  });
});

describe('letters', () => {
  test('each event writes to the client by a template of its own, in the client’s language [IN-X-80.4]', async ({
    w,
  }) => {
    const fields = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };
    const collected = await w.enter('picking', fields, { paid: 1 });
    const sent = await w.enter('shipment', { ...fields, trackNumber: '77' }, { paid: 1 });

    await w.as('pavel').complete(collected, 'pick-order');
    await w.as('pavel').complete(sent, 'arrange-shipment');

    const words = async (deal: string) => {
      const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
      return items.map(({ text, to, subject, body }: Record<string, string>) => [text, to, subject, body]);
    };
    expect(await words(collected)).toEqual([
      [
        'goods-ready',
        'anna@plant-demo-1.example',
        'Заказ D-1 готов к выдаче',
        expect.stringContaining('Павел Рябов'),
      ],
    ]);
    expect(await words(sent)).toEqual([
      [
        'track-number',
        'anna@plant-demo-1.example',
        'Заказ D-2 отправлен',
        expect.stringContaining('Трек-номер: 77.'),
      ],
    ]);
  });

  test('the executor is written to before a visit, in the app as well [IN-X-80.4]', async ({ w }) => {
    const deal = await w.enter(
      'awaiting-visit',
      { workExecutor: 'artem', plannedReadinessDate: '2026-02-06T10:00:00+03:00' },
      { pipeline: 'services' },
    );

    await w.advanceTo('2026-02-06 07:59:59');
    expect(await w.letters(deal)).toEqual([]);
    await w.advanceTo('2026-02-06 08:00');

    expect(await w.letters(deal)).toEqual(['2026-02-06 08:00 readiness-soon to artem@industrial.example']);
    expect(await w.inbox('artem')).toEqual(['2026-02-06 08:00 readiness-soon']);
  });

  test('a letter is kept before it is sent, and its sending asked for once [IN-X-80.4]', async ({ w }) => {
    const deal = await w.enter(
      'shipment',
      { dealTotal: 100, contact: 'anna', trackNumber: '77' },
      { paid: 1 },
    );

    await w.as('pavel').complete(deal, 'arrange-shipment');

    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
    expect(items).toMatchObject([{ state: 'queued', attempts: 0, channel: 'email' }]);
    expect(w.events.filter(({ type }) => type === 'message.queued')).toHaveLength(1);
  });
});
