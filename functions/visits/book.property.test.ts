import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Deal, Slot } from '../../schemas/deal.ts';
import { furniture } from '../../statemachines/packs/furniture/index.ts';
import { companyOf } from '../access/company.ts';
import { contextFor } from '../deals/context.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { bookings } from './book.ts';
import { busyBetween } from './busy.ts';
import { cellsOf, slotsOf } from './slot.ts';

const company = companyOf([furniture], []);
const now = new Date('2026-02-02T06:00:00.000Z');
const context = contextFor('furniture-order', { now, by: { system: 'test' }, reader: undefined, company });
const { zone } = furniture;

const aDeal = (n: number): Deal =>
  Deal.parse({
    id: `d${n}`,
    pack: 'furniture',
    pipeline: 'furniture-order',
    number: `M-${n}`,
    title: 'x',
    stage: 'measurement',
    seq: 1,
    version: 1,
    fields: {},
    totals: {},
    stageSince: now.toISOString(),
    createdAt: now.toISOString(),
    createdBy: { system: 'test' },
    changedAt: now.toISOString(),
    changedBy: { system: 'test' },
  });

const crew = fc.constantFrom('oleg', 'kirill', 'matvey');
/** One write: which deal, which of its slots, and what becomes of it. */
const writes = fc.array(
  fc.record({
    deal: fc.integer({ min: 0, max: 3 }),
    field: fc.constantFrom('measurementAt', 'installationAt'),
    slot: fc.option(
      fc.record({
        day: fc.integer({ min: 3, max: 6 }),
        quarter: fc.integer({ min: 0, max: 38 }),
        length: fc.integer({ min: 1, max: 20 }),
        people: fc.uniqueArray(crew, { minLength: 1, maxLength: 3 }),
      }),
      { freq: 4 },
    ),
    /** whether a second writer decides by the same look at the table */
    twin: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

test('whatever is booked, moved and given up, and by how many at once: nobody is in two places, and what is kept is what the deals say', () =>
  fc.assert(
    fc.asyncProperty(writes, async (history) => {
      const table = createMemoryTable({ now: () => now });
      const deals = [0, 1, 2, 3].map(aDeal);
      const store = async (
        n: number,
        after: Deal,
        rows: Parameters<typeof table.transact>[0],
      ): Promise<void> => {
        try {
          await table.transact(rows);
          deals[n] = after;
        } catch (error) {
          if (!(error instanceof ConditionFailed)) throw error;
        }
      };
      for (const { deal: n, field, slot, twin } of history) {
        const withSlot = (deal: Deal): Deal => {
          const { [field]: _, ...fields } = deal.fields;
          if (slot === null) return { ...deal, fields };
          const start = Date.parse(`2026-02-0${slot.day}T09:00:00+03:00`) + slot.quarter * 900_000;
          const [one] = slot.people;
          return {
            ...deal,
            fields: {
              ...fields,
              [field]: Slot.parse({
                start: new Date(start).toISOString(),
                end: new Date(start + slot.length * 900_000).toISOString(),
                people: field === 'measurementAt' ? [one ?? 'oleg'] : slot.people,
              }),
            },
          };
        };
        const asked = [n, ...(twin ? [(n + 1) % 4] : [])].map((at) => ({
          at,
          before: deals[at] ?? aDeal(at),
          after: withSlot(deals[at] ?? aDeal(at)),
        }));
        const decided = await Promise.all(
          asked.map(({ before, after }) => bookings(before, after, context, table)),
        );
        for (const [place, { at, after }] of asked.entries()) {
          const outcome = decided[place];
          if (outcome?.ok === true) await store(at, after, outcome.value);
        }
      }

      const wanted = deals.flatMap((deal) =>
        slotsOf(deal, context.pipeline).flatMap(({ slot }) =>
          cellsOf(slot, zone).map(({ person, day, name }) => `${person} ${day} ${name} ${deal.id}`),
        ),
      );
      const kept: string[] = [];
      for (const person of ['oleg', 'kirill', 'matvey'])
        for await (const row of table.all({ pk: `BUSY#${person}` }))
          for (const [name, said] of Object.entries(row))
            if (/^c\d{4}$/.test(name)) kept.push(`${person} ${row.sk} ${name} ${String(said).split(' ')[0]}`);
      expect(kept.sort()).toEqual([...new Set(wanted)].sort());
      expect(wanted).toHaveLength(new Set(wanted).size);
      const busy = await busyBetween('oleg', '2026-02-01' as never, '2026-02-28' as never, zone, table);
      for (const [at, one] of busy.entries())
        expect(at === 0 || (busy[at - 1]?.end ?? '') <= one.start).toBe(true);
    }),
    { numRuns: 120 },
  ));
