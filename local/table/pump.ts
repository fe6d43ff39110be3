import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import { isFirstRow } from './create.ts';
import {
  type Checkpoint,
  checkpointKey,
  createLane,
  type GivenUp,
  type Invoke,
  type Lane,
  type Mapping,
} from './mapping.ts';
import { openStream, type Position, type Read, type StreamReader } from './stream.ts';
import { createCall } from './wire.ts';
import { type Writes, watchWrites } from './writes.ts';

/** Carries the changes of tables to the functions that the template maps onto them. */
export type Pump = {
  /**
   * Delivers all that is on the streams; false if there was nothing. For the clock's settling. A function that failed has
   * nothing to do until its retry is due.
   */
  drain(): Promise<boolean>;
  /** Test hook: a mapping by its id. */
  mapping(id: string): Pick<Lane, 'hold' | 'release' | 'redeliver'>;
  stop(): Promise<void>;
};

/** How soon the changes of another process are seen; those of this one are seen at once. */
const pollMs = 250;
/** How long after a write its records are looked for; the cloud takes longer. */
const togetherMs = 2;

/**
 * Starts delivering. Each mapping goes on after what it last handled; what was in the works when the process ended is
 * delivered again.
 *
 * @param options.endpoint - DynamoDB Local
 * @param options.giveUp - takes the message about a batch that was given up to a queue or topic
 */
export const startPump = async (options: {
  endpoint: string;
  mappings: readonly Mapping[];
  clock: Clock;
  state: State;
  invoke: Invoke;
  giveUp(arn: string, message: GivenUp): Promise<void>;
  log(line: string): void;
}): Promise<Pump> => {
  const call = createCall(options.endpoint);
  const writes = watchWrites(options.endpoint, () => {
    for (const feed of feeds) void feed.written();
  });
  const tables = [...new Set(options.mappings.map((mapping) => mapping.tableName))];
  let feeds: Feed[] = [];
  feeds = await Promise.all(
    tables.map(async (tableName) => {
      const reader = await openStream(call, tableName, (position) =>
        options.log(
          `${tableName}: the stream no longer holds ${position.sequence ?? position.shard}; going on with its oldest record`,
        ),
      );
      const mappings = options.mappings.filter((mapping) => mapping.tableName === tableName);
      return startFeed({ ...options, reader, mappings, writes });
    }),
  );
  for (const feed of feeds) void feed.look();
  const poll = setInterval(() => {
    for (const feed of feeds) void feed.look();
  }, pollMs);
  poll.unref();

  const lanes = new Map(feeds.flatMap((feed) => [...feed.lanes]));
  return {
    drain: async () => {
      let found = false;
      for (const feed of feeds) found = (await feed.drain()) || found;
      return found;
    },
    mapping: (id) => {
      const lane = lanes.get(id);
      if (lane === undefined)
        throw new Error(`no event source mapping ${id}; there are ${[...lanes.keys()].join(', ')}`);
      return lane;
    },
    stop: async () => {
      clearInterval(poll);
      writes.close();
      await Promise.all(feeds.map((feed) => feed.stop()));
      call.close();
    },
  };
};

/** One stream and the lanes it feeds. */
type Feed = {
  lanes: Map<string, Lane>;
  look(): Promise<boolean>;
  /** A write of this process was answered. */
  written(): Promise<void>;
  drain(): Promise<boolean>;
  stop(): Promise<void>;
};

const startFeed = async (options: {
  reader: StreamReader;
  mappings: readonly Mapping[];
  clock: Clock;
  state: State;
  invoke: Invoke;
  giveUp(arn: string, message: GivenUp): Promise<void>;
  log(line: string): void;
  writes: Writes;
}): Promise<Feed> => {
  const { reader, clock, state, writes } = options;
  /** The mark of the writes when the stream was last read to its end, with none of them in flight. */
  let readAt: number | undefined;
  let looking: Promise<boolean> | undefined;
  let stopped = false;

  const now = () => clock.now().getTime() / 1000;
  /** The cloud's clock is the virtual one, so what the stream says about time has to follow it. */
  const dated = ({ shard, record }: Read): Read => ({
    shard,
    record: { ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(now()) } },
  });

  /** Reads to the end of the stream and hands everything over; true if there was something. */
  const readAll = async (): Promise<boolean> => {
    for (let found = false; ; found = true) {
      const settled = writes.inFlight === 0;
      const mark = writes.mark();
      const { reads, more } = await reader.read();
      const ours = reads.map(dated).filter(({ record }) => !isFirstRow(record.dynamodb.Keys));
      for (const lane of lanes.values()) lane.offer(ours);
      if (more) continue;
      readAt = settled ? mark : undefined;
      return found || reads.length > 0;
    }
  };

  const look = (): Promise<boolean> => {
    if (stopped) return Promise.resolve(false);
    looking ??= readAll()
      .catch((error: unknown) => {
        if (!stopped)
          options.log(`the table's stream: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  const lanes = new Map<string, Lane>();
  await skipToEnd(reader, state, options.mappings);
  for (const mapping of options.mappings) {
    const lane = createLane({
      ...options,
      mapping,
      reached: reader.reached,
      onHungry: () => {
        reader.seek(lane.taken);
        void look();
      },
    });
    lanes.set(mapping.id, lane);
  }
  reader.seek(firstPlace(reader, lanes));

  return {
    lanes,
    look,
    written: async () => {
      // A clock that steps asks as soon as all else is done, and then finds all of it at once.
      if (clock.isStepping()) return;
      // Whoever wrote goes on first, to answer its caller; and writes that are answered almost together are read together.
      await pause(togetherMs, undefined, { ref: false });
      // A look under way may have passed this write already; the mark tells, and what is in flight calls again by itself.
      while (!stopped && readAt !== writes.mark()) {
        await look();
        if (writes.inFlight > 0) return;
      }
    },
    drain: async () => {
      for (let found = false; ; found = true) {
        // A write shows on the stream when it is answered: to look before would find nothing, and look again then.
        if (readAt !== writes.mark()) await writes.answered();
        const before = looking === undefined ? false : await looking;
        const news = readAt === writes.mark() ? before : (await look()) || before;
        const worked = (await Promise.all([...lanes.values()].map((lane) => lane.idle()))).includes(true);
        if (!news && !worked) return found;
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
      await looking;
    },
  };
};

/** A `LATEST` mapping that is seen for the first time begins at the end of what is there, and remembers that it did. */
const skipToEnd = async (reader: StreamReader, state: State, mappings: readonly Mapping[]): Promise<void> => {
  const fresh = mappings.filter(
    (mapping) => mapping.startingPosition === 'LATEST' && state.get(checkpointKey(mapping.id)) === undefined,
  );
  if (fresh.length === 0) return;
  while ((await reader.read()).more);
  for (const mapping of fresh)
    state.set(checkpointKey(mapping.id), { position: reader.position } satisfies Checkpoint);
};

/** The earliest place that any mapping goes on from; undefined is the start of the stream. */
const firstPlace = (reader: StreamReader, lanes: Map<string, Lane>): Position | undefined => {
  const places = [...lanes.values()].map((lane) => lane.taken);
  let first = places[0];
  for (const place of places) {
    if (place === undefined) return undefined;
    if (first !== undefined && reader.reached(first, place)) first = place;
  }
  return first;
};
