import { Cdek as Independent } from 'cdek';
import { expect, test } from 'vitest';
import { offers, price } from '../../../functions/delivery/cdek/calculator.ts';
import {
  callCourier,
  cancelIntake,
  intakeState,
  intakesOf,
} from '../../../functions/delivery/cdek/courier.ts';
import {
  cancelOrder,
  changeOrder,
  orderBy,
  orderByNumber,
  orderByTrack,
  refuseOrder,
  registerOrder,
  registrationBy,
  requestState,
  returnFromClient,
} from '../../../functions/delivery/cdek/orders.ts';
import { cities, pointBy, pointsOf, suggestCities } from '../../../functions/delivery/cdek/places.ts';
import { formFile, formState, isFormGone, printForm } from '../../../functions/delivery/cdek/print.ts';
import { applyStatuses } from '../../../functions/delivery/cdek/statuses.ts';
import {
  CdekEvent,
  eventKey,
  keepSubscribed,
  subscriptions,
} from '../../../functions/delivery/cdek/webhooks.ts';
import { openState } from '../../state/state.ts';
import { account, aDraft, yard } from './yard.ts';

const hours = (n: number): number => n * 3_600_000;
type Yard = Awaited<ReturnType<typeof yard>>;

/** An order that is registered. */
const registered = async ({ ours, clock }: Yard, given: Parameters<typeof aDraft>[0] = {}) => {
  const taken = await registerOrder(ours, aDraft(given), false);
  await clock.advance(3000);
  const order = await orderBy(ours, taken.uuid);
  if (order === undefined) throw new Error('the order is gone');
  return order;
};
const codesOf = async ({ ours }: Yard, uuid: string) =>
  applyStatuses({ history: [], bucket: 'requested' }, (await orderBy(ours, uuid))?.statuses ?? []);

test('an order is taken, validated, carried to the client in three days, and each step is told of', async () => {
  const it = await yard();
  const taken = await registerOrder(it.ours, aDraft(), false);
  const early = await registrationBy(it.ours, taken.uuid);
  await it.clock.advance(3000);

  const done = await registrationBy(it.ours, taken.uuid);
  it.sandbox.command({ do: 'journey', order: 'D-42-1', end: 'delivered' });
  await it.clock.advance(hours(71));
  const waiting = await codesOf(it, taken.uuid);
  await it.clock.advance(hours(2));
  const delivered = await codesOf(it, taken.uuid);

  expect([early.as, done.as, waiting.bucket, delivered.bucket]).toEqual([
    'under-way',
    'registered',
    'at-pickup',
    'delivered',
  ]);
  expect(done.as === 'registered' && (await orderByTrack(it.ours, done.track))?.uuid).toBe(taken.uuid);
  expect(delivered.history.map(({ code }) => code)).toEqual([
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
  const told = it.heard
    .map(({ body }) => CdekEvent.parse(body))
    .map((event) => (event.type === 'ORDER_STATUS' ? event.attributes.code : event.type));
  // The barcode was asked for with the order.
  expect(told).toEqual(delivered.history.map(({ code }) => code).toSpliced(2, 0, 'PRINT_FORM'));
  expect(new Set(it.heard.map(({ url }) => url))).toEqual(
    new Set([`https://company.example/v1/webhooks/cdek/${account.webhookToken}`]),
  );
});

test('what the client pays on delivery is named when it is delivered, to the kopeck', async () => {
  const it = await yard();
  const [pack] = aDraft().packages;
  if (pack === undefined) throw new Error('the draft has no package');
  const lines = pack.lines.map((line) => ({ ...line, toPay: 199_999 }));
  const order = await registered(it, { deliveryToPay: 35_001, packages: [{ ...pack, lines }] });

  it.sandbox.command({ do: 'status', order: order.uuid, code: 'DELIVERED' });

  expect((await orderBy(it.ours, order.uuid))?.paid).toBe(2 * 199_999 + 35_001);
});

test('a parcel that is refused goes back by an order of its own', async () => {
  const it = await yard();
  const order = await registered(it);
  it.sandbox.command({ do: 'journey', order: order.uuid, end: 'refused' });
  await it.clock.advance(hours(73));

  const direct = await orderBy(it.ours, order.uuid);
  const back = direct?.related.find(({ type }) => type === 'return_order');
  await it.clock.advance(hours(60));

  expect((await codesOf(it, order.uuid)).bucket).toBe('returned');
  expect(back).toBeDefined();
  expect(back?.uuid).not.toBe(order.uuid);
  expect(await orderBy(it.ours, back?.uuid ?? '')).toMatchObject({ back: true, track: back?.track });
  expect((await codesOf(it, back?.uuid ?? '')).bucket).toBe('delivered'); // to the shop
  const told = it.heard.map(({ body }) => CdekEvent.parse(body));
  expect(
    told.some(
      (event) => event.type === 'ORDER_STATUS' && event.attributes.is_return && event.uuid === back?.uuid,
    ),
  ).toBe(true);
});

test('an order is cancelled, changed, refused and returned when that is possible, and not else', async () => {
  const it = await yard();
  const gone = await registered(it, { number: 'D-1' });
  const kept = await registered(it, { number: 'D-2' });

  await cancelOrder(it.ours, gone.uuid);
  await changeOrder(it.ours, kept.uuid, { comment: 'ring twice' });
  await it.clock.advance(2000);
  const refusals = await Promise.allSettled([
    refuseOrder(it.ours, kept.uuid),
    returnFromClient(it.ours, kept.uuid, 136),
  ]);
  it.sandbox.command({ do: 'step', order: 'D-2' });
  await expect(changeOrder(it.ours, kept.uuid, { comment: 'x' })).rejects.toMatchObject({
    codes: ['v2_update_forbidden'],
  });
  await cancelOrder(it.ours, kept.uuid);
  await it.clock.advance(2000);
  const late = await requestState(it.ours, kept.uuid, 'DELETE');
  await refuseOrder(it.ours, kept.uuid);
  await it.clock.advance(2000);

  expect((await codesOf(it, gone.uuid)).bucket).toBe('cancelled');
  await cancelOrder(it.ours, gone.uuid); // once more changes nothing
  expect(await orderByNumber(it.ours, 'D-1')).toBeUndefined();
  expect(await requestState(it.ours, gone.uuid, 'DELETE')).toEqual({ as: 'done', reasons: [] });
  expect(refusals.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect([late.as, late.reasons.map(({ code }) => code)]).toEqual(['refused', ['v2_update_forbidden']]);
  expect((await codesOf(it, kept.uuid)).bucket).toBe('returned');
  // A client sends back what was delivered.
  const third = await registered(it, { number: 'D-3' });
  it.sandbox.command({ do: 'status', order: 'D-3', code: 'DELIVERED' });
  const back = await returnFromClient(it.ours, third.uuid, 136);
  expect(await orderBy(it.ours, back)).toMatchObject({ back: true });
});

test('one number is one order, also where the answer was lost or the repetition shows late', async () => {
  const it = await yard();
  it.sandbox.faults.plan('lost-answer', 2); // the sign-in, and then the order

  await expect(registerOrder(it.ours, aDraft(), false)).rejects.toMatchObject({ sent: 'maybe' });
  await expect(registerOrder(it.ours, aDraft(), false)).rejects.toMatchObject({ sent: 'maybe' });
  const again = await registerOrder(it.ours, aDraft(), true);
  const careless = await registerOrder(it.ours, aDraft(), false);
  it.sandbox.faults.plan('repeat-found-late');
  const late = await registerOrder(it.ours, aDraft(), false);
  await it.clock.advance(3000);

  expect([again.uuid, (await registrationBy(it.ours, late.uuid)).uuid]).toEqual([
    careless.uuid,
    careless.uuid,
  ]);
  expect(late.uuid).not.toBe(careless.uuid);
  expect(await registrationBy(it.ours, careless.uuid)).toMatchObject({ as: 'registered' });
});

test('an order found invalid says why to people, not to logs, and is sent anew once mended', async () => {
  const it = await yard();
  it.sandbox.faults.plan('invalid-order');
  const first = await registerOrder(it.ours, aDraft(), false);
  await it.clock.advance(3000);

  const invalid = await registrationBy(it.ours, first.uuid);
  const second = await registerOrder(it.ours, aDraft(), true);
  await it.clock.advance(3000);

  expect(invalid).toMatchObject({
    as: 'invalid',
    reasons: [{ code: 'v2_invalid_format', said: 'Некорректный телефон +79004445566' }],
  });
  expect((await codesOf(it, first.uuid)).bucket).toBe('rejected');
  expect(await registrationBy(it.ours, second.uuid)).toMatchObject({ as: 'registered' });
  const wrong = await registerOrder(it.ours, aDraft({ number: 'D-9', to: { point: 'MARS1' } }), false);
  await it.clock.advance(3000);
  expect(await registrationBy(it.ours, wrong.uuid)).toMatchObject({
    as: 'invalid',
    reasons: [
      {
        code: 'v2_recipient_location_not_recognized',
        means: { en: expect.stringContaining('point or the address') },
      },
    ],
  });
});

test('tariffs, cities and points are those of a country, and a longer way costs more', async () => {
  const it = await yard();
  const boxes = [{ weightGrams: 1200, lengthCm: 30, widthCm: 20, heightCm: 10 }];
  const near = await offers(it.ours, { from: { code: 44 }, to: { code: 137 }, boxes });
  const far = await offers(it.ours, { from: { code: 44 }, to: { code: 270 }, boxes });

  expect(near.map(({ sum }) => sum)).toEqual(near.map(({ sum }) => sum).toSorted((a, b) => a - b));
  const sums = (list: typeof near) => new Map(list.map(({ tariff, sum }) => [tariff, sum]));
  for (const [tariff, sum] of sums(near)) expect(sums(far).get(tariff)).toBeGreaterThan(sum);
  const one = await price(it.ours, 136, { from: { code: 44 }, to: { code: 270 }, boxes, insured: 300_000 });
  expect(one.sum).toBe(sums(far).get(136));
  expect(one.total - one.sum).toBe(2250); // three quarters of a percent of 3000 rubles
  const heavy = await offers(it.ours, {
    from: { code: 44 },
    to: { code: 270 },
    boxes: [{ ...boxes[0], weightGrams: 20_000 } as (typeof boxes)[0]],
  });
  expect(heavy.some(({ to }) => to === 'postamat')).toBe(false);
  await expect(offers(it.ours, { from: { code: 44 }, to: { code: 1 }, boxes })).rejects.toMatchObject({
    codes: ['delivery_location_is_not_recognized'],
  });
  expect((await cities(it.ours, { name: 'Ново' })).map(({ code }) => code)).toEqual([270]);
  expect(await suggestCities(it.ours, 'каз')).toEqual([
    { code: 424, name: 'Казань, Республика Татарстан, Россия' },
  ]);
  const points = await pointsOf(it.ours, 270, it.clock.now());
  expect(points.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array(5).fill('point'),
    ...Array(2).fill('postamat'),
  ]);
  expect(await pointBy(it.ours, 'NSK27')).toMatchObject({ city: 270, kind: 'point', payOnDelivery: true });
  expect(await pointBy(it.ours, 'MARS1')).toBeUndefined();
});

test('forms are made of registered orders, fetched as PDF, and gone after an hour', async () => {
  const it = await yard();
  const order = await registered(it);
  const uuid = await printForm(it.ours, 'waybill', [order.uuid]);
  const early = await formState(it.ours, 'waybill', uuid);
  await it.clock.advance(3000);

  const ready = await formState(it.ours, 'waybill', uuid);
  const file = Buffer.from(await formFile(it.ours, 'waybill', uuid)).toString('latin1');
  it.sandbox.faults.plan('html');
  await expect(formFile(it.ours, 'waybill', uuid)).rejects.toMatchObject({ name: 'CdekAway' });
  await it.clock.advance(hours(1));

  expect([early.as, ready.as]).toEqual(['under-way', 'ready']);
  expect(file.slice(0, 8)).toBe('%PDF-1.4');
  expect(file).toContain(`track ${order.track}`);
  // Each object lies where the table says.
  const places = [...file.matchAll(/^(\d{10}) 00000 n/gm)].map(([, at]) => Number(at));
  expect(places.map((at, index) => file.slice(at).startsWith(`${index + 1} 0 obj`))).toEqual(
    Array(5).fill(true),
  );
  const gone: unknown = await formFile(it.ours, 'waybill', uuid).catch((error: unknown) => error);
  expect(isFormGone(gone)).toBe(true);
  // A form cannot be had before there is a track number.
  const raw = await registerOrder(it.ours, aDraft({ number: 'D-8', to: { point: 'MARS1' } }), false);
  const never = await printForm(it.ours, 'barcode', [raw.uuid]);
  await it.clock.advance(3000);
  expect(await formState(it.ours, 'barcode', never)).toMatchObject({ as: 'failed' });
});

test('a courier is called once for an order, and sent away', async () => {
  const it = await yard();
  const order = await registered(it);
  const day = { order: order.uuid, day: '2026-05-04', from: '10:00', to: '15:00' };
  const first = await callCourier(it.ours, day);
  const second = await callCourier(it.ours, day);
  await it.clock.advance(2000);

  expect(await intakeState(it.ours, first)).toMatchObject({ as: 'called', number: expect.any(String) });
  expect(await intakeState(it.ours, second)).toMatchObject({
    as: 'failed',
    reasons: [{ code: 'v2_intake_exists_by_order' }],
  });
  expect(await intakesOf(it.ours, order.uuid)).toEqual([first]);
  await cancelIntake(it.ours, first);
  await cancelIntake(it.ours, first);
  expect(await intakesOf(it.ours, order.uuid)).toEqual([]);
  await expect(callCourier(it.ours, { ...day, to: '12:00' })).rejects.toMatchObject({ name: 'Refused' });
});

test('callbacks come twice, late, in another order or not at all, as commanded; the same one has one key', async () => {
  const it = await yard();
  const order = await registered(it);
  const codesHeard = () =>
    it.heard
      .splice(0)
      .map(({ body }) => CdekEvent.parse(body))
      .flatMap((event) => (event.type === 'ORDER_STATUS' ? event.attributes.code : []));
  const step = () => it.sandbox.command({ do: 'step', order: order.uuid });
  codesHeard();

  it.sandbox.faults.plan('twice');
  step();
  const twice = it.heard.map(({ body }) => eventKey(CdekEvent.parse(body)));
  codesHeard();
  it.sandbox.faults.plan('reordered');
  step();
  step();
  const reordered = codesHeard();
  it.sandbox.faults.plan('late');
  step();
  const none = codesHeard();
  await it.clock.advance(hours(6));
  const late = codesHeard();
  it.sandbox.faults.plan('never');
  step();

  expect([twice.length, new Set(twice).size]).toEqual([2, 1]);
  expect(reordered).toEqual(['TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY', 'READY_FOR_SHIPMENT_IN_SENDER_CITY']);
  expect([none, late, codesHeard()]).toEqual([[], ['SENT_TO_RECIPIENT_CITY'], []]);
  it.sandbox.command({ do: 'take-back', order: order.uuid, code: 'ACCEPTED_IN_RECIPIENT_CITY' });
  expect(it.heard[0]?.body).toMatchObject({
    attributes: { code: 'ACCEPTED_IN_RECIPIENT_CITY', deleted: true },
  });
});

test('a company that does not answer is called thirteen times in 75 minutes, then never; the subscriptions are made anew', async () => {
  const it = await yard();
  const order = await registered(it);
  const url = `https://company.example/v1/webhooks/cdek/${account.webhookToken}`;
  it.heard.splice(0);
  it.company.status = 500;
  it.sandbox.command({ do: 'step', order: order.uuid });
  await it.clock.advance(hours(2));

  const calls = it.heard
    .map(({ body }) => CdekEvent.parse(body))
    .filter(({ type }) => type === 'ORDER_STATUS').length;
  const off = await subscriptions(it.ours);
  const made = await keepSubscribed(it.ours, url);
  const kept = await keepSubscribed(it.ours, url);

  expect([calls, off, made, kept]).toEqual([13, [], ['ORDER_STATUS', 'PRINT_FORM'], []]);
  it.company.status = 200;
  it.heard.splice(0);
  it.sandbox.command({ do: 'step', order: order.uuid });
  await it.clock.settle();
  expect(it.heard).toHaveLength(1);
  await expect(keepSubscribed(it.ours, url, ['DELIV_PROBLEM'])).rejects.toMatchObject({
    codes: ['v2_entity_invalid'],
  });
});

test('what was under way when the sandbox was stopped goes on after it', async () => {
  const state = openState(undefined);
  const before = await yard({ state });
  const under = await registered(before, { number: 'D-1' });
  before.sandbox.command({ do: 'journey', order: 'D-1', end: 'refused' });
  await before.clock.advance(hours(30));
  const fetched = await registered(before, { number: 'D-3' });
  const window = { from: '10:00', to: '14:00' };
  const day = new Date(before.clock.now().getTime() + hours(24)).toISOString().slice(0, 10);
  const courier = await callCourier(before.ours, { order: fetched.uuid, day, ...window });
  const fresh = await registerOrder(before.ours, aDraft({ number: 'D-2' }), false);

  const after = await yard({ state, now: before.clock.now() });
  await after.clock.advance(3000);
  expect(await intakesOf(after.ours, fetched.uuid)).toEqual([courier]);
  expect(await intakeState(after.ours, courier)).toMatchObject({ as: 'called' });
  const again = await registerOrder(after.ours, aDraft({ number: 'D-2' }), false);
  await after.clock.advance(hours(100));

  expect(await registrationBy(after.ours, fresh.uuid)).toMatchObject({ as: 'registered' });
  expect(again.uuid).toBe(fresh.uuid); // its number is remembered
  const direct = await codesOf(after, under.uuid);
  expect([direct.bucket, direct.history.length]).toEqual(['returned', 9]); // nothing twice
  const back = (await orderBy(after.ours, under.uuid))?.related.find(({ type }) => type === 'return_order');
  expect((await codesOf(after, back?.uuid ?? '')).bucket).toBe('delivered');
  expect(await subscriptions(after.ours)).toHaveLength(2);
  state.close();
});

test('the independent client finds its way about the sandbox', async () => {
  const it = await yard();
  const theirs = new Independent({
    account: account.account,
    password: account.password,
    url_base: `${it.url}/v2` as 'https://api.cdek.ru/v2',
  });

  const taken = await theirs.addOrder({
    number: '77',
    tariff_code: 137,
    shipment_point: 'MSK67',
    to_location: { code: 270, address: 'ул. Мира, 1' },
    recipient: { name: 'Anna K.', phones: [{ number: '+79004445566' }] },
    packages: [
      {
        number: '1',
        weight: 500,
        length: 10,
        width: 10,
        height: 10,
        items: [{ name: 'Book', ware_key: 'B', payment: { value: 0 }, cost: 500, weight: 500, amount: 1 }],
      },
    ],
  });
  await it.clock.advance(3000);
  const order = await theirs.getOrderByImNumber(77);
  const points = await theirs.getPickupPoints({ city_code: 270, type: 'POSTAMAT' });
  const quote = await theirs.calculatorByAvaibleTariffs({
    from_location: { code: 44 },
    to_location: { code: 270 },
    packages: [{ weight: 500 }],
  });
  const receipt = await theirs.createOrderReceipt({ orders: [{ order_uuid: order.entity?.uuid ?? '' }] });
  await it.clock.advance(3000);
  const shown = await theirs.getOrderReceipt(receipt.entity?.uuid ?? '');
  const chunks: Uint8Array[] = [];
  for await (const chunk of await theirs.downloadOrderReceiptByURL(shown.entity?.url ?? ''))
    chunks.push(chunk);

  expect(order.entity?.uuid).toBe(taken.entity?.uuid);
  expect(order.entity?.cdek_number).toMatch(/^\d{10}$/);
  expect(points.map(({ type }) => type)).toEqual(['POSTAMAT', 'POSTAMAT']);
  expect(quote.tariff_codes?.length).toBeGreaterThan(10);
  expect(shown.entity?.statuses.map(({ code }) => code)).toEqual(['ACCEPTED', 'PROCESSING', 'READY']);
  expect(Buffer.concat(chunks).subarray(0, 5).toString()).toBe('%PDF-');
  await expect(theirs.getOrderByUUID('00000000-0000-4000-9000-000000000000')).rejects.toMatchObject({
    name: 'Error',
  });
  // What it cannot read of ours, ours cannot have written.
  expect((await orderBy(it.ours, taken.entity?.uuid ?? ''))?.track).toBe(order.entity?.cdek_number);
});

test('a command that means nothing says what would do, and the page shows what there is', async () => {
  const it = await yard();
  const order = await registered(it);

  expect(() => it.sandbox.command({ do: 'dance' })).toThrow('journey {order, end}');
  expect(() => it.sandbox.command({ do: 'step', order: 'X-1' })).toThrow('order "X-1": there is D-42-1');
  expect(() => it.sandbox.command({ fault: 'gravity' })).toThrow('fault "gravity": this sandbox knows');
  expect(() => it.sandbox.command({ do: 'take-back', order: order.uuid, code: 'DELIVERED' })).toThrow(
    'ACCEPTED, CREATED',
  );
  const [orders] = it.sandbox.holds();
  expect(orders?.rows).toEqual([
    ['D-42-1', order.track, 'direct', '136', 'Москва', 'Новосибирск', 'CREATED'],
  ]);
  for (const offer of orders?.commands?.[0] ?? []) it.sandbox.command(offer.command);
  expect((await codesOf(it, order.uuid)).bucket).toBe('delivered');
});
