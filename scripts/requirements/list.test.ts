import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { by } from './by.ts';
import { claimed } from './claimed.ts';
import { requirements } from './list.ts';

const ids = Object.keys(requirements);
const under = (prefix: string) => ids.filter((id) => id.startsWith(`${prefix}-`)).length;

test('five companies have 542 requirements', () => {
  expect(['IN', 'CL', 'FU', 'FW', 'CO'].map(under)).toEqual([149, 150, 70, 86, 87]);
  expect(ids).toHaveLength(542);
  expect(ids).toContain('CL-50.22');
});

test('a prefix that is claimed has requirements', () => {
  expect(claimed.filter((prefix) => under(prefix) === 0)).toEqual([]);
});

test('where a requirement is carried out there is a file', () => {
  const root = join(import.meta.dirname, '../..');
  const named = Object.entries(requirements).flatMap(([id, { by: file }]) =>
    file === undefined ? [] : [[id, file] as const],
  );

  expect(named.filter(([, file]) => !existsSync(join(root, file)))).toEqual([]);
  expect(Object.keys(by).filter((id) => requirements[id] === undefined)).toEqual([]);
});
