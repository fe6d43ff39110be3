import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoLocal } from './dynamo-local-for-tests.ts';

/** Reads a table's stream to its end, and from there at the next call. DynamoDB Local keeps it in one shard for hours. */
export const readStream = async ({ client, endpoint }: DynamoLocal, TableName: string) => {
  const streams = new DynamoDBStreamsClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  let { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST' }),
  );

  return {
    async next(): Promise<unknown[]> {
      const all: unknown[] = [];
      for (;;) {
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator }),
        );
        ShardIterator = NextShardIterator;
        if (Records.length === 0) return all;
        all.push(...Records);
      }
    },
    close: () => streams.destroy(),
  };
};
