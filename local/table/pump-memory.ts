import type { MemoryTable } from '../../functions/shared/table/table-memory.ts';
import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import { createLane, type GivenUp, type Invoke, type Mapping } from './mapping.ts';
import type { Pump } from './pump.ts';
import type { Position, Read, StreamRecord } from './stream.ts';

/** The one shard of a table in this process. */
const shard = 'memory';

const reached = (one: Position, other: Position): boolean =>
  other.sequence === undefined ||
  (one.sequence !== undefined && BigInt(one.sequence) >= BigInt(other.sequence));

/** The pump of a table in this process: the same lanes, fed by the table itself instead of a stream that is read. */
export const startMemoryPump = (options: {
  table: MemoryTable;
  mappings: readonly Mapping[];
  clock: Clock;
  state: State;
  invoke: Invoke;
  giveUp(arn: string, message: GivenUp): Promise<void>;
  log(line: string): void;
}): Pump => {
  const lanes = new Map(
    options.mappings.map((mapping) => [
      mapping.id,
      // It gathers what is not taken over here, so there is nothing to be read again.
      createLane({ ...options, mapping, reached, onHungry: () => {} }),
    ]),
  );
  let waiting: Read[] = [];
  const flush = (): boolean => {
    if (waiting.length === 0) return false;
    const reads = waiting;
    waiting = [];
    for (const lane of lanes.values()) lane.offer(reads);
    return true;
  };
  let soon: NodeJS.Immediate | undefined;
  const end = options.table.changes((records) => {
    // The table's own record has all of an event's fields.
    waiting.push(...records.map((record) => ({ shard, record: record as object as StreamRecord })));
    // Whoever wrote goes on first; a clock that steps asks as soon as all else is done.
    if (!options.clock.isStepping())
      soon ??= setImmediate(() => {
        soon = undefined;
        flush();
      });
  });

  return {
    drain: async () => {
      for (let found = false; ; found = true) {
        const news = flush();
        const worked = (await Promise.all([...lanes.values()].map((lane) => lane.idle()))).includes(true);
        if (!news && !worked) return found;
      }
    },
    mapping: (id) => {
      const lane = lanes.get(id);
      if (lane === undefined)
        throw new Error(`no event source mapping ${id}; there are ${[...lanes.keys()].join(', ')}`);
      return lane;
    },
    stop: async () => {
      end();
      clearImmediate(soon);
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
};
