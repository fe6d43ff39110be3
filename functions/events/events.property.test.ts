import '../testing/quiet.ts';

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainEvent } from '../../schemas/event.ts';
import type { Table } from '../shared/table/port.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { number } from './number.ts';
import { readEvents } from './read.ts';

const now = new Date('2026-02-18T09:30:00Z');

const moved = (index: number): DomainEvent =>
  DomainEvent.parse({
    id: `e${index}`,
    type: 'deal.moved',
    at: now.toISOString(),
    pipeline: 'goods',
    deal: `d${index % 5}`,
    by: { system: 'test' },
    data: { number: 'G-1', stage: 'quote', seq: 1, version: 1, from: 'new', outcome: null, amount: 12 },
  });

/** A table that fails now and then: before a transaction is written, or after it was, with its answer lost. */
const shaky = (table: Table, faults: readonly ('before' | 'after' | 'none')[]): Table => {
  let at = 0;
  return {
    ...table,
    calls: table.calls,
    async transact(writes, options) {
      const fault = faults[at] ?? 'none';
      at += 1;
      if (fault === 'before') throw new Error('cut off');
      await table.transact(writes, options);
      if (fault === 'after') throw new Error('answer lost');
    },
  };
};

test('whatever batches come, how often, in which order and beside each other, the numbers have no gap and no event two', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(60), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.constantFrom('before', 'after', 'none', 'none'), { maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      async (batches, faults, limit) => {
        const table = createMemoryTable({ now: () => now });
        const broken = shaky(table, faults);
        const give = async (batch: readonly number[]): Promise<void> => {
          // What failed is given again, as the stream does.
          for (let tried = 0; tried < 20; tried += 1)
            try {
              await number(batch.map(moved), { table: broken, now });
              return;
            } catch (error) {
              if (!(error instanceof Error) || !/cut off|answer lost/.test(error.message)) throw error;
            }
          throw new Error('never taken');
        };
        const read: { n: number; id: string }[] = [];
        const poll = async () => {
          for (;;) {
            const page = await readEvents(read.at(-1)?.n ?? 0, limit, { table, now });
            read.push(...page.items);
            if (!page.more || page.items.length === 0) return;
          }
        };

        await Promise.all([...batches.map(give), poll()]);
        await poll();

        const given = new Set(batches.flat().map((index) => `e${index}`));
        expect(read.map(({ n }) => n)).toEqual(Array.from({ length: given.size }, (_, index) => index + 1));
        expect(new Set(read.map(({ id }) => id))).toEqual(given);
      },
    ),
    { numRuns: 60 },
  );
});

test('what lies behind a number that the index does not know yet is read next time', async () => {
  const table = createMemoryTable({ now: () => now });
  await number([1, 2, 3].map(moved), { table, now });
  const behind: Table = {
    ...table,
    calls: table.calls,
    async query(query) {
      const page = await table.query(query);
      return { ...page, items: page.items.filter(({ n }) => n !== 2) };
    },
  };

  const early = await readEvents(0, 10, { table: behind, now });
  expect([early.items.map(({ n }) => n), early.next, early.more]).toEqual([[1], 1, true]);
  const late = await readEvents(early.next, 10, { table, now });
  expect([late.items.map(({ n }) => n), late.next, late.more]).toEqual([[2, 3], 3, false]);
});
