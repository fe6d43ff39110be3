import { type Call, TableFault } from './wire.ts';

/** One change of a table, in the JSON of a function's event. */
export type StreamRecord = {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  eventSourceARN: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Record<string, Record<string, unknown>>;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
    SequenceNumber: string;
    SizeBytes?: number;
    StreamViewType?: string;
  };
};

/** A place in a stream: after the record `sequence` of `shard`, or before all of `shard` when there is none. */
export type Position = { shard: string; sequence?: string | undefined };

export type Read = { shard: string; record: StreamRecord };

/** Reads the stream of one table from a place to its end, in order. */
export type StreamReader = {
  readonly streamArn: string;
  /** The next page of records; `more` is false at the end of the stream. One call at a time. */
  read(): Promise<{ reads: Read[]; more: boolean }>;
  /** The place that the next page follows; undefined as long as the stream has no shard. */
  readonly position: Position | undefined;
  /** Continues after another place: undefined is the start of what the stream still holds. */
  seek(position: Position | undefined): void;
  /** Whether `a` is at or after `b`, in the order that `read` gives. */
  reached(a: Position, b: Position): boolean;
};

type Shard = { ShardId: string; ParentShardId?: string };
type Found = { StreamDescription: { Shards?: Shard[]; LastEvaluatedShardId?: string } };
type Records = { Records?: StreamRecord[]; NextShardIterator?: string | null };

/**
 * Opens the stream of a table. DynamoDB Local shows a record no later than it answers the write, keeps the stream across
 * restarts, and hands the stream on from shard to shard every few hours.
 *
 * @param onTrimmed - told when the place to read from is no longer in the stream; reading goes on at its oldest record
 */
export const openStream = async (
  call: Call,
  tableName: string,
  onTrimmed: (position: Position) => void = () => {},
): Promise<StreamReader> => {
  const described = await call<{ Table: { LatestStreamArn?: string } }>('DynamoDB_20120810.DescribeTable', {
    TableName: tableName,
  });
  const streamArn = described.Table.LatestStreamArn;
  if (streamArn === undefined) throw new TableFault('NoStream', `the table ${tableName} has no stream`);

  let shards: string[] = [];
  let at: Position | undefined;
  let iterator: string | undefined;

  const refreshShards = async (): Promise<void> => {
    const found: Shard[] = [];
    let after: string | undefined;
    do {
      const { StreamDescription }: Found = await call<Found>('DynamoDBStreams_20120810.DescribeStream', {
        StreamArn: streamArn,
        ...(after === undefined ? {} : { ExclusiveStartShardId: after }),
      });
      found.push(...(StreamDescription.Shards ?? []));
      after = StreamDescription.LastEvaluatedShardId;
    } while (after !== undefined);
    shards = parentsFirst(found);
  };

  const iteratorAt = async (position: Position): Promise<string> => {
    const ask = (where: object) =>
      call<{ ShardIterator: string }>('DynamoDBStreams_20120810.GetShardIterator', {
        StreamArn: streamArn,
        ShardId: position.shard,
        ...where,
      });
    if (position.sequence === undefined)
      return (await ask({ ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator;
    try {
      const where = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.sequence };
      return (await ask(where)).ShardIterator;
    } catch (error) {
      if (!(error instanceof TableFault) || error.name !== 'TrimmedDataAccessException') throw error;
      onTrimmed(position);
      return (await ask({ ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator;
    }
  };

  /** The place to read on from; a shard that is no longer listed was trimmed away as a whole. */
  const start = async (): Promise<Position | undefined> => {
    if (at === undefined || !shards.includes(at.shard)) await refreshShards();
    if (at !== undefined && !shards.includes(at.shard)) {
      onTrimmed(at);
      at = undefined;
    }
    const first = shards[0];
    at ??= first === undefined ? undefined : { shard: first };
    return at;
  };

  const nextShard = async (shard: string): Promise<string | undefined> => {
    await refreshShards();
    return shards[shards.indexOf(shard) + 1];
  };

  const page = async (): Promise<{ reads: Read[]; more: boolean }> => {
    const position = await start();
    if (position === undefined) return { reads: [], more: false };
    iterator ??= await iteratorAt(position);
    const { Records: found = [], NextShardIterator } = await call<Records>(
      'DynamoDBStreams_20120810.GetRecords',
      {
        ShardIterator: iterator,
      },
    );
    const reads = found.map((record) => ({
      shard: position.shard,
      record: { ...record, eventSource: 'aws:dynamodb' as const, eventSourceARN: streamArn },
    }));
    const sequence = found.at(-1)?.dynamodb.SequenceNumber;
    if (sequence !== undefined) at = { shard: position.shard, sequence };
    iterator = NextShardIterator ?? undefined;
    if (iterator !== undefined) return { reads, more: isFull(found) };

    // The shard is closed and read to its end; its child, if it is there already, continues it.
    const next = await nextShard(position.shard);
    if (next !== undefined) at = { shard: next };
    return { reads, more: next !== undefined };
  };

  const pageAgain = async () => {
    try {
      return await page();
    } catch (error) {
      // Iterators live for fifteen minutes; a laptop sleeps for longer.
      if (!(error instanceof TableFault) || error.name !== 'ExpiredIteratorException') throw error;
      iterator = undefined;
      return page();
    }
  };

  await refreshShards();
  return {
    streamArn,
    get position() {
      return at;
    },
    read: pageAgain,
    seek: (position) => {
      at = position;
      iterator = undefined;
    },
    reached: (a, b) =>
      a.shard === b.shard
        ? b.sequence === undefined || (a.sequence !== undefined && BigInt(a.sequence) >= BigInt(b.sequence))
        : shards.indexOf(a.shard) > shards.indexOf(b.shard),
  };
};

/** A page ends at 1,000 records or 1 MB; one far from both was the end of the stream, which saves the empty read that says so. */
const isFull = (records: readonly StreamRecord[]): boolean =>
  records.length >= 500 ||
  records.reduce((bytes, { dynamodb }) => bytes + (dynamodb.SizeBytes ?? 1_000), 0) >= 400_000;

const parentsFirst = (found: readonly Shard[]): string[] => {
  const ids = new Set(found.map((shard) => shard.ShardId));
  const ordered: string[] = [];
  const place = (shard: Shard): void => {
    if (ordered.includes(shard.ShardId)) return;
    const parent = found.find((candidate) => candidate.ShardId === shard.ParentShardId);
    if (parent !== undefined && ids.has(parent.ShardId)) place(parent);
    ordered.push(shard.ShardId);
  };
  for (const shard of found) place(shard);
  return ordered;
};
