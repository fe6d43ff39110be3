import type { Item, Key } from './port.ts';
import { byBytes } from './values.ts';

/** A row where it stands in a partition: by sort key there, then by its own key. */
export type Entry = Key & { readonly at: string; readonly row: Item };

type Place = Omit<Entry, 'row'>;

const compare = (left: Place, right: Place): number =>
  byBytes(left.at, right.at) || byBytes(left.pk, right.pk) || byBytes(left.sk, right.sk);

/** How many entries stand before a place. */
const before = (partition: readonly Entry[], isBefore: (entry: Entry) => boolean): number => {
  let low = 0;
  let high = partition.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = partition[middle];
    if (entry !== undefined && isBefore(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The rows of a table or of an index: partitions in the order of their entries. */
export type Ordered = {
  find(pk: string, place: Place): Item | undefined;
  put(pk: string, entry: Entry): void;
  remove(pk: string, place: Place): void;
  /** Entries from a sort key (the first by default), or behind a place; descending from the other end. */
  walk(pk: string, start: { from?: string; behind?: Place; descending: boolean }): Iterable<Entry>;
};

export const ordered = (): Ordered => {
  const partitions = new Map<string, Entry[]>();

  const locate = (pk: string, place: Place) => {
    const partition = partitions.get(pk) ?? [];
    const position = before(partition, (entry) => compare(entry, place) < 0);
    const entry = partition[position];
    return { partition, position, entry: entry && compare(entry, place) === 0 ? entry : undefined };
  };

  return {
    find: (pk, place) => locate(pk, place).entry?.row,

    put(pk, entry) {
      const { partition, position, entry: old } = locate(pk, entry);
      if (partition.length === 0) partitions.set(pk, partition);
      partition.splice(position, old === undefined ? 0 : 1, entry);
    },

    remove(pk, place) {
      const { partition, position, entry } = locate(pk, place);
      if (entry === undefined) return;
      partition.splice(position, 1);
      if (partition.length === 0) partitions.delete(pk);
    },

    *walk(pk, { from, behind, descending }) {
      const partition = partitions.get(pk) ?? [];
      const start = descending
        ? before(partition, (entry) => behind === undefined || compare(entry, behind) < 0) - 1
        : before(partition, (entry) =>
            behind === undefined
              ? from !== undefined && byBytes(entry.at, from) < 0
              : compare(entry, behind) <= 0,
          );
      const step = descending ? -1 : 1;
      for (let at = start; ; at += step) {
        const entry = partition[at];
        if (entry === undefined) return;
        yield entry;
      }
    },
  };
};
