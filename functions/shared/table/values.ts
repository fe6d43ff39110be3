import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { BadWrite, type Item } from './port.ts';

// Hand-rolled for two reasons: `util-dynamodb` takes class instances apart silently, and this is a third of a row's cost.

type Members = Readonly<Record<string, unknown>>;

const isMap = (value: object): value is Members => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const refuse = (path: string, value: unknown): never => {
  const given =
    typeof value === 'object' && value !== null ? value.constructor.name : `${typeof value} ${String(value)}`;
  throw new BadWrite(
    `${path}: ${given} can't be stored; strings, finite numbers, booleans, null, arrays and maps can`,
  );
};

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-data-types-number
const checkNumber = (value: number, path: string): number => {
  const size = Math.abs(value);
  return size === 0 ? 0 : size >= 1e-130 && size < 1e126 ? value : refuse(path, value);
};

// Assigning this name changes an object's class instead of giving it a member.
const checkName = (name: string, path: string) => {
  if (name === '__proto__') throw new BadWrite(`${path}: no row has a member "__proto__"; rename it`);
};

const fold = <T>(
  value: unknown,
  path: string,
  into: {
    scalar: (value: string | number | boolean | null) => T;
    list: (members: T[]) => T;
    map: (members: Record<string, T>) => T;
  },
): T => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return into.scalar(value);
    case 'number':
      return into.scalar(checkNumber(value, path));
    case 'object': {
      if (value === null) return into.scalar(null);
      if (Array.isArray(value)) {
        return into.list(value.map((member: unknown, index) => fold(member, `${path}[${index}]`, into)));
      }
      if (!isMap(value)) return refuse(path, value);
      const members: Record<string, T> = {};
      for (const name of Object.keys(value)) {
        const member = value[name];
        if (member === undefined) continue;
        checkName(name, path);
        members[name] = fold(member, `${path}.${name}`, into);
      }
      return into.map(members);
    }
    default:
      return refuse(path, value);
  }
};

/**
 * A value as DynamoDB spells it.
 *
 * @param path - where the value stands, for the error
 * @throws {BadWrite} for what has no spelling
 */
export const marshal = (value: unknown, path: string): AttributeValue =>
  fold<AttributeValue>(value, path, {
    scalar: (scalar) =>
      typeof scalar === 'string'
        ? { S: scalar }
        : typeof scalar === 'number'
          ? { N: String(scalar) }
          : scalar === null
            ? { NULL: true }
            : { BOOL: scalar },
    list: (L) => ({ L }),
    map: (M) => ({ M }),
  });

const foldRow = <T>(row: Members, one: (value: unknown, path: string) => T): Record<string, T> => {
  const attributes: Record<string, T> = {};
  for (const name of Object.keys(row)) {
    if (row[name] === undefined) continue;
    checkName(name, 'row');
    attributes[name] = one(row[name], name);
  }
  return attributes;
};

/** The attributes of a row as DynamoDB spells them, undefined ones dropped. */
export const marshalRow = (row: Members): Record<string, AttributeValue> => foldRow(row, marshal);

const freeze = (value: unknown, path: string): unknown =>
  fold<unknown>(value, path, { scalar: (scalar) => scalar, list: Object.freeze, map: Object.freeze });

/** A frozen copy, undefined members dropped: what a row is once it has been stored and read. */
export const freezeRow = (row: Item): Item => Object.freeze(foldRow(row, freeze)) as Item;

/** The plain value of what DynamoDB spelled. Sets and binaries are not ours. */
export const unmarshal = (value: AttributeValue): unknown => {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.M !== undefined) return unmarshalRow(value.M);
  if (value.L !== undefined) return value.L.map(unmarshal);
  if (value.NULL !== undefined) return null;
  // The streams of DynamoDB Local leave the M out of an empty map.
  if (Object.keys(value).length === 0) return {};
  throw new BadWrite(`a stored value of type ${Object.keys(value).join()} is none that this table holds`);
};

export const unmarshalRow = (row: Readonly<Record<string, AttributeValue>>): Record<string, unknown> => {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(row)) {
    const value = row[name];
    if (value !== undefined) plain[name] = unmarshal(value);
  }
  return plain;
};

/** Bytes that DynamoDB counts for a row, to within a few; names count too. */
export const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 1 + Math.ceil(String(value).length / 2);
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value)) return value.reduce<number>((size, member) => size + 1 + sizeOf(member), 3);
  let size = 3;
  for (const name of Object.keys(value)) {
    size += 1 + Buffer.byteLength(name) + sizeOf((value as Members)[name]);
  }
  return size;
};

/** Order of strings by their UTF-8 bytes, which is DynamoDB's; it differs from JavaScript's above U+D7FF. */
export const byBytes = (left: string, right: string): number => {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const one = left.charCodeAt(at);
    const other = right.charCodeAt(at);
    if (one !== other) {
      const oneHigh = one >= 0xd800 && one <= 0xdfff;
      const otherHigh = other >= 0xd800 && other <= 0xdfff;
      return oneHigh === otherHigh ? one - other : oneHigh ? 1 : -1;
    }
  }
  return left.length - right.length;
};
