import { describe, expect, test } from 'vitest';
import { Conflict } from '../errors.ts';
import {
  BadCursor,
  BadWrite,
  ConditionFailed,
  type Item,
  type Query,
  type Table,
  type Write,
} from './port.ts';

const collect = async (rows: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

const failure = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error) => error,
  );

/**
 * What the port promises, of any adapter.
 *
 * @param table - the one to test; partitions are made up anew by every test, so that it may be shared
 */
export const tableSuite = (name: string, table: () => Table): void => {
  let made = 0;
  const partition = () => `suite#${++made}`;
  const numbered = (pk: string, count: number): Item[] =>
    Array.from({ length: count }, (_, at) => ({ pk, sk: `row#${String(at).padStart(3, '0')}` }));

  describe(name, () => {
    test('a row comes back as it was put, without its undefined members', async () => {
      const key = { pk: partition(), sk: 'a' };
      const row = {
        ...key,
        text: 'Ёлка 🎄',
        empty: '',
        number: -12.5,
        zero: 0,
        flag: false,
        nothing: null,
        list: [1, 'two', [], {}],
        map: { inner: { deep: true }, 'a.b': 1 },
      };

      await table().write({ put: { ...row, gone: undefined, map: { ...row.map, gone: undefined } } });

      expect(await table().get(key)).toEqual(row);
      expect(await table().get(key, { consistent: true })).toEqual(row);
      expect(await table().get({ ...key, sk: 'b' })).toBeUndefined();
    });

    test.each([
      ['a date', new Date(0)],
      ['a bigint', 1n],
      ['not a number', Number.NaN],
      ['infinity', Number.POSITIVE_INFINITY],
      ['a number too small', 1e-200],
      ['a set', new Set(['a'])],
      ['a function', () => 1],
      ['a member named __proto__', JSON.parse('{"__proto__": 1}')],
    ])('%s is refused with its path, and nothing is written', async (_, value) => {
      const key = { pk: partition(), sk: 'a' };

      const error = await failure(table().write({ put: { ...key, map: { list: [value] } } }));

      expect(error).toBeInstanceOf(BadWrite);
      expect(String(error)).toContain('map.list[0]');
      expect(await table().get(key)).toBeUndefined();
    });

    test.each<[string, (pk: string) => Write]>([
      ['an empty key', (pk) => ({ put: { pk, sk: '' } })],
      ['an index key that is no string', (pk) => ({ put: { pk, sk: 'a', g1pk: 1, g1sk: 'x' } })],
      ['an update of nothing', (pk) => ({ update: { pk, sk: 'a' }, set: { name: undefined } })],
      ['an update of the key', (pk) => ({ update: { pk, sk: 'a' }, set: { sk: 'b' } })],
      ['a path of three', (pk) => ({ update: { pk, sk: 'a' }, set: { 'a.b.c': 1 } })],
      ['a name written twice', (pk) => ({ update: { pk, sk: 'a' }, set: { a: 1 }, unset: ['a'] })],
      ['a map and its member', (pk) => ({ update: { pk, sk: 'a' }, set: { a: {}, 'a.b': 1 } })],
      ['a fraction to add', (pk) => ({ update: { pk, sk: 'a' }, add: { a: 0.5 } })],
      ['a member of a map that is not there', (pk) => ({ update: { pk, sk: 'a' }, set: { 'a.b': 1 } })],
    ])('%s is a mistake of ours', async (_, write) => {
      const pk = partition();

      expect(await failure(table().write(write(pk)))).toBeInstanceOf(BadWrite);
      expect(await failure(table().transact([write(pk)]))).toBeInstanceOf(BadWrite);
      expect((await table().query({ pk })).items).toEqual([]);
    });

    test('an update sets, adds, unsets, and answers the new row', async () => {
      const key = { pk: partition(), sk: 'a' };
      await table().write({ put: { ...key, kept: 1, old: true, totals: { paid: 100, due: 5 } } });

      const after = await table().write({
        update: key,
        set: { name: 'x', 'totals.note': 'y', size: undefined },
        add: { count: 2, kept: -3, 'totals.paid': 50, 'totals.back': 7 },
        unset: ['old', 'totals.due', 'never'],
      });

      const row = { ...key, name: 'x', count: 2, kept: -2, totals: { note: 'y', paid: 150, back: 7 } };
      expect(after).toEqual(row);
      expect(await table().get(key)).toEqual(row);
    });

    test('an update of a row that is not there makes it', async () => {
      const key = { pk: partition(), sk: 'a' };

      expect(await table().write({ update: key, add: { count: 1 } })).toEqual({ ...key, count: 1 });
    });

    test('adding to what is no number is a mistake of ours', async () => {
      const key = { pk: partition(), sk: 'a' };
      await table().write({ put: { ...key, name: 'x' } });

      expect(await failure(table().write({ update: key, add: { name: 1 } }))).toBeInstanceOf(BadWrite);
    });

    test.each([
      ['absent', { absent: true }, false, true],
      ['present', { present: true }, true, false],
      ['equal attributes', { equals: { stage: 'won', version: 3, open: false } }, true, false],
      ['one attribute unequal', { equals: { stage: 'won', version: 4 } }, false, false],
      ['no attributes to equal', { equals: {} }, true, true],
      ['a number below', { less: { name: 'version', than: 4 } }, true, true],
      ['the very number', { less: { name: 'version', than: 3 } }, false, true],
      ['a text below', { less: { name: 'stage', than: 'wonder' } }, true, true],
      ['a text of a higher plane', { less: { name: 'stage', than: '\u{1f384}' } }, true, true],
      ['a number against a text', { less: { name: 'version', than: 'z' } }, false, true],
      ['an attribute that is missing', { less: { name: 'none', than: 0 } }, true, true],
      ['all of two', { all: [{ present: true }, { equals: { version: 3 } }] }, true, false],
      ['all of none', { all: [] }, true, true],
      ['any of two', { any: [{ absent: true }, { equals: { version: 3 } }] }, true, true],
      ['any of none', { any: [] }, false, false],
    ] as const)('condition: %s', async (_, condition, ofRow, ofAbsence) => {
      const pk = partition();
      const row = { pk, sk: 'a', stage: 'won', version: 3, open: false };
      await table().write({ put: row });
      const holds = async (write: Write) => {
        const error = await failure(table().write(write));
        if (error !== undefined) expect(error).toMatchObject({ name: 'ConditionFailed', failed: [0] });
        return error === undefined;
      };

      expect(await holds({ check: { pk, sk: 'a' }, if: condition })).toBe(ofRow);
      expect(await holds({ check: { pk, sk: 'b' }, if: condition })).toBe(ofAbsence);
      expect(await holds({ put: row, if: condition })).toBe(ofRow);
      expect(await holds({ update: { pk, sk: 'a' }, set: { name: 'x' }, if: condition })).toBe(ofRow);
      expect(await holds({ remove: { pk, sk: 'a' }, if: condition })).toBe(ofRow);
      expect((await table().get(row)) === undefined).toBe(ofRow);
    });

    test('a transaction writes all, or tells which conditions failed and writes nothing', async () => {
      const pk = partition();
      await table().write({ put: { pk, sk: 'deal', version: 1 } });
      const writes = (version: number): Write[] => [
        { update: { pk, sk: 'deal' }, add: { version: 1 }, if: { equals: { version } } },
        { put: { pk, sk: 'task' }, if: { absent: true } },
        { remove: { pk, sk: 'old' } },
        { check: { pk, sk: 'deal#lock' }, if: { absent: true } },
      ];

      await table().transact(writes(1));
      const again = await failure(table().transact(writes(1)));

      expect(again).toBeInstanceOf(ConditionFailed);
      expect(again).toMatchObject({ failed: [0, 1], status: 409 });
      expect((await table().query({ pk })).items).toEqual([
        { pk, sk: 'deal', version: 2 },
        { pk, sk: 'task' },
      ]);
    });

    test('a transaction with a token is done once', async () => {
      const pk = partition();
      const writes: Write[] = [{ update: { pk, sk: 'a' }, add: { count: 1 } }];
      const token = `${pk} and so long that no service would take it as it is`;

      await table().transact(writes, { token });
      await table().transact(writes, { token });
      const other = await failure(table().transact([{ put: { pk, sk: 'b' } }], { token }));

      expect(other).toBeInstanceOf(Conflict);
      expect((await table().query({ pk })).items).toEqual([{ pk, sk: 'a', count: 1 }]);
    });

    test('a transaction of a hundred is taken; of more, of none and of one row twice is not', async () => {
      const pk = partition();
      const rows = numbered(pk, 101);

      await table().transact(rows.slice(0, 100).map((put) => ({ put })));
      await table().transact([]);
      const many = await failure(table().transact(rows.map((put) => ({ put }))));
      const twice = await failure(table().transact([{ put: { pk, sk: 'a' } }, { remove: { pk, sk: 'a' } }]));

      expect(many).toBeInstanceOf(BadWrite);
      expect(twice).toBeInstanceOf(BadWrite);
      expect((await table().query({ pk })).items).toEqual(rows.slice(0, 100));
    });

    test('rows taken by many at once are counted once each', async () => {
      const key = { pk: partition(), sk: 'count' };

      await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          table().transact([{ update: key, add: { count: 1 } }, { put: { ...key, sk: `done#${at}` } }]),
        ),
      );

      expect(await table().get(key)).toEqual({ ...key, count: 8 });
    });

    test('of two who saw the same version one is first', async () => {
      const key = { pk: partition(), sk: 'deal' };
      await table().write({ put: { ...key, version: 1 } });
      const move = (stage: string) =>
        failure(
          table().write({ update: key, set: { stage }, add: { version: 1 }, if: { equals: { version: 1 } } }),
        );

      const outcomes = await Promise.all([move('won'), move('lost')]);

      expect(outcomes.filter((one) => one === undefined)).toHaveLength(1);
      expect(outcomes.filter((one) => one instanceof ConditionFailed)).toHaveLength(1);
      expect(await table().get(key)).toMatchObject({ version: 2 });
    });

    test('a batch writes any number; of one row, the last', async () => {
      const pk = partition();
      const rows = numbered(pk, 60);

      await table().batch(rows.map((row) => ({ put: { ...row, try: 1 } })));
      await table().batch([
        { put: { pk, sk: 'row#000', try: 2 } },
        { remove: { pk, sk: 'row#001' } },
        { remove: { pk, sk: 'row#000' } },
        { put: { pk, sk: 'row#000', try: 3 } },
      ]);
      await table().batch([]);

      const { items } = await table().query({ pk });
      expect(items).toHaveLength(59);
      expect(items[0]).toEqual({ pk, sk: 'row#000', try: 3 });
    });

    test('many are read in the order asked for, each once, missing ones left out', async () => {
      const pk = partition();
      const rows = numbered(pk, 120);
      await table().batch(rows.map((put) => ({ put })));

      const read = await table().getMany([...rows.toReversed(), { pk, sk: 'none' }, ...rows]);

      expect(read).toEqual(rows.toReversed());
      expect(await table().getMany([])).toEqual([]);
    });

    test.each<[string, Omit<Query, 'pk'>, string[]]>([
      ['everything', {}, ['a', 'b#1', 'b#2', 'c', '~', '\uffff', '\u{1f384}']],
      ['descending', { descending: true, limit: 3 }, ['\u{1f384}', '\uffff', '~']],
      ['what begins', { sk: { begins: 'b#' } }, ['b#1', 'b#2']],
      ['what begins, descending', { sk: { begins: 'b#' }, descending: true }, ['b#2', 'b#1']],
      ['what begins with nothing', { sk: { begins: '' }, limit: 1 }, ['a']],
      ['from', { sk: { from: 'c' }, limit: 2 }, ['c', '~']],
      ['to', { sk: { to: 'b#2' } }, ['a', 'b#1', 'b#2']],
      ['from and to', { sk: { from: 'b', to: 'b#1' } }, ['b#1']],
      ['from behind to', { sk: { from: 'c', to: 'b' } }, []],
      ['an open range', { sk: {}, limit: 1 }, ['a']],
      ['consistently', { consistent: true, limit: 1 }, ['a']],
    ])('a query finds %s', async (_, query, found) => {
      const pk = partition();
      const sks = ['c', 'b#2', '\u{1f384}', 'a', '~', '\uffff', 'b#1'];
      await table().batch(sks.map((sk) => ({ put: { pk, sk } })));

      const { items } = await table().query({ ...query, pk });

      expect(items.map(({ sk }) => sk)).toEqual(found);
    });

    test('an index lists the rows that have both its keys, by its own order', async () => {
      const pk = partition();
      const listed = (sk: string, at: string) => ({ pk, sk, g2pk: `${pk}#open`, g2sk: at });
      await table().batch([
        { put: listed('a', '3') },
        { put: listed('b', '1') },
        { put: { pk, sk: 'c', g2pk: `${pk}#open` } },
        { put: { pk, sk: 'd', g1pk: `${pk}#open`, g1sk: '1' } },
        { put: listed('e', '2') },
      ]);
      const open = async (query: Partial<Query> = {}) =>
        (await table().query({ index: 'g2', pk: `${pk}#open`, ...query })).items.map(({ sk }) => sk);

      expect(await open()).toEqual(['b', 'e', 'a']);
      expect(await open({ sk: { from: '2' }, descending: true })).toEqual(['a', 'e']);

      await table().write({ update: { pk, sk: 'a' }, set: { g2sk: '0' } });
      await table().write({ update: { pk, sk: 'b' }, unset: ['g2pk', 'g2sk'] });
      await table().write({ remove: { pk, sk: 'e' } });
      expect(await open()).toEqual(['a']);
      expect(await failure(open({ consistent: true }))).toBeInstanceOf(BadWrite);
    });

    test.each([
      ['the table', undefined, false],
      ['the table, descending', undefined, true],
      ['an index', 'g1', false],
      ['an index, descending', 'g1', true],
    ] as const)('the pages of %s hold every row once, in order', async (_, index, descending) => {
      const pk = partition();
      const rows = numbered(pk, 23).map((row, at) => ({
        ...row,
        g1pk: pk,
        g1sk: `day#${Math.floor(at / 5)}`,
      }));
      await table().batch(rows.map((put) => ({ put })));
      const query: Query = { pk, limit: 7, descending, ...(index && { index }) };

      const first = await table().query(query);
      const second = await table().query({ ...query, cursor: first.cursor ?? '' });
      const all = await collect(table().all(query));

      expect([...first.items, ...second.items]).toEqual(all.slice(0, 14));
      expect(new Set(all.map(({ sk }) => sk)).size).toBe(23);
      const order = all.map((row) => String(index ? row.g1sk : row.sk));
      expect(order).toEqual(descending ? order.toSorted().toReversed() : order.toSorted());
      expect(first.cursor).toMatch(/^[\w-]+$/);
    });

    test('a cursor of another query, or of nobody, is the caller’s mistake', async () => {
      const pk = partition();
      await table().batch(numbered(pk, 5).map((put) => ({ put })));
      const { cursor = '' } = await table().query({ pk, limit: 2 });
      const forged = Buffer.from(JSON.stringify(['x', 'row#001', pk, 'row#001'])).toString('base64url');

      expect((await table().query({ pk, limit: 1, cursor })).items).toEqual([{ pk, sk: 'row#002' }]);
      for (const query of [
        { pk, cursor: '' },
        { pk, cursor: 'nonsense' },
        { pk, cursor: `${cursor.slice(0, -4)}AAAA` },
        { pk, cursor: forged },
        { pk: `${pk}other`, cursor },
        { pk, cursor, descending: true },
        { pk, cursor, sk: { begins: 'x' } },
        { pk, cursor, index: 'g1' as const },
      ]) {
        expect(await failure(table().query(query))).toBeInstanceOf(BadCursor);
      }
    });

    test('calls and their units are counted as they are billed', async () => {
      const pk = partition();
      const { calls } = table();
      const spentBy = async (work: () => Promise<unknown>) => {
        const before = { ...calls };
        await failure(work());
        return [
          calls.reads - before.reads,
          calls.writes - before.writes,
          calls.transactions - before.transactions,
          calls.readUnits - before.readUnits,
          calls.writeUnits - before.writeUnits,
        ];
      };
      const row = { pk, sk: 'a', g1pk: pk, g1sk: 'x' };
      const big = { pk, sk: 'b', text: 'x'.repeat(5_000) };

      expect(await spentBy(() => table().write({ put: row }))).toEqual([0, 1, 0, 0, 2]);
      expect(await spentBy(() => table().write({ put: big }))).toEqual([0, 1, 0, 0, 5]);
      expect(await spentBy(() => table().get(row))).toEqual([1, 0, 0, 0.5, 0]);
      expect(await spentBy(() => table().get(big, { consistent: true }))).toEqual([1, 0, 0, 2, 0]);
      expect(await spentBy(() => table().query({ pk }))).toEqual([1, 0, 0, 1, 0]);
      expect(await spentBy(() => table().getMany([row, big]))).toEqual([1, 0, 0, 1.5, 0]);
      expect(await spentBy(() => table().transact([{ put: { pk, sk: 'c' } }]))).toEqual([0, 0, 1, 0, 2]);
      expect(await spentBy(() => table().batch(numbered(pk, 30).map((put) => ({ put }))))).toEqual([
        0, 2, 0, 0, 30,
      ]);
    });
  });
};
