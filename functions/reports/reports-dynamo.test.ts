import '../testing/quiet.ts';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { companyKey } from '../shared/keys.ts';
import { type DynamoLocal, startDynamoLocal } from '../shared/table/dynamo-local-for-tests.ts';
import type { Table } from '../shared/table/port.ts';
import { createDynamoTable } from '../shared/table/table-dynamo.ts';
import { consume } from './consume.ts';
import { differencesBetween, kept, rebuild } from './rebuild.ts';
import { definitions, live, recorded, type Step } from './testing/history.ts';

let server: DynamoLocal;
let dynamo: Table;

beforeAll(async () => {
  server = await startDynamoLocal();
  await server.createTable('reports');
  dynamo = createDynamoTable({ name: 'reports', client: server.client });
});
afterAll(() => server.stop());

/** Four deals that go the whole way, are paid, lost, handed over and given back. */
const steps: Step[] = Array.from({ length: 4 }, (_, deal) => deal).flatMap((deal): Step[] => [
  { do: 'field', deal, field: 'company', value: 'plant-1' },
  { do: 'field', deal, field: 'dealTotal', value: 1_000 + deal },
  { do: 'assign', deal, to: 'pavel' },
  { do: 'open', deal, task: deal, assignee: 'pavel', due: '2026-02-03T10:00:00Z' },
  { do: 'move', deal, stage: 'contract' },
  { do: 'close', task: deal, how: 'done', hours: deal },
  { do: 'entry', deal, kind: 'payment', amount: 500 },
  { do: 'undo', deal },
  { do: 'assign', deal, to: 'semyon' },
  { do: 'move', deal, stage: deal % 2 === 0 ? 'won' : 'lost' },
]);

test('in DynamoDB the reports equal those worked out from the rows, after two consumers and a repetition', async () => {
  const source = recorded();
  await live(source, steps);
  await dynamo.write({ put: { ...companyKey('plant-1'), row: 'company', id: 'plant-1', debtTotal: 0 } });

  await Promise.all(
    [9, 40].map(async (size) => {
      for (let at = 0; at < source.records.length; at += size)
        await consume(source.records.slice(at, at + size), { table: dynamo, definitions });
    }),
  );
  await consume(source.records.slice(10, 30), { table: dynamo, definitions });

  expect(
    differencesBetween(
      await kept(dynamo, definitions, ['plant-1']),
      await rebuild(source.table, definitions),
    ),
  ).toEqual([]);
});
