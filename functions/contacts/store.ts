import { Conflict, NotFound, Refused } from '../shared/errors.ts';
import { lookupKey } from '../shared/keys.ts';
import { ConditionFailed, type Item, type Table, type Write } from '../shared/table/port.ts';
import { type Kind, type Lookup, lookupRow, namesOf } from './kinds.ts';

type Kept = { readonly id: string; readonly name: string; readonly version: number };

/** A sort key has room for 1 kB. */
const sortable = (name: string): string => name.slice(0, 200).toLowerCase();

/** Its row, with all by which it is listed. */
export const rowOf = <T extends Kept>(kind: Kind<T>, value: T): Item => ({
  ...kind.key(value.id),
  ...(kind.isListed(value)
    ? { g1pk: namesOf(kind.entity), g1sk: `${sortable(value.name)}#${value.id}` }
    : {}),
  ...kind.indexes(value),
  row: kind.entity,
  ...value,
});

const take = (lookup: Lookup, id: string): Write => ({
  put: lookupRow(lookup, id),
  ...(lookup.unique ? { if: { absent: true } } : {}),
});

const free = (lookup: Lookup, id: string): Write => {
  const { pk, sk } = lookupRow(lookup, id);
  return { remove: { pk, sk } };
};

const taken = (lookups: readonly Lookup[]): Refused =>
  new Refused(
    lookups.map(({ by, value }) => ({
      path: by.split('.').at(-1) ?? by,
      code: 'taken',
      message: {
        ru: `Уже есть карточка с этим значением: ${value}`,
        ro: `Există deja o fișă cu această valoare: ${value}`,
        en: `Another one has it already: ${value}`,
      },
    })),
  );

/** The thing of that id. @throws {NotFound} */
export const readOne = async <T extends Kept>(table: Table, kind: Kind<T>, id: string): Promise<T> => {
  const row = await table.get(kind.key(id), { consistent: true });
  if (row === undefined) throw new NotFound(`no ${kind.entity} "${id}"`);
  return kind.of(row);
};

/** What stores a new thing: its row, then a row for each value by which it is found. */
export const adding = <T extends Kept>(kind: Kind<T>, value: T): Write[] => [
  { put: rowOf(kind, value), if: { absent: true } },
  ...kind.lookups(value).map((lookup) => take(lookup, value.id)),
];

/**
 * Stores a new thing with the values by which it is found.
 *
 * @returns it, or what is stored under its id already
 * @throws {Refused} if a value that leads to one thing only leads to another
 */
export const add = async <T extends Kept>(
  table: Table,
  kind: Kind<T>,
  value: T,
  along: readonly Write[] = [],
): Promise<T> => {
  const lookups = kind.lookups(value);
  try {
    await table.transact([...adding(kind, value), ...along]);
    return value;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const there = await table.get(kind.key(value.id), { consistent: true });
    if (there !== undefined) return kind.of(there);
    const claimed = lookups.filter((_, index) => error.failed.includes(index + 1));
    if (claimed.length === 0) throw error;
    throw taken(claimed);
  }
};

const isSame = (one: Lookup, other: Lookup): boolean => one.by === other.by && one.value === other.value;

const isNot = (some: readonly Lookup[]) => (one: Lookup) => !some.some((other) => isSame(one, other));

/** What stores a changed thing, if nobody changed it since `before` was read: its row, then values it is found by. */
export const changing = <T extends Kept>(kind: Kind<T>, before: T, after: T): Write[] => {
  const [old, fresh] = [kind.lookups(before), kind.lookups(after)];
  const { pk, sk, ...set } = rowOf(kind, after);
  const left = Object.keys(rowOf(kind, before)).filter((name) => rowOf(kind, after)[name] === undefined);
  for (const name of kind.kept) delete (set as Record<string, unknown>)[name];
  return [
    { update: { pk, sk }, set, unset: left, if: { equals: { version: before.version } } },
    ...fresh.filter(isNot(old)).map((lookup) => take(lookup, after.id)),
    ...old.filter(isNot(fresh)).map((lookup) => free(lookup, after.id)),
  ];
};

/**
 * Stores a changed thing, if nobody changed it since `before` was read.
 *
 * @param along - rows that go into the same transaction
 * @throws {Conflict} if somebody did, {Refused} if a value leads to another thing, {ConditionFailed} if a row that goes
 *   along cannot
 */
export const change = async <T extends Kept>(
  table: Table,
  kind: Kind<T>,
  before: T,
  after: T,
  along: readonly Write[] = [],
): Promise<T> => {
  try {
    await table.transact([...changing(kind, before, after), ...along]);
    return after;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const taking = kind.lookups(after).filter(isNot(kind.lookups(before)));
    const claimed = taking.filter((_, index) => error.failed.includes(index + 1));
    if (!error.failed.includes(0)) throw claimed.length > 0 ? taken(claimed) : error;
    throw new Conflict(
      `${kind.entity} "${before.id}" has changed since version ${before.version}; read it again`,
      { cause: error, details: { version: before.version } },
    );
  }
};

/** The one thing that a unique value leads to. */
export const findOne = async <T extends Kept>(
  table: Table,
  kind: Kind<T>,
  by: string,
  value: string,
): Promise<T | undefined> => {
  const row = await table.get(lookupKey(by, value), { consistent: true });
  const found = typeof row?.id === 'string' ? await table.get(kind.key(row.id)) : undefined;
  return found === undefined ? undefined : kind.of(found);
};

/** Everything that a value leads to. */
export const findAll = async <T extends Kept>(
  table: Table,
  kind: Kind<T>,
  by: string,
  value: string,
): Promise<T[]> => {
  const { items } = await table.query({ pk: lookupKey(by, value).pk, limit: 100 });
  const rows = await table.getMany(items.map(({ id }) => kind.key(String(id))));
  return rows.map((row) => kind.of(row));
};
