import { Cdek as Independent } from 'cdek';
import { expect, test } from 'vitest';
import { offers, price } from '../../../functions/delivery/cdek/calculator.ts';
import { cdek } from '../../../functions/delivery/cdek/client.ts';
import {
  callCourier,
  cancelIntake,
  intakeState,
  intakesOf,
} from '../../../functions/delivery/cdek/courier.ts';
import { checkDraft } from '../../../functions/delivery/cdek/draft.ts';
import {
  cancelOrder,
  changeOrder,
  orderBy,
  orderByNumber,
  orderByTrack,
  refuseOrder,
  registerOrder,
  returnFromClient,
} from '../../../functions/delivery/cdek/orders.ts';
import { cities, pointsOf } from '../../../functions/delivery/cdek/places.ts';
import { formState, printForm } from '../../../functions/delivery/cdek/print.ts';
import {
  CdekEvent,
  eventKey,
  keepSubscribed,
  subscriptions,
} from '../../../functions/delivery/cdek/webhooks.ts';
import { account, aDraft, type Call, recorder } from './yard.ts';

const uuid = '72753031-1820-4f99-9240-aab139f05ca5';
const now = () => new Date('2026-04-29T07:44:40Z');

/** The answers of the dossier, as they are printed there. */
const accepted = {
  entity: { uuid },
  requests: [
    {
      request_uuid: '2b0c1ad4-5d2b-4d2b-9a7e-0c6a1a2f3b4c',
      type: 'CREATE',
      date_time: '2026-04-29T07:44:40+0000',
      state: 'ACCEPTED',
      errors: [],
      warnings: [],
    },
  ],
};
const order = {
  entity: {
    uuid,
    cdek_number: '1100285492',
    number: 'D-42-1',
    type: 1,
    tariff_code: 136,
    delivery_mode: '4',
    is_return: false,
    is_reverse: false,
    is_client_return: false,
    statuses: [
      { code: 'CREATED', name: 'Создан', date_time: '2026-04-29T07:44:45+0000', city: 'Москва' },
      { code: 'ACCEPTED', name: 'Принят', date_time: '2026-04-29T07:44:40+0000', city: 'Офис СДЭК' },
    ],
    packages: [{ number: '1', package_id: 'ac8ca4a8' }],
  },
  requests: [{ ...accepted.requests[0], state: 'SUCCESSFUL' }],
  related_entities: [
    { type: 'barcode', uuid: '7c1e', url: 'https://api.cdek.ru/v2/print/barcodes/7c1e.pdf' },
  ],
};
const form = {
  entity: {
    uuid,
    orders: [{ order_uuid: uuid }],
    statuses: [{ code: 'READY', name: '', date_time: '2026-04-29T07:44:40+0000' }],
    url: 'https://api.cdek.ru/v2/print/barcodes/1.pdf',
  },
  requests: [],
};

const answers = ({ method, path }: Call) => {
  if (path === '/orders' && method === 'POST') return { status: 202, body: accepted };
  if (method === 'GET' && path.startsWith('/orders'))
    return { body: path.endsWith('intakes') ? { entity: [], requests: [] } : order };
  if (method === 'GET' && path.startsWith('/print')) return { body: form };
  if (path === '/calculator/tarifflist') return { body: { tariff_codes: [] } };
  if (path === '/calculator/tariff')
    return {
      body: {
        delivery_sum: 487.5,
        period_min: 2,
        period_max: 3,
        calendar_min: 2,
        calendar_max: 4,
        weight_calc: 1200,
        services: [{ code: 'INSURANCE', sum: 22.5, total_sum: 22.5 }],
        total_sum: 510,
        currency: 'RUB',
      },
    };
  if (method === 'GET' && (path === '/webhooks' || path === '/location/cities' || path === '/deliverypoints'))
    return { body: [] };
  return { status: method === 'GET' ? 200 : 202, body: accepted };
};

const intake = { order: uuid, day: '2026-05-04', from: '10:00', to: '15:00' };
const boxes = [{ weightGrams: 1200, lengthCm: 30, widthCm: 20, heightCm: 10 }];
const asked = {
  type: 1,
  currency: 1,
  from_location: { code: 270 },
  to_location: { code: 44 },
  packages: [{ weight: 1200, length: 30, width: 20, height: 10 }],
};
const draftOf = {
  type: 1,
  number: 'D-42-1',
  tariff_code: 136,
  comment: 'fragile',
  shipment_point: 'MSK67',
  delivery_point: 'NSK27',
  delivery_recipient_cost: { value: 0 },
  sender: { company: 'ACME', name: 'Ivan Petrov', phones: [{ number: '+79001112233' }] },
  recipient: { name: 'Anna K.', email: 'a@example.com', phones: [{ number: '+79004445566' }] },
  packages: [
    {
      number: '1',
      weight: 1200,
      length: 30,
      width: 20,
      height: 10,
      comment: 'books',
      items: [{ name: 'Book', ware_key: 'SKU-1', payment: { value: 0 }, cost: 1500, weight: 600, amount: 2 }],
    },
  ],
  print: 'BARCODE',
};

type Ours = ReturnType<typeof cdek>;
const pairs: readonly (readonly [
  what: string,
  ours: (cdek: Ours) => Promise<unknown>,
  theirs: (cdek: Independent) => Promise<unknown>,
])[] = [
  ['an order', (c) => registerOrder(c, aDraft(), false), (c) => c.addOrder(draftOf)],
  ['an order by its id', (c) => orderBy(c, uuid), (c) => c.getOrderByUUID(uuid)],
  ['an order by our number', (c) => orderByNumber(c, '42'), (c) => c.getOrderByImNumber(42)],
  ['an order by its track', (c) => orderByTrack(c, '1100285492'), (c) => c.getOrderByCdekNumber(1100285492)],
  [
    'a change',
    (c) => changeOrder(c, uuid, { comment: 'ring twice', tariff: 137 }),
    (c) => c.updateOrder({ uuid, comment: 'ring twice', tariff_code: 137 }),
  ],
  ['a cancellation', (c) => cancelOrder(c, uuid), (c) => c.deleteOrderByUUID(uuid)],
  ['a refusal', (c) => refuseOrder(c, uuid), (c) => c.addRefusal(uuid)],
  [
    'one tariff',
    (c) => price(c, 136, { from: { code: 270 }, to: { code: 44 }, boxes, insured: 300_000 }),
    (c) =>
      c.calculatorByTariff({
        ...asked,
        tariff_code: 136,
        services: [{ code: 'INSURANCE', parameter: '3000' }],
      }),
  ],
  [
    'all tariffs',
    (c) => offers(c, { from: { code: 270 }, to: { code: 44 }, boxes }),
    (c) => c.calculatorByAvaibleTariffs({ ...asked, lang: 'rus' }),
  ],
  [
    'cities',
    (c) => cities(c, { name: 'Нов' }),
    (c) => c.getCities({ country_codes: ['RU'], city: 'Нов', size: 20, page: 0, lang: 'rus' }),
  ],
  [
    'a waybill',
    (c) => printForm(c, 'waybill', [uuid]),
    (c) => c.createOrderReceipt({ orders: [{ order_uuid: uuid }], copy_count: 2, type: 'tpl_russia' }),
  ],
  [
    'a barcode',
    (c) => printForm(c, 'barcode', [uuid], { format: 'A6' }),
    (c) => c.createBarcodeCP({ orders: [{ order_uuid: uuid }], copy_count: 1, format: 'A6', lang: 'RUS' }),
  ],
  ['how far a waybill is', (c) => formState(c, 'waybill', uuid), (c) => c.getOrderReceipt(uuid)],
  ['how far a barcode is', (c) => formState(c, 'barcode', uuid), (c) => c.getBarcodeCP(uuid)],
  [
    'a courier',
    (c) => callCourier(c, intake),
    (c) =>
      c.addCourier({
        order_uuid: uuid,
        intake_date: '2026-05-04',
        intake_time_from: '10:00',
        intake_time_to: '15:00',
        need_call: false,
      }),
  ],
  ['what became of a courier', (c) => intakeState(c, uuid), (c) => c.getCourierDetails(uuid)],
  ['the couriers of an order', (c) => intakesOf(c, uuid), (c) => c.getIntakes(uuid)],
  ['a courier sent away', (c) => cancelIntake(c, uuid), (c) => c.deleteCourier(uuid)],
  ['the subscriptions', (c) => subscriptions(c), (c) => c.getWebhooks()],
];

test.for(pairs)('%s is asked for as the independent client asks', async ([, ask, askTheirs]) => {
  const wire = await recorder(answers);
  const theirs = new Independent({
    account: account.account,
    password: account.password,
    url_base: `${wire.url}/v2` as 'https://api.cdek.ru/v2', // its type knows no other host
  });

  await ask(cdek(account, now));
  await askTheirs(theirs);

  const [mine, other] = wire.calls;
  expect({ ...mine, authorization: '' }).toEqual({ ...other, authorization: '' });
  expect(mine?.authorization).toBe('Bearer token-1');
  expect(wire.signIns[0]).toBe(
    'grant_type=client_credentials&client_id=company-account&client_secret=secure-password',
  );
  expect(wire.signIns[0]).toBe(wire.signIns[1]);
});

test('a return is asked for, where the independent client loses a slash, and points are read by the page', async () => {
  const wire = await recorder((call) =>
    call.path === '/deliverypoints'
      ? {
          body:
            call.query.page === '0'
              ? Array.from({ length: 500 }, (_, n) => point(`MSK${n}`))
              : [point('MSK900')],
        }
      : answers(call),
  );
  const c = cdek(account, now);

  const back = await returnFromClient(c, uuid, 136);
  const found = await pointsOf(c, 44, now());
  await pointsOf(c, 44, now()); // kept for an hour
  await keepSubscribed(c, 'https://company.example/v1/webhooks/cdek/t');

  expect(back).toBe(uuid);
  expect([found.length, found[0]?.maxGrams]).toEqual([501, 30_000]);
  expect(wire.calls.map(({ method, path, query, body }) => [method, path, query.page, body])).toEqual([
    ['POST', `/orders/${uuid}/clientReturn`, undefined, { tariff_code: 136 }],
    ['GET', '/deliverypoints', '0', undefined],
    ['GET', '/deliverypoints', '1', undefined],
    ['GET', '/webhooks', undefined, undefined],
    [
      'POST',
      '/webhooks',
      undefined,
      { url: 'https://company.example/v1/webhooks/cdek/t', type: 'ORDER_STATUS' },
    ],
    [
      'POST',
      '/webhooks',
      undefined,
      { url: 'https://company.example/v1/webhooks/cdek/t', type: 'PRINT_FORM' },
    ],
  ]);
});

const point = (code: string) => ({
  code,
  name: code,
  type: 'PVZ',
  location: {
    city_code: 44,
    address: 'ул. Ленина, 1',
    address_full: '',
    region_code: 81,
    country_code: 'RU',
  },
  weight_max: 30,
});

test.for([
  ['stands', order, ['GET'], 'registered'],
  [
    'was found invalid',
    { ...order, requests: [{ ...accepted.requests[0], state: 'INVALID' }] },
    ['GET', 'POST'],
    'under-way',
  ],
  [
    'was removed',
    {
      ...order,
      entity: { ...order.entity, statuses: [{ code: 'REMOVED', date_time: '2026-04-29T07:44:45+0000' }] },
    },
    ['GET', 'POST'],
    'under-way',
  ],
] as const)(
  'an order that may be there already is looked up by its number: one that %s',
  async ([, there, methods, as]) => {
    const wire = await recorder((call) => (call.method === 'GET' ? { body: there } : answers(call)));

    const found = await registerOrder(cdek(account, now), aDraft(), true);

    expect(found.as).toBe(as);
    expect(wire.calls.map(({ method }) => method)).toEqual(methods);
    expect(wire.calls[0]?.query).toEqual({ im_number: 'D-42-1' });
  },
);

test('the answers of the dossier are read, with more in them than we know', async () => {
  await recorder(answers);
  const c = cdek(account, now);

  expect(await registerOrder(c, aDraft(), false)).toEqual({ as: 'under-way', uuid, afterSeconds: 3 });
  expect(await orderBy(c, uuid)).toEqual({
    uuid,
    track: '1100285492',
    number: 'D-42-1',
    tariff: 136,
    back: false,
    statuses: [
      { code: 'CREATED', at: '2026-04-29T07:44:45.000Z', city: 'Москва' },
      { code: 'ACCEPTED', at: '2026-04-29T07:44:40.000Z', city: 'Офис СДЭК' },
    ],
    problems: [],
    related: [{ type: 'barcode', uuid: '7c1e' }],
    registered: 'yes',
    reasons: [],
  });
  expect(await price(c, 136, { from: { code: 270 }, to: { code: 44 }, boxes })).toEqual({
    sum: 48_750,
    total: 51_000,
    workdays: { min: 2, max: 3 },
    services: [{ code: 'INSURANCE', sum: 2250 }],
  });
});

test('callbacks of the dossier are read as the independent client types them, and the same one has one key', async () => {
  const status = {
    type: 'ORDER_STATUS' as const,
    date_time: '2026-04-29T07:44:45+0000',
    uuid,
    attributes: {
      is_return: false,
      is_reverse: false,
      is_client_return: false,
      cdek_number: '1100285492',
      number: 'D-42-1',
      code: 'ACCEPTED_AT_PICK_UP_POINT' as const,
      status_code: '12',
      status_reason_code: '20',
      status_date_time: '2026-04-29T07:44:45+0000',
      city_name: 'Novosibirsk',
      city_code: '270',
      deleted: false,
      related_entities: [{ type: 'direct_order' as const, cdek_number: '1100285491', uuid }],
    },
  };
  const ready = {
    type: 'PRINT_FORM',
    date_time: status.date_time,
    uuid,
    attributes: { type: 'BARCODE', url: `https://api.cdek.ru/v2/print/barcodes/${uuid}.pdf` },
  };
  const emitted: unknown[] = [];
  const theirs = new Independent({ account: 'a', password: 'p' });
  theirs.on('ORDER_STATUS', (event) => void emitted.push(event.attributes.code));
  await theirs.webhookHandler()(
    new Request('https://company.example', { method: 'POST', body: JSON.stringify(status) }),
  );

  const read = CdekEvent.parse(status);
  const again = CdekEvent.parse({ ...status, date_time: '2026-04-29T08:00:00+0000' });

  expect(read.type === 'ORDER_STATUS' && [read.attributes.code]).toEqual(emitted);
  expect(eventKey(read)).toBe(eventKey(again)); // sent again later, it is the same
  const others = [
    { status_date_time: '2026-04-30T07:44:45+0000' },
    { deleted: true },
    { code: 'DELIVERED' },
  ].map((given) => eventKey(CdekEvent.parse({ ...status, attributes: { ...status.attributes, ...given } })));
  expect(new Set([eventKey(read), ...others]).size).toBe(4);
  expect(CdekEvent.parse(ready)).toMatchObject({ type: 'PRINT_FORM', date_time: '2026-04-29T07:44:45.000Z' });
  expect(CdekEvent.parse({ type: 'DELIV_PROBLEM', uuid, attributes: { code: '9' } })).toEqual({
    type: 'OTHER',
    of: 'DELIV_PROBLEM',
    uuid,
  });
  for (const wrong of [
    {},
    { ...status, uuid: '../orders' },
    { ...status, attributes: {} },
    { type: 'ORDER_STATUS', uuid },
  ])
    expect(CdekEvent.safeParse(wrong).success).toBe(false);
});

const locker = { ...aDraft().packages[0], number: '2' } as ReturnType<typeof aDraft>['packages'][number];
test.for([
  [
    'both a point and an address',
    { to: { point: 'NSK27', address: { code: 270, address: 'x' } } },
    ['to one-place'],
  ],
  ['neither', { from: {} }, ['from one-place']],
  ['a door tariff to a point', { tariff: 137 }, ['to needs-address']],
  [
    'a point tariff to a door',
    { to: { address: { code: 270, address: 'ул. Мира, 1' } } },
    ['to needs-point'],
  ],
  [
    'two packages to a locker',
    { tariff: 368, packages: [...aDraft().packages, locker] },
    ['packages one-package'],
  ],
  ['the same number twice', { packages: [...aDraft().packages, ...aDraft().packages] }, ['packages numbers']],
  [
    'a phone as people write it',
    { recipient: { name: 'Anna', phones: ['8 900 444-55-66'] } },
    ['recipient.phones phone'],
  ],
  ['a number with a slash', { number: 'D/42' }, ['number number']],
  ['no weight', { packages: [{ ...locker, weightGrams: 0.5 }] }, ['packages.0.weight weight']],
  ['126 lines', { packages: [{ ...locker, lines: Array.from({ length: 126 }, () => locker.lines[0]) }] }, []],
  [
    '127 lines',
    { packages: [{ ...locker, lines: Array.from({ length: 127 }, () => locker.lines[0]) }] },
    ['packages lines'],
  ],
] as const)('an order with %s is refused before it is sent', ([, given, refusals]) => {
  const found = checkDraft(aDraft(given as Parameters<typeof aDraft>[0]));

  expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual(refusals);
});
