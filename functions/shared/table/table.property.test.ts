import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VoronkaError } from '../errors.ts';
import { type DynamoLocal, startDynamoLocal } from './dynamo-local-for-tests.ts';
import { type Condition, ConditionFailed, type Table, type Write } from './port.ts';
import { changeOf } from './records.ts';
import { readStream } from './stream-for-tests.ts';
import { createDynamoTable } from './table-dynamo.ts';
import { createMemoryTable } from './table-memory.ts';

let server: DynamoLocal;
beforeAll(async () => {
  server = await startDynamoLocal();
  await server.createTable('laws');
});
afterAll(() => server.stop());

// Few names and few values, so that writes meet.
const name = fc.constantFrom('a', 'b', 'c');
const scalar = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom('', 'x', '\uffff', '🎄'),
  fc.boolean(),
);
const value = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 2, arbitrary: fc.dictionary(name, scalar, { maxKeys: 2, noNullPrototype: true }) },
  fc.array(scalar, { maxLength: 2 }),
  fc.constant(null),
  fc.constant(undefined),
);
const key = fc.constantFrom('r1', 'r2', 'r3', 'r4').map((sk) => ({ pk: 'P', sk }));
const listing = fc.constantFrom<Record<string, string>>(
  {},
  { g1pk: 'P', g1sk: '1' },
  { g1pk: 'P', g1sk: '2' },
  { g1pk: 'P', g1sk: '🎄', g2pk: 'P', g2sk: '1' },
  { g2pk: 'P' },
);
// A fraction has a name of its own, that nothing is added to: DynamoDB adds decimals, JavaScript doubles.
const fraction = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
const members = fc
  .tuple(
    fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true }),
    fc.option(fraction, { nil: undefined }),
  )
  .map(([some, d]) => ({ ...some, d: d !== undefined && Math.abs(d) < 1e-9 ? 0 : d }));

const plain = fc.oneof(
  fc.constantFrom<Condition>({ absent: true }, { present: true }),
  fc.dictionary(name, scalar, { maxKeys: 2, noNullPrototype: true }).map((equals): Condition => ({ equals })),
  fc
    .record({ name, than: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom('x', '\uffff', '🎄')) })
    .map((less): Condition => ({ less })),
);
const condition = fc.oneof(
  { weight: 3, arbitrary: plain },
  fc.array(plain, { maxLength: 2 }).map((all): Condition => ({ all })),
  fc.array(plain, { maxLength: 2 }).map((any): Condition => ({ any })),
);
const guarded = fc.option(condition, { nil: undefined, freq: 3 }).map((one) => (one ? { if: one } : {}));

const put = fc
  .tuple(key, listing, members)
  .map(([at, listed, row]) => ({ put: { ...row, ...listed, ...at } }));
const path = fc.oneof(
  { weight: 3, arbitrary: name },
  fc.tuple(name, name).map(([map, member]) => `${map}.${member}`),
);
// Two members of one map may change at once, a map and its member may not.
const overlap = (one: string, other: string) =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
const update = fc
  .tuple(
    key,
    fc.uniqueArray(path, { minLength: 1, maxLength: 3, comparator: overlap }),
    fc.array(fc.tuple(fc.constantFrom('set', 'add', 'unset'), value, fc.integer({ min: -5, max: 5 })), {
      minLength: 3,
      maxLength: 3,
    }),
    listing,
  )
  .map(([at, paths, kinds, listed]) => {
    const set: Record<string, unknown> = { ...listed };
    const add: Record<string, number> = {};
    const unset: string[] = [];
    for (const [position, one] of paths.entries()) {
      const [kind, to, amount] = kinds[position] ?? ['unset', undefined, 0];
      if (kind === 'set') set[one] = to;
      else if (kind === 'add') add[one] = amount;
      else unset.push(one);
    }
    return { update: at, set, add, unset };
  });
const remove = key.map((at) => ({ remove: at }));
const write: fc.Arbitrary<Write> = fc.oneof(
  fc
    .tuple(fc.oneof({ weight: 2, arbitrary: put }, { weight: 3, arbitrary: update }, remove), guarded)
    .map(([one, iff]) => ({ ...one, ...iff })),
  fc.tuple(key, condition).map(([check, iff]) => ({ check, if: iff })),
);

const step = fc.oneof(
  { weight: 4, arbitrary: write.map((one) => ({ write: one })) },
  fc.array(write, { maxLength: 4 }).map((many) => ({ transact: many })),
  fc.array(fc.oneof(put, remove), { maxLength: 4 }).map((many) => ({ batch: many })),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The same steps in a partition of their own. */
const within = <T>(pk: string, drawn: T): T =>
  drawn === 'P'
    ? (pk as T)
    : Array.isArray(drawn)
      ? (drawn.map((member) => within(pk, member)) as T)
      : typeof drawn === 'object' && drawn !== null
        ? (Object.fromEntries(Object.entries(drawn).map(([n, member]) => [n, within(pk, member)])) as T)
        : drawn;

const outcome = async (table: Table, one: Step) => {
  try {
    if ('write' in one) return await table.write(one.write);
    if ('transact' in one) return await table.transact(one.transact);
    return await table.batch(one.batch);
  } catch (error) {
    if (!(error instanceof VoronkaError)) throw error;
    return { error: error.name, ...(error instanceof ConditionFailed && { failed: error.failed }) };
  }
};

const contents = async (table: Table, pk: string) => ({
  table: (await table.query({ pk })).items,
  g1: (await table.query({ pk, index: 'g1' })).items.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)),
  g2: (await table.query({ pk, index: 'g2' })).items.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)),
});

/** The changes of each row, in order: between rows, DynamoDB promises none. */
const changesOf = (records: readonly unknown[]) =>
  Object.groupBy(
    records.map(changeOf).map(({ kind, key, before, after }) => ({ kind, key, before, after })),
    ({ key }) => key.sk,
  );

test('any writes have the same outcomes, contents and stream in memory as in DynamoDB', async () => {
  const dynamo = createDynamoTable({ name: 'laws', client: server.client });
  const stream = await readStream(server, 'laws');
  let runs = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (drawn) => {
      const pk = `P#${++runs}`;
      await stream.next(); // what a failed run has left
      const memory = createMemoryTable({ now: () => new Date(0) });
      const records: unknown[] = [];
      memory.changes((some) => records.push(...some));

      for (const one of within(pk, drawn)) {
        expect(await outcome(memory, one)).toEqual(await outcome(dynamo, one));
      }

      expect(await contents(memory, pk)).toEqual(await contents(dynamo, pk));
      expect(changesOf(records)).toEqual(changesOf(await stream.next()));
    }),
    { numRuns: 40 },
  );
  stream.close();
});
