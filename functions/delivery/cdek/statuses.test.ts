import { expect, test } from 'vitest';
import {
  applyStatuses,
  bucketOf,
  buckets,
  type HeardStatus,
  isFailedAttempt,
  knownCodes,
} from './statuses.ts';

const at = (minute: number): string => `2026-04-29T07:${String(minute).padStart(2, '0')}:00.000Z`;
const line = (minute: number, code: string, deleted?: boolean): HeardStatus => ({
  code,
  at: at(minute),
  ...(deleted ? { deleted } : {}),
});
const start = { history: [], bucket: 'requested' } as const;

/** Every ordering of a short list. */
const orderings = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((first, index) => orderings(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));

test('every code of both vocabularies, misspelt ones too, says where the parcel is', () => {
  const codes = {
    ACCEPTED: 'accepted',
    CREATED: 'created',
    REMOVED: 'cancelled',
    INVALID: 'rejected',
    RETURNED_TO_SENDER_CITY_WAREHOUSE: 'in-transit',
    RETURNED_TO_SENDER_WAREHOUSE: 'in-transit',
    TAKEN_BY_TRANSPORTER_FROM_SENDER_CIT: 'in-transit',
    SENT_TO_TRANSIT_CIT: 'in-transit',
    ACCEPTED_IN_TRANSIT_CIT: 'in-transit',
    ACCEPTED_AT_TRANSIT_WAREHOUS: 'in-transit',
    CUSTOMS_COMPLETE: 'in-transit',
    RETURNED_TO_RECIPIENT_CITY_WAREHOUSE: 'in-transit',
    ENTERED_TO_PICK_UP_POINT: 'at-pickup',
    ACCEPTED_AT_WAREHOUSE_ON_DEMAND: 'at-pickup',
    POSTOMAT_POSTED: 'at-pickup',
    TAKEN_BY_COURIER: 'courier',
    ISSUED_FOR_DELIVERY: 'courier',
    DELIVERED: 'delivered',
    POSTOMAT_RECEIVED: 'delivered',
    NOT_DELIVERED: 'returned',
    POSTOMAT_SEIZED: 'returned',
  };

  const said = Object.fromEntries(Object.keys(codes).map((code) => [code, bucketOf(code)]));

  expect(said).toEqual(codes);
  expect(knownCodes.length).toBe(new Set(knownCodes).size);
  expect(knownCodes.every((code) => buckets.some((bucket) => bucket === bucketOf(code)))).toBe(true);
  expect(bucketOf('LEFT_ON_MARS')).toBeUndefined();
  expect(['RETURNED_TO_RECIPIENT_CITY_WAREHOUSE', 'DELIVERED'].map(isFailedAttempt)).toEqual([true, false]);
});

test('statuses in any order, alone or together, twice, make one history', () => {
  const told = [
    line(1, 'CREATED'),
    line(2, 'RECEIVED_AT_SHIPMENT_WAREHOUSE'),
    line(2, 'SENT_TO_RECIPIENT_CITY'),
    line(3, 'ACCEPTED_AT_PICK_UP_POINT'),
  ];
  const whole = applyStatuses(start, told);

  for (const ordering of orderings(told)) {
    let known: Parameters<typeof applyStatuses>[0] = start;
    const news: string[] = [];
    for (const one of [...ordering, ...ordering]) {
      const next = applyStatuses(known, [one]);
      news.push(...next.news.map(({ code }) => code));
      known = { history: next.history, bucket: next.bucket };
    }
    expect(known).toEqual({ history: whole.history, bucket: 'at-pickup' });
    expect(news.toSorted()).toEqual(told.map(({ code }) => code).toSorted()); // each told once
  }
});

test('what has come to its end stays there, and a status taken back is gone', () => {
  const delivered = applyStatuses(start, [line(1, 'CREATED'), line(5, 'DELIVERED')]);

  const late = applyStatuses(delivered, [line(3, 'ACCEPTED_AT_PICK_UP_POINT'), line(9, 'TAKEN_BY_COURIER')]);
  const back = applyStatuses(delivered, [line(5, 'DELIVERED', true)]);
  const pickup = applyStatuses(start, [line(1, 'CREATED'), line(2, 'TAKEN_BY_COURIER')]);
  const undone = applyStatuses(pickup, [line(2, 'TAKEN_BY_COURIER', true)]);

  expect(late.bucket).toBe('delivered');
  expect(late.history.map(({ code }) => code)).toEqual([
    'CREATED',
    'ACCEPTED_AT_PICK_UP_POINT',
    'DELIVERED',
    'TAKEN_BY_COURIER',
  ]);
  expect([late.withdrawn, back.bucket, back.withdrawn]).toEqual([false, 'delivered', true]);
  expect([undone.bucket, undone.withdrawn]).toEqual(['created', false]);
});

test('an unknown code changes nothing but the history, and is named once', () => {
  const known = applyStatuses(start, [line(1, 'CREATED')]);

  const heard = applyStatuses(known, [line(2, 'LEFT_ON_MARS')]);
  const again = applyStatuses(heard, [line(2, 'LEFT_ON_MARS')]);

  expect([heard.bucket, heard.unknown, again.unknown, again.news]).toEqual([
    'created',
    ['LEFT_ON_MARS'],
    [],
    [],
  ]);
});
