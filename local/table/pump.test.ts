import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createClock } from '../clock.ts';
import { openState, type State } from '../state/state.ts';
import { createTable } from './create.ts';
import type { GivenUp, Mapping } from './mapping.ts';
import { startTable, type Table } from './process.ts';
import { startPump } from './pump.ts';
import type { StreamRecord } from './stream.ts';
import { createCall } from './wire.ts';

let table: Table;
let dynamo: DynamoDBClient;
let tables = 0;
const freshName = () => {
  tables += 1;
  return `deals-${tables}`;
};

beforeAll(async () => {
  table = await startTable();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  dynamo = new DynamoDBClient({ endpoint: table.endpoint, region: 'eu-central-1', credentials });
});
afterAll(() => table.stop());

type Event = { Records: StreamRecord[] };
type Handler = (ids: string[], event: Event) => unknown;

/** A fresh table with one or more functions on its stream; each function logs the ids of every batch it is given. */
const streamed = async (
  functions: Record<string, { handler?: Handler } & Partial<Mapping>>,
  { state = openState(undefined), tableName = freshName() }: { state?: State; tableName?: string } = {},
) => {
  const call = createCall(table.endpoint);
  await createTable(call, {
    TableName: tableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  const clock = createClock({ now: '2026-10-01T09:00:00Z' });
  const batches: Record<string, string[][]> = {};
  const times: string[] = [];
  const givenUp: { arn: string; message: GivenUp }[] = [];
  const mappings = Object.entries(functions).map(
    ([functionName, { handler: _, ...rest }]): Mapping => ({
      id: functionName,
      tableName,
      functionName,
      batchSize: 100,
      startingPosition: 'TRIM_HORIZON',
      reportBatchItemFailures: false,
      bisect: false,
      maximumRetryAttempts: 3,
      maximumRecordAgeSeconds: Number.POSITIVE_INFINITY,
      matches: () => true,
      ...rest,
    }),
  );
  const pump = await startPump({
    endpoint: table.endpoint,
    mappings,
    clock,
    state,
    invoke: async (name, event) => {
      const ids = (event as Event).Records.map((record) => String(record.dynamodb.Keys.pk?.S));
      batches[name] = [...(batches[name] ?? []), ids];
      times.push(clock.now().toISOString());
      return functions[name]?.handler?.(ids, event as Event);
    },
    giveUp: async (arn, message) => {
      givenUp.push({ arn, message });
    },
    log: () => {},
  });
  clock.onSettle(pump.drain);
  onTestFinished(async () => {
    await pump.stop();
    call.close();
  });
  const put = async (...ids: string[]) => {
    for (const id of ids) {
      await dynamo.send(
        new PutItemCommand({ TableName: tableName, Item: { pk: { S: id }, amount: { N: '7' } } }),
      );
    }
  };
  const seen = (name: string) => (batches[name] ?? []).flat();
  return { batches, clock, givenUp, pump, put, seen, state, tableName, times };
};

const failing =
  (...poison: string[]): Handler =>
  (ids) => {
    if (ids.some((id) => poison.includes(id))) throw new Error(`poisoned by ${poison}`);
  };

test('what is written is handled by every function when the clock has settled, and the first row is not seen', async () => {
  const events: Event[] = [];
  const { clock, put, seen } = await streamed({
    workflow: { handler: (_, event) => events.push(event) },
    reports: {},
  });

  await put('d1');
  await clock.settle();

  expect(seen('workflow')).toEqual(['d1']);
  expect(seen('reports')).toEqual(['d1']);
  expect(events[0]?.Records[0]).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ApproximateCreationDateTime: Date.parse('2026-10-01T09:00:00Z') / 1000,
      Keys: { pk: { S: 'd1' } },
      NewImage: { pk: { S: 'd1' }, amount: { N: '7' } },
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
});

test('what a handler writes is handled before the clock goes on', async () => {
  const { clock, put, seen } = await streamed({
    chain: { handler: ([id]) => (id === 'd4' ? undefined : put(`d${Number(id?.slice(1)) + 1}`)) },
  });

  await put('d1');
  await clock.settle();

  expect(seen('chain')).toEqual(['d1', 'd2', 'd3', 'd4']);
});

test('a failing function is tried again in virtual time, and then gives the batch to its destination', async () => {
  const { clock, put, batches, givenUp, times } = await streamed({
    workflow: { handler: failing('bad'), maximumRetryAttempts: 2, onFailureArn: 'arn:dlq' },
  });

  await put('bad');
  await clock.settle();
  expect(batches.workflow).toEqual([['bad']]);
  await clock.advance(60_000);
  await put('good');
  await clock.settle();

  expect(batches.workflow).toEqual([['bad'], ['bad'], ['bad'], ['good']]);
  expect(times.slice(0, 3).map((time) => time.slice(17, 19))).toEqual(['00', '01', '03']);
  expect(givenUp).toMatchObject([
    {
      arn: 'arn:dlq',
      message: {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
        DDBStreamBatchInfo: { batchSize: 1 },
      },
    },
  ]);
});

test('one stuck function does not keep the records from another', async () => {
  const { clock, put, seen } = await streamed({ stuck: { handler: failing('d1') }, reports: {} });

  await put('d1', 'd2');
  await clock.settle();

  expect(new Set(seen('reports'))).toEqual(new Set(['d1', 'd2']));
  expect(seen('stuck')).not.toContain('d3');
});

test('a bisected batch gives up the poisoned record alone', async () => {
  const { clock, pump, put, seen, givenUp } = await streamed({
    workflow: { handler: failing('d3'), bisect: true, maximumRetryAttempts: 1, onFailureArn: 'arn:dlq' },
  });

  pump.mapping('workflow').hold();
  await put('d1', 'd2', 'd3', 'd4', 'd5');
  await clock.settle();
  expect(seen('workflow')).toEqual([]);
  pump.mapping('workflow').release();
  await clock.advance(10_000);

  expect(givenUp.map(({ message }) => message.DDBStreamBatchInfo.batchSize)).toEqual([1]);
  expect(seen('workflow').slice(-2)).toEqual(['d4', 'd5']);
});

test('a partial answer repeats the failed record and those after it, not those before', async () => {
  let times = 0;
  const { clock, pump, put, batches } = await streamed({
    workflow: {
      reportBatchItemFailures: true,
      handler: (ids, event) => {
        times += 1;
        const failed = event.Records[ids.indexOf('d2')];
        return {
          batchItemFailures: times === 1 ? [{ itemIdentifier: failed?.dynamodb.SequenceNumber }] : [],
        };
      },
    },
  });

  pump.mapping('workflow').hold();
  await put('d1', 'd2', 'd3');
  await clock.settle();
  pump.mapping('workflow').release();
  await clock.advance(1_000);

  expect(batches.workflow).toEqual([
    ['d1', 'd2', 'd3'],
    ['d2', 'd3'],
  ]);
});

test('a batch can be delivered again, after later ones', async () => {
  const { clock, pump, put, seen } = await streamed({ reports: {} });

  await put('d1');
  await clock.settle();
  await pump.mapping('reports').redeliver();

  expect(seen('reports')).toEqual(['d1', 'd1']);
});

test('records that the filter does not want are passed over, for good', async () => {
  const { clock, put, seen, state } = await streamed({
    workflow: { matches: (record) => record.dynamodb.Keys.pk?.S !== 'noise' },
  });

  await put('noise', 'd1', 'noise');
  await clock.settle();

  expect(seen('workflow')).toEqual(['d1']);
  expect(state.get('mapping/workflow')).toMatchObject({
    position: { sequence: expect.stringMatching(/^\d+$/) },
  });
});

test('after a restart a mapping goes on where it was, with what it had not handled', async () => {
  const state = openState(undefined);
  const before = await streamed({ workflow: { handler: failing('d2') } }, { state });
  await before.put('d1');
  await before.clock.settle();
  await before.put('d2');
  await before.clock.settle();
  await before.pump.stop();
  await before.put('d3');

  const after = await streamed({ workflow: {} }, { state, tableName: before.tableName });
  await after.clock.settle();

  expect(after.seen('workflow')).toEqual(['d2', 'd3']);
});

test('after a restart a mapping that was ahead is not given again what it handled', async () => {
  const state = openState(undefined);
  const before = await streamed({ stuck: { handler: failing('d1') }, reports: {} }, { state });
  await before.put('d1');
  await before.clock.settle();
  await before.pump.stop();

  const after = await streamed({ stuck: {}, reports: {} }, { state, tableName: before.tableName });
  await after.put('d2');
  await after.clock.settle();

  expect([after.seen('stuck'), after.seen('reports')]).toEqual([['d1', 'd2'], ['d2']]);
});

test('a LATEST mapping leaves out what was there when it was first seen, and nothing else', async () => {
  const { put, tableName, clock } = await streamed({ reports: {} });
  await put('d1');
  await clock.settle();
  const state = openState(undefined);
  const first = await streamed({ feed: { startingPosition: 'LATEST' } }, { state, tableName });
  await first.pump.stop();
  await put('d2');

  const again = await streamed({ feed: { startingPosition: 'LATEST' } }, { state, tableName });
  await again.clock.settle();

  expect(first.seen('feed')).toEqual([]);
  expect(again.seen('feed')).toEqual(['d2']);
});
