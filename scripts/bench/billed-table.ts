import type { Calls, Table, Write } from '../../functions/shared/table/port.ts';
import { createMemoryTable } from '../../functions/shared/table/table-memory.ts';

/**
 * A table that counts as AWS bills. DynamoDB Local rounds the rows of a transaction up together, so each call is done
 * once more on a copy in this process, which counts row by row; what is answered is DynamoDB's.
 */
export const billed = (table: Table, now: () => Date): Table & { readonly billed: Readonly<Calls> } => {
  const copy = createMemoryTable({ now });
  // The table has decided already; the copy may see writes that met in an instant in another order.
  const decided = (write: Write): Write => {
    if ('check' in write) return { check: write.check, if: { all: [] } };
    const { if: _, ...rest } = write;
    return rest;
  };
  return {
    ...table,
    billed: copy.calls,
    get: async (key, options) => {
      await copy.get(key, options);
      return table.get(key, options);
    },
    getMany: async (keys) => {
      await copy.getMany(keys);
      return table.getMany(keys);
    },
    query: async (query) => {
      if (query.cursor === undefined) await copy.query(query);
      return table.query(query);
    },
    async *all(query) {
      if (query.cursor === undefined) await copy.query(query);
      yield* table.all(query);
    },
    write: async (write) => {
      const written = await table.write(write);
      await copy.write(decided(write));
      return written;
    },
    transact: async (writes, options) => {
      await table.transact(writes, options);
      await copy.transact(writes.map(decided));
    },
    batch: async (writes) => {
      await table.batch(writes);
      await copy.batch(writes);
    },
  };
};
