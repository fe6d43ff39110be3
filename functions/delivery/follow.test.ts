import { expect, test } from 'vitest';
import { Parcel } from '../../schemas/parcel.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { companyOf } from '../access/company.ts';
import { contextFor } from '../deals/context.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { lookAgainIn } from './calls/look.ts';
import type { CdekOrder } from './cdek/orders.ts';
import { heard, rejected, withParcel } from './follow.ts';

const at = '2026-02-02T09:00:00.000Z';
const uuid = '72753031-1820-4f99-9240-aab139f05ca5';

const context = contextFor('goods', {
  now: new Date(at),
  by: { system: 'cdek' },
  reader: undefined,
  company: companyOf([industrial], []),
});

const aParcel = (more: Partial<Parcel> = {}): Parcel =>
  Parcel.parse({
    id: 'p1',
    deal: 'd1',
    pipeline: 'goods',
    pack: 'industrial',
    carrier: 'cdek',
    number: 'G-1-1-abcd',
    kind: 'order',
    step: 'carrier-order',
    writes: { track: 'trackNumber', status: 'parcelStatus', date: 'deliveryDate' },
    state: 'requested',
    to: { point: 'NSK27' },
    tariff: 136,
    box: { weight: 1000, length: 30, width: 20, height: 15 },
    lines: [],
    statuses: [],
    createdAt: at,
    by: { system: 'test' },
    version: 1,
    changedAt: at,
    changedBy: { system: 'test' },
    ...more,
  });

const aCard = (parcel: Parcel) => {
  const deal = newDeal({ id: 'd1' as never, number: 'G-1', title: 'Goods' }, context);
  const summary = { id: parcel.id, state: parcel.state, count: 1 };
  return { ...bareCard({ ...deal, parcel: summary }), parcels: [parcel] };
};

const anOrder = (codes: readonly string[], more: Partial<CdekOrder> = {}): CdekOrder => ({
  uuid,
  track: '1100285492',
  back: false,
  registered: 'yes',
  reasons: [],
  problems: [],
  related: [],
  statuses: codes.map((code, day) => ({ code, at: `2026-02-0${day + 2}T10:00:00.000Z` })),
  ...more,
});

const after = (parcel: Parcel, order: CdekOrder) => {
  const { card, unknown } = heard(aCard(parcel), parcel, order, context);
  return { card, unknown, parcel: card.parcels[0] };
};

test('a registered order writes its number, its state in words and the day it promises into the deal, once', () => {
  const first = after(aParcel(), anOrder(['ACCEPTED', 'CREATED'], { plannedDay: '2026-02-06' }));
  const again = heard(
    first.card,
    first.parcel ?? aParcel(),
    anOrder(['ACCEPTED', 'CREATED'], { plannedDay: '2026-02-06' }),
    context,
  );

  expect(first.card.deal.fields).toEqual({
    trackNumber: '1100285492',
    parcelStatus: 'оформлена',
    deliveryDate: '2026-02-06',
  });
  expect(first.card.deal.parcel?.state).toBe('created');
  expect(again.card).toBe(first.card);
});

test.for([
  [['CREATED', 'DELIVERED', 'SENT_TO_RECIPIENT_CITY'], 'delivered'],
  [['CREATED', 'NOT_DELIVERED', 'DELIVERED'], 'returned'],
  [['CREATED', 'SOMETHING_NEW'], 'created'],
  [['CREATED', 'ACCEPTED_AT_PICK_UP_POINT', 'RETURNED_TO_RECIPIENT_CITY_WAREHOUSE'], 'in-transit'],
] as const)('statuses %j end as %s', ([codes, state]) => {
  const { parcel, unknown, card } = after(aParcel(), anOrder(codes));

  expect(parcel?.state).toBe(state);
  expect(unknown).toEqual(codes.filter((code) => code === 'SOMETHING_NEW'));
  // What comes back, and an attempt that failed, are somebody's to follow.
  expect(card.tasks).toHaveLength(state === 'returned' || state === 'in-transit' ? 1 : 0);
});

test('money the client paid is information: noted once it is there, and once it is paid out', () => {
  const cod = { amount: 150_000, currency: 'RUB' as const };
  const sent = aParcel({ cod });
  const paid = after(sent, anOrder(['CREATED', 'DELIVERED'], { paid: 150_000 })).parcel;
  const out = after(paid ?? sent, anOrder(['CREATED', 'DELIVERED'], { paid: 150_000, paidOut: true })).parcel;
  const now = new Date('2026-02-04T09:00:00.000Z');
  const next = (parcel: Parcel | undefined, when = now) =>
    parcel === undefined ? 'none' : lookAgainIn(parcel, { parcels: [parcel] }, when);

  expect([paid?.paid, paid?.paidOut, out?.paidOut]).toEqual([cod, undefined, true]);
  expect(next(sent)).toBe(6 * 3600);
  expect(next(paid)).toBe(24 * 3600);
  expect(next(paid, new Date('2026-04-04T09:00:00.000Z'))).toBeUndefined();
  expect(next(out)).toBeUndefined();
});

test('what comes back is looked for until it is known, and is another parcel', () => {
  const back = { type: 'return_order', uuid: '9adca50a-0000-4000-9000-000000000001' };
  const gone = after(aParcel(), anOrder(['CREATED', 'NOT_DELIVERED']));
  const known = after(aParcel(), anOrder(['CREATED', 'NOT_DELIVERED'], { related: [back] }));

  const [direct, returned] = known.card.parcels;
  const now = new Date('2026-02-04T09:00:00.000Z');
  expect(lookAgainIn(gone.parcel ?? aParcel(), gone.card, now)).toBe(24 * 3600);
  expect(lookAgainIn(direct ?? aParcel(), known.card, now)).toBeUndefined();
  expect(returned).toMatchObject({ kind: 'return', of: 'p1', uuid: back.uuid, number: 'G-1-1-abcd-R' });
  expect(known.card.deal.parcel).toMatchObject({ id: 'p1', state: 'returned' });
});

test('a refusal that is heard after the parcel has its number is none', () => {
  const created = aParcel({ state: 'created', uuid, track: '1' });

  expect(rejected(aCard(created), created, [{ code: 'x', words: '' }], 'o', context).parcels).toEqual([
    created,
  ]);
  expect(withParcel(aCard(created), { ...created })).toEqual(aCard(created));
});
