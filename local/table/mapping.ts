import type { Clock, Timer } from '../clock.ts';
import type { State } from '../state/state.ts';
import type { Position, Read, StreamRecord } from './stream.ts';

/** An event source mapping of a table's stream, as the template says it. */
export type Mapping = {
  /** Stable across restarts: the checkpoint is kept under it. */
  id: string;
  tableName: string;
  functionName: string;
  batchSize: number;
  /** `LATEST` skips what the stream holds when the mapping is first seen. */
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  reportBatchItemFailures: boolean;
  bisect: boolean;
  /** Infinite unless the template says a number. */
  maximumRetryAttempts: number;
  /** Infinite, which ends with the 24 hours that a stream keeps a record, unless the template says seconds. */
  maximumRecordAgeSeconds: number;
  /** Whether a record is for this mapping at all. */
  matches(record: StreamRecord): boolean;
  /** Queue or topic that is told where a batch was given up. */
  onFailureArn?: string | undefined;
};

/** Where a batch was given up; the body of the message that the on-failure destination gets. */
export type GivenUp = {
  requestContext: {
    requestId: string;
    functionArn: string;
    condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
    approximateInvokeCount: number;
  };
  responseContext: { statusCode: number; executedVersion: string; functionError: string };
  version: '1.0';
  timestamp: string;
  DDBStreamBatchInfo: {
    shardId: string;
    startSequenceNumber: string;
    endSequenceNumber: string;
    approximateArrivalOfFirstRecord: string;
    approximateArrivalOfLastRecord: string;
    batchSize: number;
    streamArn: string;
  };
};

/** What is on disk of a mapping: all up to `position` is handled; `attempts` count for the record after it. */
export type Checkpoint = { position: Position | undefined; attempts?: number; since?: number };

export const checkpointKey = (mappingId: string): string => `mapping/${mappingId}`;

/** Delivers the records of one stream to one function, in order, each until it is handled or given up. */
export type Lane = {
  /** Everything up to here was taken over from the reader. */
  readonly taken: Position | undefined;
  /** Takes records over; those that it has already seen are ignored, so a reader may go back. */
  offer(reads: readonly Read[]): void;
  /** Resolves when nothing is in the works: all handled, held, or waiting for a retry. True if there was something. */
  idle(): Promise<boolean>;
  /** True when records were left to be read again, because too many waited here. */
  readonly behind: boolean;
  hold(): void;
  release(): void;
  /** Delivers the last handled batch once more; what the function answers is of no consequence. */
  redeliver(): Promise<void>;
  stop(): Promise<void>;
};

/** The function answers with an error or throws; the message is for the log. */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

const hours24 = 24 * 3600;
const longestBackoffMs = 60_000;
/** A function that is stuck must not gather the whole stream in memory; it is read again later. */
const most = 10_000;

export const createLane = (options: {
  mapping: Mapping;
  clock: Clock;
  state: State;
  invoke: Invoke;
  reached(a: Position, b: Position): boolean;
  /** Hands a message to the on-failure destination; resolves when it is safe there. */
  giveUp(arn: string, message: GivenUp): Promise<void>;
  log(line: string): void;
  /** Asks for records to be read again after `taken`. */
  onHungry(): void;
}): Lane => {
  const { mapping, clock, state, invoke, reached } = options;
  const key = checkpointKey(mapping.id);
  const kept = state.get<Checkpoint>(key);
  let taken = kept?.position;
  let attempts = kept?.attempts ?? 0;
  let since = kept?.since;
  let buffer: Read[] = [];
  /** Ends of the parts that a bisected batch is delivered in, nearest first. */
  let parts: number[] = [];
  let behind = false;
  let held = false;
  let stopped = false;
  let retry: Timer | undefined;
  let working: Promise<void> | undefined;
  let last: Read[] = [];

  const positionOf = (read: Read): Position => ({
    shard: read.shard,
    sequence: read.record.dynamodb.SequenceNumber,
  });

  /** The first `count` of the buffer are handled, or not ours. */
  const pass = (count: number): void => {
    const end = buffer[count - 1];
    if (end === undefined) return;
    buffer = buffer.slice(count);
    parts = parts.map((part) => part - count).filter((part) => part > 0);
    attempts = 0;
    since = undefined;
    state.set(key, { position: positionOf(end) } satisfies Checkpoint);
  };

  const batch = (): Read[] => {
    const limit = parts[0] ?? mapping.batchSize;
    return buffer.slice(0, limit);
  };

  const backOff = (): void => {
    since ??= clock.now().getTime();
    attempts += 1;
    const first = buffer[0];
    if (first !== undefined) {
      const position = state.get<Checkpoint>(key)?.position ?? { shard: first.shard };
      state.set(key, { position, attempts, since } satisfies Checkpoint);
    }
    const wait = Math.min(longestBackoffMs, 1000 * 2 ** Math.min(attempts - 1, 10));
    retry = clock.at(clock.now().getTime() + wait, () => {
      retry = undefined;
      work();
    });
  };

  const giveUp = async (reads: Read[], condition: GivenUp['requestContext']['condition']): Promise<void> => {
    const [first] = reads;
    const final = reads.at(-1);
    if (first === undefined || final === undefined) return;
    const message = givenUp(mapping, reads, { condition, attempts: attempts + 1, now: clock.now() });
    options.log(
      `${mapping.functionName}: gave up ${reads.length} records after ${attempts + 1} attempts (${condition})` +
        (mapping.onFailureArn === undefined
          ? ', nobody is told: the mapping has no on-failure destination'
          : ''),
    );
    if (mapping.onFailureArn !== undefined) await options.giveUp(mapping.onFailureArn, message);
    pass(reads.length);
  };

  /** Delivers one batch; false when the lane has to wait. */
  const deliver = async (): Promise<boolean> => {
    const skip = buffer.findIndex(({ record }) => mapping.matches(record));
    if (skip !== 0) {
      pass(skip === -1 ? buffer.length : skip);
      return true;
    }
    const all = batch();
    const wanted = all.filter(({ record }) => mapping.matches(record));
    const failedAt = await failure(wanted);
    if (failedAt === undefined) {
      last = wanted;
      pass(all.length);
      return true;
    }
    const failed = wanted[failedAt];
    const done = failed === undefined ? 0 : all.indexOf(failed);
    if (done > 0) {
      // Progress: what the function reported as handled is handled, and the failed record begins its own count.
      parts = [all.length, ...parts.slice(1)];
      pass(done);
    }
    const rest = all.slice(done);
    const ageSeconds = since === undefined ? 0 : (clock.now().getTime() - since) / 1000;
    if (mapping.bisect && rest.length > 1) {
      parts = [Math.ceil(rest.length / 2), rest.length, ...parts.slice(parts[0] === rest.length ? 1 : 0)];
      return true;
    }
    if (ageSeconds >= Math.min(mapping.maximumRecordAgeSeconds, hours24)) {
      await giveUp(rest, 'RecordAgeExceeded');
      return true;
    }
    if (attempts >= mapping.maximumRetryAttempts) {
      await giveUp(rest, 'RetryAttemptsExhausted');
      return true;
    }
    backOff();
    return false;
  };

  /** The index of the first record that was not handled; undefined when all were. */
  const failure = async (reads: Read[]): Promise<number | undefined> => {
    try {
      const answer = await invoke(mapping.functionName, { Records: reads.map(({ record }) => record) });
      return mapping.reportBatchItemFailures ? firstReported(answer, reads) : undefined;
    } catch (error) {
      options.log(`${mapping.functionName}: ${error instanceof Error ? error.message : String(error)}`);
      return 0;
    }
  };

  const work = (): void => {
    if (working !== undefined || held || stopped || retry !== undefined || buffer.length === 0) return;
    const run = async () => {
      try {
        while (!held && !stopped && buffer.length > 0) if (!(await deliver())) return;
      } catch (error) {
        // The destination or the disk refused: the batch is still ours, and time may mend it.
        options.log(
          `${mapping.functionName}: ${error instanceof Error ? error.message : String(error)}; tried again later`,
        );
        backOff();
      }
    };
    working = run().finally(() => {
      working = undefined;
      if (retry === undefined) work();
      if (behind && buffer.length === 0) {
        behind = false;
        options.onHungry();
      }
    });
  };

  return {
    get taken() {
      return taken;
    },
    get behind() {
      return behind;
    },
    offer: (reads) => {
      for (const read of reads) {
        const position = positionOf(read);
        if (taken !== undefined && reached(taken, position)) continue;
        if (buffer.length >= most) {
          behind = true;
          break;
        }
        buffer.push(read);
        taken = position;
      }
      work();
    },
    idle: async () => {
      if (working === undefined) return false;
      while (working !== undefined) await working;
      return true;
    },
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      work();
    },
    redeliver: async () => {
      if (last.length === 0)
        throw new Error(`${mapping.id}: no batch was delivered yet, so none can be delivered again`);
      await invoke(mapping.functionName, { Records: last.map(({ record }) => record) }).catch(
        (error: unknown) => {
          options.log(
            `${mapping.functionName}, delivered again: ${error instanceof Error ? error.message : String(error)}`,
          );
        },
      );
    },
    stop: async () => {
      stopped = true;
      retry?.cancel();
      while (working !== undefined) await working;
    },
  };
};

/**
 * Reads `{ batchItemFailures: [{ itemIdentifier }] }`. An identifier that is not of the batch, or a malformed answer, fails
 * the whole batch, as Lambda has it.
 */
const firstReported = (answer: unknown, reads: readonly Read[]): number | undefined => {
  const failures = (answer as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  if (failures === undefined || failures === null) return undefined;
  if (!Array.isArray(failures)) return 0;
  const indexes = failures.map((failed: { itemIdentifier?: unknown } | null) =>
    reads.findIndex(({ record }) => record.dynamodb.SequenceNumber === failed?.itemIdentifier),
  );
  return indexes.length === 0 ? undefined : Math.max(0, Math.min(...indexes));
};

const givenUp = (
  mapping: Mapping,
  reads: readonly Read[],
  {
    condition,
    attempts,
    now,
  }: { condition: GivenUp['requestContext']['condition']; attempts: number; now: Date },
): GivenUp => {
  const arrivals = reads.map(({ record }) =>
    new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
  );
  return {
    requestContext: {
      requestId: crypto.randomUUID(),
      functionArn: mapping.functionName,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId: reads[0]?.shard ?? '',
      startSequenceNumber: reads[0]?.record.dynamodb.SequenceNumber ?? '',
      endSequenceNumber: reads.at(-1)?.record.dynamodb.SequenceNumber ?? '',
      approximateArrivalOfFirstRecord: arrivals[0] ?? '',
      approximateArrivalOfLastRecord: arrivals.at(-1) ?? '',
      batchSize: reads.length,
      streamArn: reads[0]?.record.eventSourceARN ?? '',
    },
  };
};
