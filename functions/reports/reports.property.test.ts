import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealOf } from '../shared/rows.ts';
import type { StreamRecord } from '../shared/table/records.ts';
import { changeOf } from '../shared/table/records.ts';
import { consume } from './consume.ts';
import { nameOf } from './contribution.ts';
import { differencesBetween, kept, rebuild, refresh } from './rebuild.ts';
import { definitions, live, type Recorded, recorded, type Step } from './testing/history.ts';
import { worthOfDeal } from './worth.ts';

const deal = fc.integer({ min: 1, max: 4 });
const task = fc.integer({ min: 1, max: 5 });
const person = fc.constantFrom(undefined, 'pavel', 'semyon', 'artem');
const companies = ['plant-1', 'plant-2', 'nobody-made-it'];

const field = fc.oneof(
  fc.record({ field: fc.constant('dealTotal'), value: fc.constantFrom(undefined, 0, 90_000, 240_000) }),
  fc.record({ field: fc.constant('company'), value: fc.constantFrom(undefined, ...companies) }),
  fc.record({ field: fc.constant('contractNeeded'), value: fc.constantFrom(undefined, 'yes', 'no') }),
  fc.record({
    field: fc.constantFrom(
      'contractFeedbackDate',
      'originalsPlannedDate',
      'plannedReadinessDate',
      'scansReceivedAt',
    ),
    value: fc.constantFrom(undefined, '2026-02-11', '2026-03-20'),
  }),
  fc.record({ field: fc.constant('hasOriginals'), value: fc.constantFrom(undefined, true) }),
  fc.record({ field: fc.constant('lossReason'), value: fc.constantFrom(undefined, 'price') }),
  fc.record({ field: fc.constant('trackNumber'), value: fc.constantFrom(undefined, '1', '2') }), // in no report
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(deal, field).map(([deal, { field, value }]): Step => ({ do: 'field', deal, field, value })),
  fc
    .tuple(deal, fc.constantFrom('unprocessed', 'invoice-quote', 'contract', 'wrap-up', 'won', 'lost'))
    .map(([deal, stage]): Step => ({ do: 'move', deal, stage })),
  fc.tuple(deal, person).map(([deal, to]): Step => ({ do: 'assign', deal, to })),
  fc
    .tuple(deal, task, person, fc.constantFrom(undefined, '2026-02-03T10:00:00Z', '2026-02-20T10:00:00Z'))
    .map(([deal, task, assignee, due]): Step => ({ do: 'open', deal, task, assignee, due })),
  fc
    .tuple(task, fc.constantFrom('done', 'cancelled', 'moved'), fc.integer({ min: 0, max: 400 }))
    .map(([task, how, hours]): Step => ({ do: 'close', task, how, hours })),
  deal.map((deal): Step => ({ do: 'undo', deal })),
  task.map((task): Step => ({ do: 'rung', task })),
  deal.map((deal): Step => ({ do: 'watch', deal })),
  fc
    .record({
      deal,
      kind: fc.constantFrom('payment', 'refund', 'shipment'),
      amount: fc.integer({ min: 1, max: 100_000 }),
      converted: fc.constantFrom(undefined, 70, 2_000),
      corrects: fc.constantFrom(undefined, undefined, 'e1'),
      waits: fc.boolean(),
    })
    .map((entry): Step => ({ do: 'entry', ...entry })),
  fc
    .tuple(fc.nat(5), fc.constantFrom('approved', 'returned'))
    .map(([entry, state]): Step => ({ do: 'decide', entry, state })),
  fc
    .tuple(deal, fc.constantFrom('pavel', 'semyon'), fc.integer({ min: 1, max: 9_000 }))
    .map(([deal, employee, amount]): Step => ({ do: 'accrue', deal, employee, amount })),
  fc
    .tuple(fc.nat(5), fc.constantFrom('paid', 'reversed'))
    .map(([accrual, state]): Step => ({ do: 'settle', accrual, state })),
);

const rowOf = ({ dynamodb }: StreamRecord): string => JSON.stringify(dynamodb.Keys);

/** Rows put into partitions, read in batches of any size, in any order of partitions, some of them more than once. */
type Delivery = {
  partitions: number;
  spread: number;
  /** which partition is read next, how much of it, and how far back it begins anew */
  reads: { partition: number; size: number; back: number }[];
  /** old batches, given once more at some time */
  again: { from: number; size: number; after: number }[];
};

const delivery: fc.Arbitrary<Delivery> = fc.record({
  partitions: fc.integer({ min: 1, max: 4 }),
  spread: fc.nat(1_000),
  reads: fc.array(
    fc.record({
      partition: fc.nat(3),
      size: fc.integer({ min: 1, max: 12 }),
      back: fc.constantFrom(0, 0, 0, 1, 3, 20),
    }),
    { maxLength: 25 },
  ),
  again: fc.array(fc.record({ from: fc.nat(60), size: fc.integer({ min: 1, max: 9 }), after: fc.nat(25) }), {
    maxLength: 4,
  }),
});

const batchesOf = (
  records: readonly StreamRecord[],
  { partitions, spread, reads, again }: Delivery,
): StreamRecord[][] => {
  const shards: StreamRecord[][] = Array.from({ length: partitions }, () => []);
  const rows = new Map<string, number>();
  for (const record of records) {
    const row = rowOf(record);
    if (!rows.has(row)) rows.set(row, (spread * (rows.size + 1) * 31) % partitions);
    shards[rows.get(row) ?? 0]?.push(record);
  }
  const places = shards.map(() => 0);
  const batches: StreamRecord[][] = [];
  for (const [turn, { partition, size, back }] of reads.entries()) {
    const at = partition % partitions;
    const from = Math.max(0, (places[at] ?? 0) - back);
    const batch = shards[at]?.slice(from, from + size) ?? [];
    batches.push(batch);
    // As when a batch failed in part: what comes after the place gone back to is given again in its order.
    places[at] = Math.max(from + batch.length, back > 3 ? 0 : (places[at] ?? 0));
    for (const { from: old, size: much } of again.filter(({ after }) => after === turn)) {
      const seen = batches.flat();
      batches.push(seen.slice(old % Math.max(1, seen.length)).slice(0, much));
    }
  }
  for (const [at, shard] of shards.entries())
    for (let place = places[at] ?? 0; place < shard.length; place += 100)
      batches.push(shard.slice(place, place + 100));
  for (const { from, size } of again) batches.push(records.slice(from % records.length).slice(0, size));
  return batches.filter((batch) => batch.length > 0);
};

const written = async (steps: readonly Step[]): Promise<Recorded> => {
  const system = recorded();
  for (const company of companies.slice(0, 2)) await system.putCompany(company);
  system.drain();
  await live(system, steps);
  system.stop();
  return system;
};

const wrongIn = async ({ table }: Recorded) => {
  const should = await rebuild(table, definitions);
  const { 'COMPANY#nobody-made-it COMPANY': _, ...figures } = should.figures;
  return differencesBetween(await kept(table, definitions, companies), { ...should, figures });
};

/** Rows by which deals are found, by any version there was of them: those there, and those that should be. */
const foundIn = async ({ table, records }: Recorded) => {
  const byDeal = new Map<string, { latest: string[]; every: string[] }>();
  for (const record of records) {
    const { after } = changeOf(record);
    if (after?.row !== 'deal') continue;
    const deal = dealOf(after);
    const names = (await worthOfDeal(deal, definitions)).finds.map(nameOf);
    byDeal.set(deal.id, { latest: names, every: [...(byDeal.get(deal.id)?.every ?? []), ...names] });
  }
  const keys = [...new Set([...byDeal.values()].flatMap(({ every }) => every))].map((name) => {
    const [pk = '', ...sk] = name.split(' ');
    return { pk, sk: sk.join(' ') };
  });
  return {
    is: (await table.getMany(keys)).map(nameOf).sort(),
    should: [...new Set([...byDeal.values()].flatMap(({ latest }) => latest))].sort(),
  };
};

test('however the stream is delivered, the reports equal those worked out from the rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), delivery, async (steps, how) => {
      const system = await written(steps);

      for (const batch of batchesOf(system.records, how))
        await consume(batch, { table: system.table, definitions });

      expect(await wrongIn(system)).toEqual([]);
      const { is, should } = await foundIn(system);
      expect(is).toEqual(should);
    }),
    { numRuns: 120 },
  );
});

test('two consumers at once count each change once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const system = await written(steps);
      const { table, records } = system;

      await Promise.all(
        [3, 7].map(async (size) => {
          for (let at = 0; at < records.length; at += size)
            await consume(records.slice(at, at + size), { table, definitions });
        }),
      );

      expect(await wrongIn(system)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('a history told twice in other batches has each line once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), delivery, async (steps, how) => {
      const [once, often] = [await written(steps), await written(steps)];
      await consume(once.records, { table: once.table, definitions });

      for (const batch of batchesOf(often.records, how))
        await consume(batch, { table: often.table, definitions });

      const historyOf = async ({ table }: Recorded) =>
        (
          await Promise.all(
            [1, 2, 3, 4].map((deal) => table.query({ pk: `D#d${deal}`, sk: { begins: '1#FEED#' } })),
          )
        ).flatMap(({ items }) => items);
      expect(await historyOf(often)).toEqual(await historyOf(once));
    }),
    { numRuns: 30 },
  );
});

test('rows written before there was a consumer are counted by a refresh, and only once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), fc.nat(20), async (steps, some) => {
      const system = await written(steps);
      const { table, records } = system;
      await consume(records.slice(0, some), { table, definitions });

      await refresh(table, definitions);
      await refresh(table, definitions);
      await consume(records, { table, definitions });

      expect(await wrongIn(system)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
