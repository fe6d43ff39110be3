import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { asEvent, type EventRecord } from '../../scripts/ops/stream.ts';

export type { EventRecord } from '../../scripts/ops/stream.ts';

/** Everything that the one table's stream still holds, in order. */
export const allRecords = async (): Promise<EventRecord[]> => {
  const streams = new DynamoDBStreamsClient({});
  const { Streams: [stream] = [] } = await streams.send(new ListStreamsCommand());
  const StreamArn = stream?.StreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    let { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    while (ShardIterator !== undefined) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
      records.push(...(page.Records ?? []));
      ShardIterator = (page.Records ?? []).length === 0 ? undefined : page.NextShardIterator;
    }
  }
  streams.destroy();
  return records.map(asEvent);
};
