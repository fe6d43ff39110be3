import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '../errors.ts';
import { checkKey, checkQuery, checkTransaction, checkWrite, keyOf, lastOfEach, nameOf } from './check.ts';
import { holds } from './condition.ts';
import { indexes, indexKeys } from './create.ts';
import { cursorBehind, inRange, placeIn, placeOf } from './cursor.ts';
import { type Entry, ordered } from './ordered.ts';
import {
  type Calls,
  ConditionFailed,
  type Index,
  type Item,
  type Key,
  type Query,
  type Table,
  type Write,
} from './port.ts';
import type { StreamRecord } from './records.ts';
import { readUnits, writeUnits } from './units.ts';
import { updated } from './update.ts';
import { freezeRow, marshalRow, sizeOf } from './values.ts';

/** A table in this process: the port's, and what DynamoDB gives as a stream. */
export type MemoryTable = Table & {
  /**
   * Calls `listener` with the changes of each write (all of a transaction's at once), in order, before the write is
   * answered. What changes nothing is no change.
   *
   * @returns ends it
   */
  changes(listener: (records: readonly StreamRecord[]) => void): () => void;
};

type Planned = { readonly key: Key; readonly before: Item | undefined; readonly after: Item | undefined };

const tokenLifeMilliseconds = 600_000;

/**
 * The table in this process. Rows read are frozen.
 *
 * @param options.now - for the records of the stream, and to forget the tokens of transactions
 */
export const createMemoryTable = ({ now }: { now: () => Date }): MemoryTable => {
  const calls: Calls = { reads: 0, writes: 0, transactions: 0, readUnits: 0, writeUnits: 0 };
  const rows = ordered();
  const listed = { g1: ordered(), g2: ordered(), g3: ordered() } as const satisfies Record<Index, unknown>;
  const listeners = new Set<(records: readonly StreamRecord[]) => void>();
  const tokens = new Map<string, { until: number; writes: readonly Write[] }>();
  let sequence = 0;

  const rowAt = ({ pk, sk }: Key) => rows.find(pk, { at: sk, pk, sk });

  const entryOf = (row: Item): Entry => ({ at: row.sk, pk: row.pk, sk: row.sk, row });

  const indexEntry = (index: Index, row: Item | undefined): [string, Entry] | undefined => {
    const pk = row?.[indexKeys[index].pk];
    const at = row?.[indexKeys[index].sk];
    if (row === undefined || typeof pk !== 'string' || typeof at !== 'string') return undefined;
    return [pk, { at, pk: row.pk, sk: row.sk, row }];
  };

  const plan = (write: Write): Planned => {
    const { pk, sk } = keyOf(write);
    const key = { pk, sk };
    const before = rowAt(key);
    if ('remove' in write) return { key, before, after: undefined };
    if ('check' in write) return { key, before, after: before };
    const after = freezeRow('put' in write ? write.put : updated(before, write));
    return { key, before, after: isDeepStrictEqual(before, after) ? before : after };
  };

  const record = ({ key, before, after }: Planned): StreamRecord => {
    sequence++;
    return {
      eventID: sequence.toString(16).padStart(32, '0'),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      eventSourceARN: 'arn:aws:dynamodb:memory:000000000000:table/memory/stream/1',
      awsRegion: 'memory',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now().getTime() / 1000),
        Keys: marshalRow(key),
        ...(before && { OldImage: marshalRow(before) }),
        ...(after && { NewImage: marshalRow(after) }),
        SequenceNumber: String(sequence).padStart(21, '0'),
        SizeBytes: sizeOf(key) + sizeOf(before) + sizeOf(after),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
  };

  const store = ({ key, before, after }: Planned) => {
    if (after === undefined) rows.remove(key.pk, { at: key.sk, ...key });
    else rows.put(key.pk, entryOf(after));
    for (const index of indexes) {
      const [was, is] = [indexEntry(index, before), indexEntry(index, after)];
      if (was) listed[index].remove(...was);
      if (is) listed[index].put(...is);
    }
  };

  const commit = (planned: readonly Planned[], factor: 1 | 2) => {
    for (const { before, after } of planned) calls.writeUnits += factor * writeUnits(before, after);
    const changed = planned.filter(({ before, after }) => before !== after);
    for (const one of changed) store(one);
    if (listeners.size === 0 || changed.length === 0) return;
    const records = changed.map(record);
    for (const listener of listeners) listener(records);
  };

  /** What the writes would change; a write that can't be done goes before a condition of another, as in DynamoDB. */
  const planAll = (writes: readonly Write[]): Planned[] => {
    const failed: number[] = [];
    const planned = writes.flatMap((write, at) => {
      if (write.if === undefined || holds(write.if, rowAt(keyOf(write)))) return [plan(write)];
      failed.push(at);
      return [];
    });
    if (failed.length > 0) throw new ConditionFailed(failed);
    return planned;
  };

  /** Whether this very transaction has been done before. */
  const isRepeated = (token: string, writes: readonly Write[]): boolean => {
    const instant = now().getTime();
    for (const [known, { until }] of tokens) {
      if (until > instant) break;
      tokens.delete(known);
    }
    const done = tokens.get(token);
    if (done === undefined) return false;
    if (isDeepStrictEqual(done.writes, writes)) return true;
    throw new Conflict('the token has been used for other writes; use a new one');
  };

  const readPage = (query: Query) => {
    checkQuery(query);
    const { index, pk, sk, limit = Number.POSITIVE_INFINITY, descending = false } = query;
    const behind = placeOf(query);
    const from = sk === undefined ? undefined : 'begins' in sk ? sk.begins : sk.from;
    calls.reads++;
    const items: Item[] = [];
    const walk = (index === undefined ? rows : listed[index]).walk(pk, {
      descending,
      ...(from !== undefined && { from }),
      ...(behind && { behind }),
    });
    for (const { at, row } of walk) {
      if (items.length === limit) break;
      if (inRange(sk, at)) items.push(row);
      // Matching sort keys stand together.
      else if (items.length > 0 || (!descending && behind === undefined)) break;
    }
    calls.readUnits += readUnits(items, query.consistent === true);
    const last = items.at(-1);
    return items.length === limit && last
      ? { items, cursor: cursorBehind(query, placeIn(query, last)) }
      : { items };
  };

  return {
    calls,

    async get(key, options) {
      checkKey(key);
      calls.reads++;
      const row = rowAt(key);
      calls.readUnits += readUnits(row ? [row] : [], options?.consistent === true);
      return row;
    },

    async getMany(keys) {
      const wanted = new Map(keys.map((key) => [nameOf(key), key]));
      wanted.forEach(checkKey);
      calls.reads += Math.ceil(wanted.size / 100);
      return [...wanted.values()].flatMap((key) => {
        const row = rowAt(key);
        calls.readUnits += readUnits(row ? [row] : [], false);
        return row ?? [];
      });
    },

    query: async (query) => readPage(query),

    async *all(query) {
      let cursor = query.cursor;
      do {
        const page = readPage(cursor === undefined ? query : { ...query, cursor });
        yield* page.items;
        cursor = page.cursor;
      } while (cursor !== undefined);
    },

    async write(write) {
      checkWrite(write);
      if ('check' in write) calls.transactions++;
      else calls.writes++;
      const planned = planAll([write]);
      commit(planned, 'check' in write ? 2 : 1);
      return 'update' in write ? planned[0]?.after : undefined;
    },

    async transact(writes, { token } = {}) {
      checkTransaction(writes);
      if (writes.length === 0) return;
      calls.transactions++;
      if (token !== undefined && isRepeated(token, writes)) return;
      const planned = planAll(writes);
      if (token !== undefined) {
        tokens.set(token, {
          until: now().getTime() + tokenLifeMilliseconds,
          writes: structuredClone(writes),
        });
      }
      commit(planned, 2);
    },

    async batch(writes) {
      const each = lastOfEach(writes);
      const planned = each.map(plan);
      calls.writes += Math.ceil(each.length / 25);
      for (const one of planned) commit([one], 1);
    },

    changes(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
