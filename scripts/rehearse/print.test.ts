import { expect, test } from 'vitest';
import { missing, printOf } from './print.ts';

const deal = (id: string, by: string) => ({
  pk: `D#${id}`,
  sk: '9#DEAL',
  row: 'deal',
  id,
  title: 'Bearings',
  fields: { company: 'c4mpany12345' },
  createdBy: { user: by },
  version: 3,
  token: id,
});
const company = (id: string) => ({ pk: `COMPANY#${id}`, row: 'company', id, name: 'Plant' });

test('two hosts that did the same print the same, whatever ids they gave out', () => {
  const here = [deal('abcdefghjkm1', 'pavel'), company('c4mpany12345')];
  const there = [
    company('qqqqqqqqqqqq'),
    { ...deal('zzzzzzzzzzzz', '0b2c-subject'), version: 9, fields: { company: 'qqqqqqqqqqqq' } },
  ];

  const print = printOf(there, new Map([['0b2c-subject', 'pavel']]));

  expect(print).toEqual(printOf(here));
});

test('a link that a client is sent is the same wherever it leads to', () => {
  const [here, there] = [
    'http://127.0.0.1:4000/v1/pay/abcdefghijklmnopqrstuvwxyz',
    'http://127.0.0.1:35463/v1/pay/zzzzzzzzzzzzzzzzzzzzzzzzzz',
  ].map((link) => printOf([{ pk: 'M#1', row: 'message', body: `Pay: ${link}.` }]));

  expect(here).toEqual(there);
});

test('a parcel is the same whatever its carrier calls it', () => {
  const [here, there] = [
    ['G-1-1-jr35', '7c5a756d-b742-4e8c-9bc7-52f3f2a3c1d0'],
    ['G-1-1-26p3', '1cccd477-95b1-4496-975d-0c6b8d0a9e11'],
  ].map(([number, uuid]) =>
    printOf([
      { pk: 'CALL#1', row: 'call', about: `Register ${number}`, answer: `taken for checking: ${uuid}` },
    ]),
  );

  expect(here).toEqual(there);
  expect(here?.join()).toContain('G-1-1-…');
});

test('money given back is the same whatever it is called by', () => {
  const [here, there] = ['1d2yjjm7aaqp', 'vcm36t5bzzxg'].map((refund) =>
    printOf([
      {
        pk: 'D#abcdefghjkm1',
        row: 'payment',
        id: 'paymentpayme1',
        refunds: [{ id: refund, amount: 200_000 }],
      },
      { pk: 'CALL#abcdefghjkm2', row: 'call', kind: 'refund', input: { refund } },
    ]),
  );

  expect(here).toEqual(there);
});

test('what was done differently is seen', () => {
  const here = printOf([deal('abcdefghjkm1', 'pavel')]);
  const there = printOf([{ ...deal('abcdefghjkm1', 'pavel'), title: 'Belts' }]);

  expect(missing(here, there)).toEqual(here);
  expect(missing(there, here)).toEqual(there);
});

test('a line is missing as often as it is not there', () => {
  expect(missing(['a', 'a', 'b'], ['a'])).toEqual(['a', 'b']);
});

test('figures that came and went, people, and what only runs wait for are of the host alone', () => {
  const rows = [
    { pk: 'R#board#goods', sk: 'won', count: 0, sum: 0 },
    { pk: 'CONFIG', row: 'user', id: 'pavel' },
    { pk: 'D#abcdefghjkm1', row: 'task', kind: 'watch', id: 'abcdefghjkm1.1.a.main.1.0' },
  ];

  expect(printOf(rows)).toEqual([]);
  expect(printOf([{ pk: 'R#board#goods', sk: 'won', count: 1, sum: 0 }])).toHaveLength(1);
});
