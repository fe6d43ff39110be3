import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { api } from '../../schemas/api/index.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { as, office } from '../testing/api.ts';
import { openApi } from './openapi.ts';

const document = openApi() as {
  paths: Record<string, Record<string, { operationId: string; security?: unknown[] }>>;
  components: { schemas: Record<string, unknown> };
};

test('docs/openapi.json is what the shapes say now; `npm run openapi` writes it anew', async () => {
  const kept = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');

  expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(document)));
});

test('every endpoint is in the document once', () => {
  const operations = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );

  expect(operations.sort()).toEqual(Object.keys(api).sort());
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  );

  expect(references.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
});

test('it is served without a token', async () => {
  await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));

  const { status, body } = await as(undefined).get('/v1/openapi.json');

  expect([status, body.openapi]).toEqual([200, '3.1.0']);
  expect(document.paths['/v1/openapi.json']?.get?.security).toEqual([]);
});
