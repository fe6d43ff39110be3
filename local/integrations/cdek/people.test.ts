import { describe, expect } from 'vitest';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import { refusal } from '../../world/staff.ts';
import { world } from '../../world.ts';
import { goods, test } from './company.ts';

const seconds = (count: number) => count * 1000;
const path = (deal: string, parcel: { id: string }, verb: string) =>
  `/v1/deals/${deal}/parcels/${parcel.id}/${verb}`;

describe('before a parcel is ordered', () => {
  test('cities and points are found by what people type', async ({ w }) => {
    const pavel = w.as('pavel');
    const cities = await pavel.get(`/v1/delivery/cities?name=${encodeURIComponent('Каз')}`);
    const points = await pavel.get(
      `/v1/delivery/points?city=424&kind=point&payOnDelivery=true&search=${encodeURIComponent('мира')}`,
    );

    expect(cities.items).toMatchObject([{ code: 424, name: 'Казань', prepaidOnly: false }]);
    expect(points.items).toMatchObject([{ code: 'KZN12', kind: 'point', payOnDelivery: true }]);
    expect(await refusal(pavel.get('/v1/delivery/cities'))).toMatch(/^400 name: nothing given/);
    expect(await refusal(pavel.get('/v1/delivery/points?city=424&pack=coffee'))).toMatch(
      /^400 pack: coffee does not ship by CDEK; these do: industrial/,
    );
  });

  test('cities and points are asked for by the account of a company where one works', async () => {
    const w = await world({ at: '2026-02-02 09:00', packs: [industrial, coffee] });
    const ask = (user: string, query: string) =>
      w.as(user).get(`/v1/delivery/points?city=424&limit=1${query}`);

    expect((await ask('pavel', '&pack=industrial')).items).toHaveLength(1);
    expect(await refusal(ask('yana', '&pack=industrial'))).toMatch(
      /^403 pack: industrial is not where you work; you work in coffee/,
    );
    expect(await refusal(ask('yana', ''))).toMatch(/^400 pack: coffee does not ship by CDEK/);
    await w.stop();
  });

  test('tariffs are asked for the goods of the deal, and the chosen one is kept in its fields by who may write them', async ({
    w,
  }) => {
    const deal = await w.deal();
    const ask = (user: string, body: unknown) =>
      w.as(user).ask('POST', `/v1/deals/${deal}/delivery/tariffs`, body);

    const { items } = await ask('pavel', {});
    const { deal: chosen } = await ask('pavel', { point: 'SPB11', choose: 136 });

    expect(items.map(({ tariff, to }: { tariff: number; to: string }) => `${tariff} ${to}`)).toContain(
      '136 point',
    );
    expect(items.some(({ from }: { from: string }) => from === 'door')).toBe(false);
    expect(chosen.fields).toMatchObject({
      deliveryPoint: 'SPB11',
      deliveryTariff: 136,
      deliveryPrice: expect.any(Number),
      deliveryDate: expect.stringMatching(/^2026-02-/),
    });
    expect(await refusal(ask('pavel', { choose: 1 }))).toMatch(
      /^400 choose: given 1; by these it could go: /,
    );
    expect(await refusal(ask('nina', { choose: 136 }))).toMatch(/^403 /);
  });
});

describe('a parcel that was ordered', () => {
  test('holds nothing of the person, whose export has it; its papers are files of the deal', async ({
    w,
  }) => {
    const deal = await w.registered();
    await w.clock.advance(seconds(30));

    const { parcels, files } = await w.card(deal);
    expect(JSON.stringify(parcels)).not.toMatch(/Сомова|\+7916|anna/);
    const { track, number } = parcels[0] ?? {};
    expect((await w.as('admin').get('/v1/contacts/anna/export')).deals).toMatchObject([
      { parcels: [{ carrier: 'cdek', track, number, state: 'created' }] },
    ]);
    expect(files.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      expect.stringMatching(/^Накладная СДЭК D-1-1-\w{4}\.pdf application\/pdf$/),
      expect.stringMatching(/^Этикетка СДЭК D-1-1-\w{4}\.pdf application\/pdf$/),
    ]);
    expect(parcels[0]?.lines).toEqual([
      { name: 'Bearing 6205', article: '1', quantity: 10, price: 1_500_000, weight: 90, cod: 0 },
      { name: 'Grease, kg × 1.5', article: '2', quantity: 1, price: 9_000_000, weight: 90, cod: 0 },
    ]);
  });

  test('is one at a time, by who may edit the deal', async ({ w }) => {
    const deal = await w.registered();

    expect(await refusal(w.as('pavel').ask('POST', `/v1/deals/${deal}/parcels`, {}))).toMatch(
      /^422 parcel: Parcel D-1-1-\w{4} is ordered already \(created\)/,
    );
    expect(await refusal(w.as('nina').ask('POST', `/v1/deals/${deal}/parcels`, {}))).toMatch(/^403 /);
    const [parcel] = await w.parcels(deal);
    expect(await refusal(w.as('nina').ask('POST', path(deal, parcel, 'cancel')))).toMatch(/^403 /);
  });

  test('is removed before it is handed in, and its number leaves the deal', async ({ w }) => {
    const deal = await w.registered();
    const [parcel] = await w.parcels(deal);

    const asked = await w.as('pavel').ask('POST', path(deal, parcel, 'cancel'));
    expect(await refusal(w.as('pavel').ask('POST', path(deal, parcel, 'cancel')))).toMatch(
      /CDEK has been asked/,
    );
    await w.clock.advance(seconds(60));

    expect(asked.asked).toBe('cancel');
    expect(await w.parcels(deal)).toMatchObject([{ state: 'cancelled' }]);
    expect(await w.fact(deal, 'trackNumber')).toBeUndefined();
    expect(await w.fact(deal, 'parcelStatus')).toBe('отменена');
    await w.as('pavel').ask('POST', `/v1/deals/${deal}/parcels`, { point: 'SPB11' });
    await w.clock.advance(seconds(10));
    expect(await w.parcels(deal)).toMatchObject([{ state: 'created', to: { point: 'SPB11' } }, {}]);
  });

  test('is called off before CDEK has heard of it, and nothing is sent', async ({ w }) => {
    await w.cdek({ fault: '503', times: 1 });
    const deal = await w.shipped();
    const [parcel] = await w.parcels(deal);
    expect(parcel.state).toBe('requested');

    await w.as('pavel').ask('POST', path(deal, parcel, 'cancel'));
    await w.clock.advance(seconds(600));

    expect(await w.parcels(deal)).toMatchObject([{ state: 'cancelled' }]);
    expect(w.held('Orders')).toEqual([]);
  });

  test('is turned back once it is under way, and brought back from a client who has it', async ({ w }) => {
    const turned = await w.registered();
    const kept = await w.registered();
    const [first] = await w.parcels(turned);
    const [second] = await w.parcels(kept);
    await w.cdek({ do: 'status', order: first.number, code: 'SENT_TO_RECIPIENT_CITY' });
    await w.cdek({ do: 'status', order: second.number, code: 'DELIVERED' });

    await w.as('pavel').ask('POST', path(turned, first, 'cancel'));
    await w.as('pavel').ask('POST', path(kept, second, 'return'));
    await w.clock.advance(seconds(60));

    expect(
      (await w.parcels(turned)).map(({ kind, state }: Record<string, string>) => `${kind} ${state}`),
    ).toEqual([expect.stringMatching(/^return /), 'order returned']);
    expect(await w.parcels(kept)).toMatchObject([
      { kind: 'return', of: second.id },
      { kind: 'order', state: 'delivered' },
    ]);
    expect(await refusal(w.as('pavel').ask('POST', path(kept, second, 'return')))).toMatch(
      /CDEK has been asked/,
    );
  });

  test('is fetched by a courier in a window that CDEK keeps', async ({ w }) => {
    const deal = await w.registered();
    const [parcel] = await w.parcels(deal);
    const call = (from: string, to: string, day = '2026-02-03') =>
      w.as('pavel').ask('POST', path(deal, parcel, 'courier'), { day, from, to });

    expect(await refusal(call('10:00', '11:00'))).toMatch(
      /^422 from: 10:00–11:00: a courier is called between/,
    );
    expect(await refusal(call('10:00', '14:00', '2026-02-01'))).toMatch(
      /^422 day: The day 2026-02-01 is over/,
    );
    await call('10:00', '14:00');
    await w.clock.advance(seconds(30));

    expect((await w.parcels(deal))[0].courier).toMatchObject({ day: '2026-02-03', state: 'called' });
    expect(w.held('Couriers')).toHaveLength(1);
  });

  test('that is called off sends its courier away', async ({ w }) => {
    const deal = await w.registered();
    const [parcel] = await w.parcels(deal);
    await w.as('pavel').ask('POST', path(deal, parcel, 'courier'), {
      day: '2026-02-03',
      from: '10:00',
      to: '14:00',
    });
    await w.clock.advance(seconds(30));

    await w.as('pavel').ask('POST', path(deal, parcel, 'cancel'));
    await w.clock.advance(seconds(60));

    const [after] = await w.parcels(deal);
    expect([after.state, after.courier]).toEqual(['cancelled', undefined]);
    expect(w.held('Couriers').filter((row) => !row.includes('REMOVED'))).toEqual([]);
  });

  test.for([
    ['Казань, ул. Баумана, 1', 'Казань'],
    ['Россия, 620000, г. Екатеринбург, пр. Мира, 48', 'Екатеринбург'],
    ['ул. Ленина, 15', undefined],
  ] as const)('to %s goes to the city that its address names', async ([text, city], { w }) => {
    const deal = await w.registered({ deliveryPoint: null, deliveryAddress: { text } });

    const [parcel] = await w.parcels(deal);
    const [order] = w.held('Orders');
    expect([parcel.state, parcel.tariff]).toEqual([city === undefined ? 'rejected' : 'created', 137]);
    expect(city === undefined || order?.includes(city)).toBe(true);
  });

  test('shows no role what it does not see of the deal, and goes with its person', async ({ w }) => {
    const deal = await w.registered();
    await w.clock.advance(seconds(30));
    const [seen] = (await w.as('nina').get(`/v1/deals/${deal}/parcels`)).items; // sees no sums

    await w.as('admin').ask('POST', '/v1/contacts/anna/erase', { reason: 'asked', force: true });

    expect([seen.lines, seen.cod]).toEqual([[], undefined]);
    const { parcels, files, feed } = await w.card(deal);
    expect([parcels[0]?.track, parcels[0]?.uuid, parcels[0]?.to.point, files]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
    ]);
    expect(JSON.stringify(feed)).not.toContain(seen.track);
  });
});

test('what a client pays on delivery is told to the kopeck, and taken once CDEK has it', async ({ w }) => {
  const { goodsOf } = await import('../../../functions/delivery/goods.ts');
  const { contextFor } = await import('../../../functions/deals/context.ts');
  const { theCompany } = await import('../../../functions/shared/ports.ts');
  const company = await theCompany();
  const context = contextFor('goods', {
    now: w.clock.now(),
    by: { system: 'test' },
    reader: undefined,
    company,
  });
  const settings = context.pack.integrations?.cdek;
  if (settings === undefined) throw new Error('the pack ships');
  const step = {
    do: 'ship',
    id: 'x',
    by: 'cdek',
    to: {},
    items: 'items',
    cod: 'owed',
    track: 't',
    wait: false,
  } as const;
  const sums = await Promise.all(
    [1, 100, 333_333, 24_000_000].map(async (owed) => {
      const made = await goodsOf(step, { ...goods, owed }, settings, context);
      if (!made.ok) throw new Error('it can be packed');
      return made.value.lines.reduce((sum, { cod, quantity }) => sum + cod * quantity, 0);
    }),
  );

  expect(sums).toEqual([1, 100, 333_333, 24_000_000]);
  expect(await goodsOf(step, { ...goods, owed: 0.5 }, settings, context)).toMatchObject({ ok: false });
  expect(await goodsOf(step, { ...goods, owed: -5 }, settings, context)).toMatchObject({ value: { cod: 0 } });
});
