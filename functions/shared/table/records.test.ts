import { expect, test } from 'vitest';
import { changeOf } from './records.ts';
import { createMemoryTable } from './table-memory.ts';

const record = {
  eventID: 'e1',
  eventName: 'MODIFY',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: 1_790_845_200,
    Keys: { pk: { S: 'deal#1' }, sk: { S: 'deal' } },
    OldImage: { pk: { S: 'deal#1' }, sk: { S: 'deal' }, version: { N: '1' }, fields: { M: {} } },
    NewImage: { pk: { S: 'deal#1' }, sk: { S: 'deal' }, version: { N: '2' }, fields: {} },
    SequenceNumber: '400000000000000499660',
  },
};

test.each([
  ['a function gets', 1_790_845_200],
  ['the SDK reads', new Date('2026-10-01T09:00:00Z')],
])('the change that %s has both rows, plain', (_, at) => {
  const change = changeOf({ ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: at } });

  expect(change).toEqual({
    kind: 'MODIFY',
    key: { pk: 'deal#1', sk: 'deal' },
    before: { pk: 'deal#1', sk: 'deal', version: 1, fields: {} },
    after: { pk: 'deal#1', sk: 'deal', version: 2, fields: {} }, // DynamoDB Local leaves the M out
    sequence: '0000000000000000000400000000000000499660',
    at: '2026-10-01T09:00:00.000Z',
  });
});

test('sequences of another length are in order as text', () => {
  const sequenceOf = (SequenceNumber: string) =>
    changeOf({ ...record, dynamodb: { ...record.dynamodb, SequenceNumber } }).sequence;

  expect(sequenceOf('9') < sequenceOf('10')).toBe(true);
});

test.each([
  ['no record', {}],
  ['an unknown kind', { ...record, eventName: 'TRUNCATE' }],
  ['keys alone', { ...record, dynamodb: { ...record.dynamodb, SequenceNumber: undefined } }],
])('%s is refused', (_, value) => {
  expect(() => changeOf(value)).toThrow();
});

test('the table in memory tells each write once, a transaction’s together, and nothing of what changes nothing', async () => {
  const table = createMemoryTable({ now: () => new Date('2026-10-01T09:00:00.900Z') });
  const told: string[][] = [];
  const end = table.changes((records) =>
    told.push(records.map(changeOf).map((c) => `${c.kind} ${c.key.sk} ${c.at}`)),
  );

  await table.write({ put: { pk: 'p', sk: 'a', n: 1 } });
  await table.write({ put: { pk: 'p', sk: 'a', n: 1 } });
  await table.write({ remove: { pk: 'p', sk: 'none' } });
  await table.transact([{ update: { pk: 'p', sk: 'a' }, add: { n: 1 } }, { put: { pk: 'p', sk: 'b' } }]);
  end();
  await table.write({ remove: { pk: 'p', sk: 'a' } });

  const at = '2026-10-01T09:00:00.000Z';
  expect(told).toEqual([[`INSERT a ${at}`], [`MODIFY a ${at}`, `INSERT b ${at}`]]);
});

test('a token is forgotten after ten minutes', async () => {
  let now = new Date('2026-10-01T09:00:00Z');
  const table = createMemoryTable({ now: () => now });
  const count = () => table.transact([{ update: { pk: 'p', sk: 'a' }, add: { n: 1 } }], { token: 't' });

  await count();
  now = new Date('2026-10-01T09:09:59Z');
  await count();
  expect(await table.get({ pk: 'p', sk: 'a' })).toMatchObject({ n: 1 });

  now = new Date('2026-10-01T09:10:00Z');
  await count();
  expect(await table.get({ pk: 'p', sk: 'a' })).toMatchObject({ n: 2 });
});
