import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { Batch } from './dead-letter.ts';
import type { Place } from './place.ts';

/** A record as a function's event has it: the SDK reads the time as a date. */
export const asEvent = ({ dynamodb, ...record }: StreamRecord) => ({
  ...record,
  dynamodb: {
    ...dynamodb,
    ApproximateCreationDateTime: Math.floor((dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
  },
});
export type EventRecord = ReturnType<typeof asEvent>;

const sequenceOf = ({ dynamodb }: StreamRecord): bigint => BigInt(dynamodb?.SequenceNumber ?? 0);

/** A page may be empty though records follow; of a shard that is still open, pages never end. */
const emptyPages = 5;

/**
 * The records of a batch that was given up, in order.
 *
 * @returns undefined if the stream, which keeps a record for 24 hours, no longer has them
 */
export const recordsOf = async ({ streams }: Place, batch: Batch): Promise<EventRecord[] | undefined> => {
  const last = BigInt(batch.endSequenceNumber);
  const found: StreamRecord[] = [];
  let empty = 0;
  try {
    let { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: batch.streamArn,
        ShardId: batch.shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: batch.startSequenceNumber,
      }),
    );
    while (ShardIterator !== undefined) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
      const records = page.Records ?? [];
      found.push(...records.filter((record) => sequenceOf(record) <= last));
      const isPast = records.some((record) => sequenceOf(record) >= last);
      empty = records.length === 0 ? empty + 1 : 0;
      ShardIterator = isPast || empty > emptyPages ? undefined : page.NextShardIterator;
    }
  } catch (error) {
    if (error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException)
      return undefined;
    throw error;
  }
  return found.length === 0 ? undefined : found.map(asEvent);
};
