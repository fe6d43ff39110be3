import { describe, expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

const event = {
  version: '0',
  source: 'voronka.deals',
  'detail-type': 'deal.moved',
  time: '2026-10-02T16:24:49Z',
  resources: ['deal/1', 'pipeline/goods'],
  detail: {
    stage: 'quote',
    amount: 5,
    limit: 301.8,
    ip: '10.0.0.33',
    ip6: '2001:db8::1',
    path: 'dir/doc.TXT',
    stars: 'a*b\\c',
    won: false,
    reason: null,
    empty: '',
    none: [],
    nested: { deep: ['x', ['y', 1]] },
    lines: [
      { product: 'pump', count: 2 },
      { product: 'valve', count: 7 },
    ],
  },
};
const detail = (pattern: unknown) => ({ detail: pattern });

describe('an event matches', () => {
  test.each<[string, unknown]>([
    ['a literal', { source: ['voronka.deals'] }],
    ['one of several literals', { 'detail-type': ['deal.lost', 'deal.moved'] }],
    ['any element of an array', { resources: ['pipeline/goods'] }],
    ['null by null', detail({ reason: [null] })],
    ['an empty string by an empty string', detail({ empty: [''] })],
    ['a boolean', detail({ won: [false] })],
    ['a number', detail({ amount: [5.0] })],
    ['existence', detail({ stage: [{ exists: true }] })],
    ['existence of null', detail({ reason: [{ exists: true }] })],
    ['absence', detail({ owner: [{ exists: false }] })],
    ['absence below an absent parent', detail({ company: { name: [{ exists: false }] } })],
    ['absence of a leaf where an object stands', detail({ nested: [{ exists: false }] })],
    ['absence where an empty array stands', detail({ none: [{ exists: false }] })],
    [
      'absence or a value',
      detail({ owner: [{ exists: false }, 'ines'], stage: [{ exists: false }, 'quote'] }),
    ],
    ['a prefix', { time: [{ prefix: '2026-10-02' }] }],
    ['a prefix of any case', detail({ stage: [{ prefix: { 'equals-ignore-case': 'QUO' } }] })],
    ['a suffix', { source: [{ suffix: 'deals' }] }],
    ['a suffix of any case', detail({ path: [{ suffix: { 'equals-ignore-case': '.txt' } }] })],
    ['another case', detail({ stage: [{ 'equals-ignore-case': 'QuOtE' }] })],
    ['anything but another string', detail({ stage: [{ 'anything-but': 'won' }] })],
    ['anything but a list', detail({ stage: [{ 'anything-but': ['won', 'lost'] }] })],
    ['anything but a number', detail({ amount: [{ 'anything-but': [100, 200] }] })],
    ['anything but a string, for a number', detail({ amount: [{ 'anything-but': 'five' }] })],
    ['anything but, by one element of an array', { resources: [{ 'anything-but': 'deal/1' }] }],
    ['anything but a prefix', detail({ stage: [{ 'anything-but': { prefix: 'w' } }] })],
    ['anything but some prefixes', detail({ stage: [{ 'anything-but': { prefix: ['w', 'l'] } }] })],
    ['anything but a suffix', detail({ path: [{ 'anything-but': { suffix: '.png' } }] })],
    ['anything but a wildcard', detail({ path: [{ 'anything-but': { wildcard: '*/lib/*' } }] })],
    ['anything but another case', detail({ stage: [{ 'anything-but': { 'equals-ignore-case': ['WON'] } }] })],
    ['a number within a range', detail({ amount: [{ numeric: ['>', 0, '<=', 5] }] })],
    ['a number that equals', detail({ limit: [{ numeric: ['=', 3.018e2] }] })],
    ['an address within a block', detail({ ip: [{ cidr: '10.0.0.0/24' }] })],
    ['an IPv6 address within a block', detail({ ip6: [{ cidr: '2001:db8::/32' }] })],
    ['a wildcard', detail({ path: [{ wildcard: 'dir/*.TXT' }] })],
    ['a wildcard that may be empty', detail({ stage: [{ wildcard: 'quote*' }] })],
    ['an escaped star and backslash', detail({ stars: [{ wildcard: 'a\\*b\\\\c' }] })],
    ['a value in nested arrays', detail({ nested: { deep: ['y'] } })],
    ['fields of the same element', detail({ lines: { product: ['valve'], count: [7] } })],
    [
      'one of two alternatives',
      { source: ['voronka.deals'], $or: [{ time: ['never'] }, { version: ['0'] }] },
    ],
    [
      'alternatives below a field',
      detail({ $or: [{ stage: ['won'] }, { amount: [{ numeric: ['<', 10] }] }] }),
    ],
    [
      'alternatives within an alternative',
      { $or: [{ source: ['x'] }, { version: ['0'], $or: [{ time: ['x'] }, detail({ stage: ['quote'] })] }] },
    ],
  ])('%s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(true);
  });
});

describe('an event does not match', () => {
  test.each<[string, unknown]>([
    ['a literal of another case', { source: ['Voronka.deals'] }],
    ['a field that is absent', detail({ owner: ['ines'] })],
    ['null by an absent field', detail({ owner: [null] })],
    ['null by an empty string', detail({ empty: [null] })],
    ['a string by its number', detail({ amount: ['5'] })],
    ['when one of the fields differs', { source: ['voronka.deals'], version: ['1'] }],
    ['existence of an empty array', detail({ none: [{ exists: true }] })],
    ['existence of an object, which is no leaf', detail({ nested: [{ exists: true }] })],
    ['absence of what stands', detail({ stage: [{ exists: false }] })],
    ['absence of what stands in some elements', detail({ lines: { product: [{ exists: false }] } })],
    ['a prefix of a number', detail({ amount: [{ prefix: '5' }] })],
    ['anything but itself', detail({ stage: [{ 'anything-but': 'quote' }] })],
    ['anything but, when it is absent', detail({ owner: [{ 'anything-but': 'ines' }] })],
    ['anything but its prefix', detail({ stage: [{ 'anything-but': { prefix: ['x', 'quo'] } }] })],
    ['anything but its own case', detail({ stage: [{ 'anything-but': { 'equals-ignore-case': 'QUOTE' } }] })],
    ['the open end of a range', detail({ amount: [{ numeric: ['>', 5] }] })],
    ['a numeric comparison of a string', detail({ stage: [{ numeric: ['>', 0] }] })],
    ['an address outside a block', detail({ ip: [{ cidr: '10.0.1.0/24' }] })],
    ['a wildcard that ends early', detail({ path: [{ wildcard: 'dir/*.TX' }] })],
    ['a dot of a wildcard as any letter', { source: [{ wildcard: 'voronka?deals' }] }],
    ['fields of two elements', detail({ lines: { product: ['pump'], count: [7] } })],
    ['none of the alternatives', { $or: [{ source: ['x'] }, { version: ['1'] }] }],
  ])('%s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(false);
  });
});

test('numbers past five thousand million never match numerically, as in the service', () => {
  const large = compilePattern({ detail: { amount: [{ numeric: ['>', 0] }] } });

  expect(large({ detail: { amount: 5e9 } })).toBe(true);
  expect(large({ detail: { amount: 5e9 + 1 } })).toBe(false);
});

test('$or before anything but two objects is a field of that name', () => {
  expect(compilePattern({ $or: { kind: ['a'] } })({ $or: { kind: 'a' } })).toBe(true);
  expect(compilePattern({ $or: ['a'] })({ $or: 'a' })).toBe(true);
});

describe('a pattern is refused', () => {
  test.each<[string, unknown, string]>([
    ['with an unknown operator', { source: [{ contains: 'x' }] }, 'event pattern, source: {"contains":"x"}'],
    ['with an inherited name for an operator', { source: [{ toString: 'x' }] }, 'one of the operators'],
    ['with two operators in one object', { source: [{ prefix: 'x', suffix: 'y' }] }, 'exactly one operator'],
    ['without a field', {}, 'at least one field'],
    ['without a value', { source: [] }, 'at least one value'],
    ['with a bare value', { detail: { stage: 'quote' } }, 'event pattern, detail.stage: "quote"'],
    ['with a list for a pattern', ['x'], 'allowed is an object'],
    ['with a mixed list of anything-but', { a: [{ 'anything-but': ['x', 1] }] }, 'anything-but'],
    [
      'with a numeric inside anything-but',
      { a: [{ 'anything-but': { numeric: ['>', 1] } }] },
      'anything-but',
    ],
    ['with an empty prefix inside anything-but', { a: [{ 'anything-but': { prefix: '' } }] }, 'not empty'],
    ['with a range upside down', { a: [{ numeric: ['>', 5, '<', 1] }] }, 'lower bound first'],
    ['with a number out of reach', { a: [{ numeric: ['>', 6e9] }] }, 'within -5e9 and 5e9'],
    ['with a broken block', { a: [{ cidr: '10.0.0.0/33' }] }, 'cidr: a block'],
    ['with two stars', { a: [{ wildcard: 'a**' }] }, 'no two *'],
    ['with a stray backslash', { a: [{ wildcard: 'a\\b' }] }, 'a backslash before'],
    ['with a word for existence', { a: [{ exists: 'yes' }] }, 'exists: true or false'],
  ])('%s', (_, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});
