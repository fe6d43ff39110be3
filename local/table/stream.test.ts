import { expect, test } from 'vitest';
import { openStream, type Position } from './stream.ts';
import { type Call, TableFault } from './wire.ts';

type Kept = { id: string; parent?: string; sequences: number[]; closed: boolean; trimmed?: number };

/** The streams API of a service whose shards roll over, close and are trimmed, which DynamoDB Local does every few hours. */
const service = (shards: Kept[]) => {
  let expired = false;
  const answers: Record<string, (body: Record<string, string>) => unknown> = {
    DescribeTable: () => ({ Table: { LatestStreamArn: 'arn' } }),
    DescribeStream: () => ({
      StreamDescription: {
        Shards: shards.map(({ id, parent }) => ({
          ShardId: id,
          ...(parent === undefined ? {} : { ParentShardId: parent }),
        })),
      },
    }),
    GetShardIterator: ({ ShardId = '', SequenceNumber }) => {
      const { trimmed = 0 } = shards.find(({ id }) => id === ShardId) ?? {};
      if (SequenceNumber !== undefined && Number(SequenceNumber) < trimmed) {
        throw new TableFault('TrimmedDataAccessException', 'gone');
      }
      return { ShardIterator: `${ShardId}/${SequenceNumber ?? trimmed}` };
    },
    GetRecords: ({ ShardIterator = '' }) => {
      if (expired) {
        expired = false;
        throw new TableFault('ExpiredIteratorException', 'too old');
      }
      const [shardId = '', after] = ShardIterator.split('/');
      const shard = shards.find(({ id }) => id === shardId);
      const found = shard?.sequences.filter((sequence) => sequence > Number(after)) ?? [];
      return {
        Records: found.map((sequence) => ({ dynamodb: { SequenceNumber: String(sequence) } })),
        NextShardIterator: shard?.closed ? null : `${shardId}/${found.at(-1) ?? after}`,
      };
    },
  };
  const call = (async (operation: string, body: object) =>
    answers[operation.split('.')[1] ?? '']?.(body as Record<string, string>)) as Call;
  const expire = () => {
    expired = true;
  };
  return { call, expire };
};

const readAll = async (reader: Awaited<ReturnType<typeof openStream>>): Promise<number[]> => {
  const sequences: number[] = [];
  for (let more = true; more; ) {
    const page = await reader.read();
    sequences.push(...page.reads.map(({ record }) => Number(record.dynamodb.SequenceNumber)));
    more = page.more;
  }
  return sequences;
};

test('a shard is read to its end before its child, in whatever order they are listed', async () => {
  const shards = [
    { id: 'c', parent: 'b', sequences: [5], closed: false },
    { id: 'a', sequences: [1, 2], closed: true },
    { id: 'b', parent: 'a', sequences: [3, 4], closed: true },
  ];

  expect(await readAll(await openStream(service(shards).call, 'deals'))).toEqual([1, 2, 3, 4, 5]);
});

test('a rollover between two reads loses nothing', async () => {
  const first: Kept = { id: 'a', sequences: [1], closed: false };
  const shards: Kept[] = [first];
  const reader = await openStream(service(shards).call, 'deals');
  const before = await readAll(reader);

  first.sequences.push(2);
  first.closed = true;
  const closed = await readAll(reader);
  shards.push({ id: 'b', parent: 'a', sequences: [3], closed: false });

  expect([before, closed, await readAll(reader)]).toEqual([[1], [2], [3]]);
  expect(reader.reached({ shard: 'b' }, { shard: 'a', sequence: '2' })).toBe(true);
  expect(reader.reached({ shard: 'a', sequence: '2' }, { shard: 'b', sequence: '3' })).toBe(false);
});

test('an expired iterator is fetched again', async () => {
  const shard: Kept = { id: 'a', sequences: [1], closed: false };
  const { call, expire } = service([shard]);
  const reader = await openStream(call, 'deals');
  await readAll(reader);

  shard.sequences.push(2);
  expire();

  expect(await readAll(reader)).toEqual([2]);
});

test('when the place to go on from is trimmed, reading goes on with the oldest record, and says so', async () => {
  const trimmed: Position[] = [];
  const { call } = service([{ id: 'a', sequences: [1, 2, 3, 4], trimmed: 2, closed: false }]);
  const reader = await openStream(call, 'deals', (position) => trimmed.push(position));

  reader.seek({ shard: 'a', sequence: '1' });

  expect(await readAll(reader)).toEqual([3, 4]);
  expect(trimmed).toEqual([{ shard: 'a', sequence: '1' }]);
});
