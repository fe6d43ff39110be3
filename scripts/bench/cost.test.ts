import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  asTable,
  type Counts,
  cost,
  letters,
  prices,
  priceTable,
  sensitivityTable,
  times,
  totalOf,
} from './cost.ts';

const nothing: Counts = {
  transitions: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  requests: 0,
  writeUnits: 0,
  readUnits: 0,
  streamReads: 0,
  events: 0,
  schedules: 0,
  logGigabytes: 0,
  traces: 0,
};

const dollarsOf = (counts: Partial<Counts>, region?: 'us-east-1') =>
  totalOf(cost({ ...nothing, ...counts }, region));

test('sixty transitions a deal are a dollar and a half a thousand deals', () => {
  expect(dollarsOf({ transitions: 60 * 1000 })).toBeCloseTo(1.5, 10);
});

test.each([
  ['transitions', 1_000_000, 25, 25],
  ['invocations', 1_000_000, 0.2, 0.2],
  ['gigabyteSeconds', 1_000_000, 13.3334, 13.3334],
  ['requests', 1_000_000, 1.2, 1],
  ['writeUnits', 1_000_000, 0.7625, 0.625],
  ['readUnits', 1_000_000, 0.1525, 0.125],
  ['streamReads', 1_000_000, 0, 0],
  ['events', 1_000_000, 1, 1],
  ['schedules', 1_000_000, 1, 1],
  ['logGigabytes', 1, 0.63, 0.5],
  ['traces', 1_000_000, 5, 5],
] as const)('%s: %i cost $%d in eu-central-1 and $%d in us-east-1', (kind, units, frankfurt, virginia) => {
  expect(dollarsOf({ [kind]: units })).toBeCloseTo(frankfurt, 10);
  expect(dollarsOf({ [kind]: units }, 'us-east-1')).toBeCloseTo(virginia, 10);
});

test('a bill has a line for every price, and each line is its units times its price', () => {
  const lines = cost(times({ ...nothing, transitions: 50, writeUnits: 120, requests: 20 }, 1000));

  expect(lines.map(({ unit }) => unit)).toEqual(Object.values(prices).map(({ unit }) => unit));
  for (const { units, unitPrice, dollars } of lines) expect(dollars).toBe(units * unitPrice);
  expect(lines[0]).toEqual({
    service: 'Step Functions',
    unit: 'state transitions',
    units: 50_000,
    unitPrice: 0.000025,
    dollars: 1.25,
  });
});

test('a count that was not taken is refused, not taken for nothing', () => {
  expect(() => cost({ ...nothing, events: Number.NaN })).toThrow('events: given NaN');
  expect(() => cost({ ...nothing, readUnits: -1 })).toThrow('readUnits: given -1');
});

test('letters are billed beside everything else', () => {
  expect(letters(1000, 0.5)).toMatchObject([
    { service: 'SES', units: 1000, dollars: 0.1 },
    { service: 'SES', units: 0.5, dollars: 0.06 },
  ]);
});

test('the table of a bill ends with its total', () => {
  const table = asTable(cost({ ...nothing, transitions: 50_000, events: 10_000 }));

  expect(table).toContain('| Step Functions | state transitions | 50,000 | 1.2500 |');
  expect(table.trimEnd().split('\n').at(-1)).toBe('| **together** |  |  | **1.26** |');
});

test('the page about cost shows these prices and what follows from them', () => {
  const page = readFileSync(new URL('../../docs/cost.md', import.meta.url), 'utf8');

  expect(page).toContain(priceTable());
  expect(page).toContain(sensitivityTable());
});
