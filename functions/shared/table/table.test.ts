import { afterAll, beforeAll } from 'vitest';
import { type DynamoLocal, startDynamoLocal } from './dynamo-local-for-tests.ts';
import type { Table } from './port.ts';
import { tableSuite } from './suite.ts';
import { createDynamoTable } from './table-dynamo.ts';
import { createMemoryTable } from './table-memory.ts';

const memory = createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') });
let server: DynamoLocal;
let dynamo: Table;

beforeAll(async () => {
  server = await startDynamoLocal();
  await server.createTable('suite');
  dynamo = createDynamoTable({ name: 'suite', client: server.client });
});
afterAll(() => server.stop());

tableSuite('the table in memory', () => memory);
tableSuite('the table in DynamoDB', () => dynamo);
