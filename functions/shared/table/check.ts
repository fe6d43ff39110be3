import { indexes, indexKeys } from './create.ts';
import { BadWrite, type Key, type Query, type Write } from './port.ts';

// What DynamoDB would refuse after a round trip, and a store in this process would let through.

const keyNames = new Set(['pk', 'sk']);
const indexNames = new Set(
  indexes.flatMap((index) => [indexKeys[index].pk, indexKeys[index].sk] as string[]),
);

const shown = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

const needText = (name: string, value: unknown) => {
  if (typeof value !== 'string' || value === '') {
    throw new BadWrite(`${name}: ${shown(value)} is no key; a non-empty string is`);
  }
};

const checkIndexValues = (attributes: Readonly<Record<string, unknown>>) => {
  for (const name of indexNames) if (attributes[name] !== undefined) needText(name, attributes[name]);
};

/** The key that a write is about. */
export const keyOf = (write: Write): Key =>
  'put' in write
    ? write.put
    : 'update' in write
      ? write.update
      : 'remove' in write
        ? write.remove
        : write.check;

export const checkKey = (key: Key): void => {
  needText('pk', key.pk);
  needText('sk', key.sk);
};

/** A name split at its dot: one part for an attribute, two for a member of a map. */
export const pathOf = (name: string): readonly string[] => name.split('.');

const checkUpdate = ({ set = {}, add = {}, unset = [] }: Extract<Write, { update: Key }>) => {
  const names = [
    ...Object.keys(set).filter((name) => set[name] !== undefined),
    ...Object.keys(add),
    ...unset,
  ];
  if (names.length === 0) throw new BadWrite('update: changes nothing; give set, add or unset');
  const seen = new Set<string>();
  for (const name of names) {
    const [attribute = '', member, ...deeper] = pathOf(name);
    if (attribute === '' || member === '' || deeper.length > 0 || name.includes('__proto__')) {
      throw new BadWrite(`update: "${name}" is no name; "attribute" and "map.member" are`);
    }
    if (keyNames.has(attribute)) throw new BadWrite(`update: "${name}" is part of the key, which stays`);
    if (member !== undefined && indexNames.has(attribute)) {
      throw new BadWrite(`update: "${attribute}" is an index key, a string without members`);
    }
    if (seen.has(name) || (member !== undefined && seen.has(attribute))) {
      throw new BadWrite(`update: "${name}" is written twice`);
    }
    seen.add(name);
  }
  for (const name of seen) {
    const [attribute = '', member] = pathOf(name);
    if (member !== undefined && seen.has(attribute)) {
      throw new BadWrite(`update: "${attribute}" and "${name}" overlap`);
    }
  }
  for (const [name, amount] of Object.entries(add)) {
    if (!Number.isSafeInteger(amount)) {
      throw new BadWrite(`update: add ${shown(amount)} to "${name}"; an integer can be added`);
    }
    if (indexNames.has(name)) throw new BadWrite(`update: "${name}" is an index key, no number`);
  }
  checkIndexValues(set);
};

/** @throws {BadWrite} if no table could take it */
export const checkWrite = (write: Write): void => {
  checkKey(keyOf(write));
  if ('put' in write) checkIndexValues(write.put);
  else if ('update' in write) checkUpdate(write);
};

/** @throws {BadWrite} if there are too many, or two of one row */
export const checkTransaction = (writes: readonly Write[]): void => {
  if (writes.length > 100) {
    throw new BadWrite(`transact: ${writes.length} writes; up to 100 fit into one transaction`);
  }
  const seen = new Set<string>();
  for (const write of writes) {
    checkWrite(write);
    const key = nameOf(keyOf(write));
    if (seen.has(key)) throw new BadWrite(`transact: ${key} is written twice; a row can be written once`);
    seen.add(key);
  }
};

/** One string for a key; unlike any other key's. */
export const nameOf = (key: Key): string => JSON.stringify([key.pk, key.sk]);

export const checkQuery = (query: Query): void => {
  needText('pk', query.pk);
  if (query.index !== undefined && query.consistent === true) {
    throw new BadWrite(`query: index ${query.index} can't be read consistently; the table can`);
  }
  if (query.limit !== undefined && !(Number.isInteger(query.limit) && query.limit > 0)) {
    throw new BadWrite(`query: limit ${query.limit}; a whole number from 1 would do`);
  }
};

/** One write a row, the last one, where the first stood. */
export const lastOfEach = <W extends Write>(writes: readonly W[]): W[] => {
  const last = new Map<string, W>();
  for (const write of writes) {
    checkWrite(write);
    last.set(nameOf(keyOf(write)), write);
  }
  return [...last.values()];
};
