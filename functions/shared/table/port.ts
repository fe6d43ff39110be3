import { BadInput, Conflict, type ErrorOptions, VoronkaError } from '../errors.ts';

/** Both parts are non-empty strings. */
export type Key = { readonly pk: string; readonly sk: string };

/**
 * A row: plain JSON values (finite numbers, strings, booleans, null, arrays, maps). Undefined members are dropped; anything
 * else (a Date, a bigint, a class) is refused with its path. Rows that were read must not be changed in place.
 *
 * A row is listed by an index when it has both its attributes (`g1pk` and `g1sk`), and both are non-empty strings.
 * `ttl`, in epoch seconds, lets the table forget the row some time after; until then it is still read.
 */
export type Item = Key & Readonly<Record<string, unknown>>;

export type Index = 'g1' | 'g2' | 'g3';

/** Holds of the row as it is before the write. Names are top-level attributes, taken literally. */
export type Condition =
  | { readonly absent: true }
  | { readonly present: true }
  /** All must equal; a missing attribute equals nothing. */
  | { readonly equals: Readonly<Record<string, string | number | boolean>> }
  /** Or the attribute (or the row) doesn't exist. A number is never less than a string, nor the other way round. */
  | { readonly less: { readonly name: string; readonly than: number | string } }
  /** Of none: holds. */
  | { readonly all: readonly Condition[] }
  /** Of none: doesn't hold. */
  | { readonly any: readonly Condition[] };

/**
 * One write.
 *
 * An update of a row that isn't there makes it. Names in `set`, `add` and `unset` are attributes, or `map.member` for one
 * member of a map that exists (one level; a name with a dot in it can only be put, never updated). `add` takes
 * integers and counts from zero (a fraction it is added to may end in another last digit on another adapter). Each name stands in one of the three only; keys can't be changed.
 */
export type Write =
  | { readonly put: Item; readonly if?: Condition }
  | {
      readonly update: Key;
      readonly set?: Readonly<Record<string, unknown>>;
      readonly add?: Readonly<Record<string, number>>;
      readonly unset?: readonly string[];
      readonly if?: Condition;
    }
  | { readonly remove: Key; readonly if?: Condition }
  | { readonly check: Key; readonly if: Condition };

/**
 * Rows of one partition in the order of their sort keys (UTF-8 bytes). `from` and `to` are both included.
 * `limit` is the size of a page; without it a page is what the table gives at once (1 MB). Only the table itself
 * can be read `consistent`ly, an index can't.
 */
export type Query = {
  readonly index?: Index;
  readonly pk: string;
  readonly sk?: { readonly begins: string } | { readonly from?: string; readonly to?: string };
  readonly descending?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
  readonly consistent?: boolean;
};

/** `cursor` is url-safe, opaque and good for the same query only; it may lead to an empty last page. */
export type Page = { readonly items: Item[]; readonly cursor?: string };

/**
 * Requests sent since the table was made, and the capacity units that AWS bills for them. DynamoDB Local rounds the rows
 * of a transaction up together and so shows too few; in this process they are counted as AWS does.
 */
export type Calls = {
  reads: number;
  writes: number;
  transactions: number;
  readUnits: number;
  writeUnits: number;
};

/**
 * The one table, as narrow as its two adapters allow: DynamoDB, and a store in this process.
 *
 * All of it may throw {Passing} when the table is busy, and {BadWrite} for what no caller can mend.
 */
export type Table = {
  get(key: Key, options?: { consistent?: boolean }): Promise<Item | undefined>;
  /** Any number; in the order asked for, each once, missing ones left out. */
  getMany(keys: readonly Key[]): Promise<Item[]>;
  /** @throws {BadCursor} if `cursor` wasn't given out by this very query */
  query(query: Query): Promise<Page>;
  /** Every row of the query; `limit` is the size of the pages it is read in. */
  all(query: Query): AsyncIterable<Item>;
  /**
   * One write, all or nothing.
   *
   * @returns the new row of an update, otherwise nothing
   * @throws {ConditionFailed}
   */
  write(write: Write): Promise<Item | undefined>;
  /**
   * Up to 100 writes of different rows, all or none. None is no call.
   *
   * @param options.token - the same token with the same writes, within ten minutes, is one transaction
   * @throws {ConditionFailed}
   * @throws {Conflict} if others kept writing the same rows, or the token has been used for other writes
   */
  transact(writes: readonly Write[], options?: { token?: string }): Promise<void>;
  /** Any number, 25 at a time; not atomic, unprocessed ones are repeated. Of several writes of a row the last counts. */
  batch(writes: readonly ({ readonly put: Item } | { readonly remove: Key })[]): Promise<void>;
  readonly calls: Readonly<Calls>;
};

/** At least one condition didn't hold; nothing was written. */
export class ConditionFailed extends Conflict {
  override readonly name = 'ConditionFailed';
  override readonly type = 'condition-failed';
  /** Positions of the writes whose condition didn't hold; `[0]` for a single write. */
  readonly failed: readonly number[];

  constructor(failed: readonly number[], options: ErrorOptions = {}) {
    super('the data has changed since it was read; read it again and repeat', options);
    this.failed = failed;
  }
}

/** The cursor is not one that this query gave out. */
export class BadCursor extends BadInput {
  override readonly name = 'BadCursor';
  override readonly type = 'bad-cursor';
  override readonly title = 'The cursor belongs to another list';

  constructor(options: ErrorOptions = {}) {
    super('cursor: not one that this list gave out; leave it out to begin at the start', options);
  }
}

/** A write or a query that the table can't take, whoever asks: a mistake in our code. */
export class BadWrite extends VoronkaError {
  readonly name = 'BadWrite';
  readonly type = 'bad-write';
  readonly title = 'The table cannot take this';
  readonly status = 500;
  readonly mends = 'us';
}
