import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = globSync('functions/**/*.ts', { cwd: root })
  .filter((file) => !/\.test\.ts$|testing\/|-for-tests\.ts$|\/suite\.ts$/.test(file))
  .sort();
const filesWith = (pattern: RegExp): string[] =>
  sources.filter((file) => pattern.test(readFileSync(`${root}${file}`, 'utf8')));

test('rows of deals are written by the save of every act, and put new by the one way a deal begins', () => {
  expect(filesWith(/put: dealRow\(/)).toEqual(['functions/deals/number.ts', 'functions/deals/save.ts']);
  // A new deal is put where none is: it cannot be written over one.
  for (const put of readFileSync(`${root}functions/deals/number.ts`, 'utf8').match(/put: dealRow\(.*$/gm) ??
    [])
    expect(put).toContain('if: { absent: true }');
});

test('the save is called by the act of a person or a run, and where the workflow tidies up; each says who it is', () => {
  expect(filesWith(/from '(?:\.\.\/deals|\.|\.\.\/\.\.\/deals)\/save\.ts'/)).toEqual([
    'functions/deals/act.ts',
    'functions/workflow/obey.ts',
  ]);
  expect(readFileSync(`${root}functions/deals/save.ts`, 'utf8')).toContain('readonly by: By;');
});

test('no other module makes, updates or removes a row of a deal', () => {
  // The one is the kind of a change that is read, the other the row itself.
  expect(filesWith(/row: 'deal'/)).toEqual(['functions/reports/changed-row.ts', 'functions/shared/rows.ts']);
  expect(filesWith(/(?:update|remove): dealKey\(/)).toEqual([]);
});

test('the history is written by the reader of the stream alone; an erasure rewrites what lines say of a person', () => {
  expect(filesWith(/\bfeedRow\b/)).toEqual([
    'functions/contacts/erase-deal.ts',
    'functions/reports/consume.ts',
    'functions/shared/rows.ts',
  ]);
  expect(filesWith(/row: 'feed'/)).toEqual(['functions/shared/rows.ts']);
  expect(filesWith(/(?:update|remove): feedKey\(/)).toEqual([]);
});

test('an entry of the ledger is put where none is, or where one waits for its decision; an erasure takes a person out of the words beside it and nothing else', () => {
  expect(filesWith(/\bledgerRow\b/)).toEqual([
    'functions/contacts/erase-deal.ts',
    'functions/deals/save.ts',
    'functions/shared/rows.ts',
  ]);
  expect(readFileSync(`${root}functions/deals/save.ts`, 'utf8').match(/ledgerRow\(entry\), .*/g)).toEqual([
    'ledgerRow(entry), if: { absent: true } }]',
    "ledgerRow(entry), if: { equals: { state: 'pending' } } }];",
  ]);
  expect(readFileSync(`${root}functions/contacts/erase-deal.ts`, 'utf8')).toContain('= ledgerRow(after)');
  expect(filesWith(/\bnoteWithout\b/)).toEqual(['functions/contacts/erase-deal.ts']);
  expect(filesWith(/(?:update|remove): ledgerKey\(/)).toEqual([]);
});

test('lines of the audit are only ever added', () => {
  expect(filesWith(/'AUDIT'/)).toEqual(['functions/admin/keep.ts']);
  const puts = filesWith(/put: auditRow\(/).flatMap((file) =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(/put: auditRow\(.*$/gm)].map(([line]) => line),
  );
  expect(puts.length).toBeGreaterThan(1);
  for (const line of puts) expect(line).toContain('if: { absent: true }');
});

test('the table is reached through its port alone, where every write is seen by the stream', () => {
  expect(
    filesWith(/from '@aws-sdk\/(?:client-dynamodb|lib-dynamodb)'/).filter(
      (file) => !file.startsWith('functions/shared/table/'),
    ),
  ).toEqual([]);
});
