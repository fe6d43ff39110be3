import { describe, expect } from 'vitest';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { Pack } from '../../../schemas/pack.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import { shipping, test } from './company.ts';

const minutes = (count: number) => count * 60_000;
const hours = (count: number) => minutes(count * 60);

describe('what goes wrong while a parcel is ordered', () => {
  test('whatever befalls one call, the parcel is there once, by another attempt', async ({ w }) => {
    useOutsidePatience(200);
    const faults = [
      'down', // before anything is read
      '503',
      '429',
      'slow', // made, and the answer never comes
      'lost-answer', // made, and the connection cut before it
      'malformed',
      'html',
      'token-expired',
      'unauthorised',
    ];
    const became: unknown[] = [];
    for (const fault of faults) {
      await w.cdek({ fault });
      const deal = await w.shipped();
      await w.clock.advance(minutes(10));
      const parcels = await w.parcels(deal);
      const orders = w.held('Orders').filter(([number]) => number === parcels[0]?.number);
      became.push([fault, parcels.length, parcels[0]?.state, orders.length, (await w.letters(deal)).length]);
    }

    expect(became).toEqual(faults.map((fault) => [fault, 1, 'created', 1, 1]));
  });

  test('an account that is refused for a day becomes a task, and the deal waits', async ({ w }) => {
    await w.cdek({ fault: 'unauthorised', times: 10_000 });

    const deal = await w.shipped();
    await w.advanceTo('2026-02-03 12:00');

    expect(await w.fact(deal, 'parcel')).toBe('rejected');
    expect(await w.open(deal)).toEqual([
      expect.stringMatching(/^CDEK did not take parcel D-1-1-\w{4} pavel/),
    ]);
    expect(await w.inbox('pavel')).toContain('2026-02-02 11:00 parcel-order-late');
    expect(await w.letters(deal)).toEqual([]);
  });

  test('an order that CDEK finds invalid is told with its reasons; mended and sent once more it goes', async ({
    w,
  }) => {
    await w.cdek({ fault: 'invalid-order' });
    const deal = await w.registered();
    const task = (await w.tasks(deal)).find(({ step, status }) => step === undefined && status === 'open');
    expect(task?.about).toMatch(/Некорректный телефон \+79161234567 \(v2_invalid_format\)/);
    expect(await w.letters(deal)).toEqual([]);

    await w.as('pavel').change(deal, { deliveryPoint: 'SPB11' });
    await w.as('pavel').ask('POST', `/v1/deals/${deal}/parcels`, {});
    await w.clock.advance(10_000);

    expect(await w.parcels(deal)).toMatchObject([
      { state: 'created', to: { point: 'SPB11' } },
      { state: 'rejected', problems: [{ code: 'v2_invalid_format' }] },
    ]);
    expect(await w.letters(deal)).toHaveLength(1);
    expect(JSON.stringify((await w.as('pavel').get(`/v1/outbox?deal=${deal}`)).items)).not.toContain('+7916');
  });

  test('what CDEK refused is sent once more under its number, made anew of what the deal says then', async ({
    w,
  }) => {
    await w.cdek({ fault: 'invalid-order', times: 2 });
    const deal = await w.registered();
    await w.clock.advance(minutes(3));
    const [{ number }] = await w.parcels(deal);
    const { items } = await w.as('admin').get(`/v1/outbox?deal=${deal}`);
    const { id } = items.find(({ kind }: { kind: string }) => kind === 'register');
    const again = () => w.as('admin').ask('POST', `/v1/outbox/${id}/again`, { reason: 'mended' });
    await w.as('pavel').change(deal, { deliveryPoint: 'SPB11' });

    await again();
    await w.clock.advance(minutes(3));
    const refusedAgain = (await w.open(deal)).filter((line) => line.startsWith('CDEK did not take'));
    await again();
    await w.clock.advance(minutes(3));

    expect(refusedAgain).toHaveLength(2);
    expect(await w.parcels(deal)).toMatchObject([{ number, state: 'created', to: { point: 'SPB11' } }]);
    expect((await w.parcels(deal))[0]).not.toHaveProperty('problems');
    expect(await w.letters(deal)).toHaveLength(1);
  });

  test('an order given up is called off where CDEK has it, and is rejected where it never had it', async ({
    w,
  }) => {
    await w.registered(); // signs in
    const given: unknown[] = [];
    for (const fault of ['lost-answer', 'malformed', '503']) {
      await w.cdek({ fault });
      const deal = await w.shipped();
      const { items } = await w.as('admin').get(`/v1/outbox?deal=${deal}`);
      const { id, state } = items.find(({ kind }: { kind: string }) => kind === 'register');
      await w.as('admin').ask('POST', `/v1/outbox/${id}/give-up`, { reason: 'goes by another carrier' });
      await w.clock.advance(minutes(5));
      const [{ number, state: parcel }] = await w.parcels(deal);
      const there = w.held('Orders').find(([order]) => order === number);
      given.push([fault, state, parcel, there?.includes('REMOVED') ?? 'never there']);
    }

    expect(given).toEqual([
      ['lost-answer', 'retrying', 'cancelled', true],
      ['malformed', 'retrying', 'cancelled', true],
      ['503', 'retrying', 'rejected', 'never there'],
    ]);
  });

  test('an order to be paid where nothing can be paid is not sent, and the task says who mends it', async () => {
    const pack = structuredClone(industrial) as Pack;
    const step = pack.pipelines
      .find(({ id }) => id === 'goods')
      ?.stages.shipment?.work?.find(({ id }) => id === 'carrier-order');
    Object.assign(step ?? {}, { cod: 'dealTotal' });
    const w = await shipping('2026-02-02 09:00', Pack.parse(pack));
    const why = async (deal: string) =>
      (await w.parcels(deal))[0].problems.map(({ words }: { words: string }) => words);

    const atLocker = await w.registered({ deliveryPoint: 'NSK201' });
    await w.cdek({ fault: 'prepaid-only' });
    const inCity = await w.registered();

    expect(await why(atLocker)).toEqual([
      'В пункте NSK201 нельзя платить при получении: выберите другой пункт или примите оплату заранее',
    ]);
    expect(await why(inCity)).toEqual([
      expect.stringMatching(/^В городе Новосибирск СДЭК не принимает оплату при получении: примите оплату/),
    ]);
    expect(await w.open(inCity)).toContainEqual(expect.stringMatching(/^CDEK did not take parcel/));
    expect(w.held('Orders')).toEqual([]);
    await w.stop();
  });

  test('without a place, a phone or a tariff nothing is asked of CDEK, and the responsible is told what is missing', async ({
    w,
  }) => {
    const nowhere = await w.shipped({ deliveryPoint: null });
    const nobody = await w.shipped({ contact: 'boris' });

    expect(w.held('Orders')).toEqual([]);
    expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 place-missing']);
    expect(await w.open(nowhere)).toEqual([expect.stringContaining('confirm-delivery')]);
    const [task] = (await w.tasks(nobody)).filter(({ status }) => status === 'open');
    expect([task?.title.en, task?.about]).toEqual([
      'No parcel was ordered of CDEK: something is missing',
      'Получатель неизвестен: укажите контакт с телефоном. Дополните сделку и закажите посылку.',
    ]);
    await w.as('pavel').change(nobody, { trackNumber: '77' });
    expect(await w.open(nobody)).toContainEqual(expect.stringContaining('confirm-delivery'));
  });
});

describe('what CDEK says', () => {
  const address = 'http://cdek.invalid';
  const hook = async (w: { secrets: { read(name: string): unknown } }) =>
    `/v1/webhooks/cdek/${(w.secrets.read('world/cdek') as Record<string, { webhookToken: string }>).industrial?.webhookToken}`;
  const status = (uuid: string, number: string, code: string, at = '2026-02-02T06:30:00+0000') => ({
    type: 'ORDER_STATUS',
    date_time: at,
    uuid,
    attributes: { number, code, status_date_time: at },
  });

  test('another address is nobody’s, and a word nobody knows is kept and comes to nothing', async ({ w }) => {
    const deal = await w.registered();
    const [parcel] = await w.parcels(deal);
    const forged = status(parcel.uuid, parcel.number, 'DELIVERED');

    const wrong = await w.ask('/v1/webhooks/cdek/abcdefghijklmnopqrstuvwx', { json: forged });
    const right = await w.ask(await hook(w), { json: forged });
    const words = await w.ask(await hook(w), { method: 'POST', body: '{"half":' });
    const large = await w.ask(await hook(w), { method: 'POST', body: 'x'.repeat(70_000) });

    expect([wrong, right, words, large].map((answer) => answer.status)).toEqual([404, 200, 200, 413]);
    expect(wrong.text).not.toContain(address);
    expect(await w.fact(deal, 'parcel')).toBe('created'); // what CDEK itself says of the order
    const { items } = await w.table.query({ index: 'g1', pk: 'OUTBOX#refused' });
    expect(items).toMatchObject([{ provider: 'cdek', kind: 'unreadable' }]);
  });

  test('an order of a number that is not ours, and another order under the number of ours, change nothing', async ({
    w,
  }) => {
    const deal = await w.registered();
    const [parcel] = await w.parcels(deal);
    const before = await w.card(deal);

    await w.ask(await hook(w), { json: status('9adca50a-0000-4000-9000-000000000001', 'X-1', 'DELIVERED') });
    await w.ask(await hook(w), {
      json: status('9adca50a-0000-4000-9000-000000000001', parcel.number, 'DELIVERED'),
    });

    expect((await w.card(deal)).parcels).toEqual(before.parcels);
    expect(await w.fact(deal, 'parcel')).toBe('created');
  });

  test.for(['twice', 'late', 'reordered', 'never'] as const)(
    'statuses whose callbacks come %s are each told once, in their order, and end where they end',
    async (fault, { w }) => {
      const deal = await w.registered();
      const [parcel] = await w.parcels(deal);
      await w.cdek({ fault, times: 20 });
      await w.cdek({ do: 'journey', order: parcel.number, end: 'delivered' });

      await w.clock.advance(hours(100));

      const [after] = await w.parcels(deal);
      expect(after.statuses.map(({ code }: { code: string }) => code)).toEqual([
        'ACCEPTED',
        'CREATED',
        'RECEIVED_AT_SHIPMENT_WAREHOUSE',
        'READY_FOR_SHIPMENT_IN_SENDER_CITY',
        'TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY',
        'SENT_TO_RECIPIENT_CITY',
        'ACCEPTED_IN_RECIPIENT_CITY',
        'ACCEPTED_AT_PICK_UP_POINT',
        'DELIVERED',
      ]);
      expect(after.state).toBe('delivered');
      expect(await w.endsOf(deal, 'confirm-delivery')).toEqual(['done by the system']);
      const feed = (await w.as('pavel').get(`/v1/deals/${deal}`)).feed.filter(
        ({ kind }: { kind: string }) => kind === 'parcel',
      );
      const told = feed.flatMap(
        ({ data }: { data: { statuses?: { code: string }[] } }) => data.statuses ?? [],
      );
      expect(told).toHaveLength(9);
    },
  );

  test('a callback given again after a day, and one that says an end is taken back, leave the end as it is', async ({
    w,
  }) => {
    const deal = await w.registered();
    const [parcel] = await w.parcels(deal);
    await w.cdek({ do: 'status', order: parcel.number, code: 'DELIVERED' });
    const { statuses } = (await w.parcels(deal))[0];
    await w.clock.advance(hours(25));

    const last = statuses.at(-1);
    await w.ask(await hook(w), {
      json: status(parcel.uuid, parcel.number, last.code, last.at.replace('.000Z', '+0000')),
    });
    await w.cdek({ do: 'take-back', order: parcel.number, code: 'DELIVERED' });

    expect((await w.parcels(deal))[0].state).toBe('delivered');
    expect((await w.open(deal)).filter((line) => line.startsWith('CDEK took back'))).toHaveLength(1);
  });

  test('a parcel that is not handed over is a task, and comes back as a parcel of its own', async ({ w }) => {
    const deal = await w.registered();
    const [{ number }] = await w.parcels(deal);
    await w.cdek({ do: 'journey', order: number, end: 'refused' });

    await w.clock.advance(hours(24 * 6));

    expect(await w.parcels(deal)).toMatchObject([
      { kind: 'return', number: `${number}-R`, state: 'delivered' },
      { kind: 'order', number, state: 'returned' },
    ]);
    expect(await w.fact(deal, 'parcel')).toBe('returned');
    const tasks = (await w.open(deal)).map((line) => line.split(' pavel')[0]);
    expect(tasks).toEqual([
      `Parcel ${number} was not delivered and comes back`,
      `The return ${number}-R has come: fetch it and book it in`,
      'confirm-delivery',
    ]);
  });

  test('subscriptions that CDEK switched off are made anew by the next day', async ({ w }) => {
    await w.registered();
    await w.cdek({ do: 'forget-webhooks' });
    expect(w.held('Subscriptions')).toEqual([]);

    const { handler } = await import('../../../functions/delivery/work.handler.ts');
    await handler({ daily: 'cdek' }, {} as never);
    await handler({ daily: 'cdek' }, {} as never);
    await w.clock.settle();

    expect(w.held('Subscriptions').map(([type]) => type)).toEqual(['ORDER_STATUS', 'PRINT_FORM']);
  });
});
