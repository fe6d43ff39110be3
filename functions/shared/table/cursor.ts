import { createHash } from 'node:crypto';
import * as z from 'zod';
import { indexKeys } from './create.ts';
import { BadCursor, type Item, type Key, type Query } from './port.ts';
import { byBytes } from './values.ts';

/** Where a page ended: the row's key and, for an index, its sort key there. */
export type Place = Key & { readonly at: string };

/** Whether a sort key is one that the query asks for. */
export const inRange = (sk: Query['sk'], value: string): boolean => {
  if (sk === undefined) return true;
  if ('begins' in sk) return value.startsWith(sk.begins);
  return (
    (sk.from === undefined || byBytes(value, sk.from) >= 0) &&
    (sk.to === undefined || byBytes(value, sk.to) <= 0)
  );
};

/** Whether no sort key at all is asked for: an answer here, an error of DynamoDB. */
export const isEmpty = (sk: Query['sk']): boolean =>
  sk !== undefined &&
  !('begins' in sk) &&
  sk.to !== undefined &&
  (sk.to === '' || (sk.from !== undefined && byBytes(sk.from, sk.to) > 0));

// Ties the cursor to its query. No signature: a forged cursor reads only rows that the query itself would give.
const fingerprint = ({ index, pk, sk, descending }: Query) =>
  createHash('sha256')
    .update(JSON.stringify([index ?? '', pk, sk ?? {}, descending === true]))
    .digest('base64url')
    .slice(0, 8);

const Cursor = z.tuple([z.string(), z.string().min(1), z.string().min(1), z.string().min(1)]);

/** The cursor that continues a query behind a row. */
export const cursorBehind = (query: Query, place: Place): string =>
  Buffer.from(JSON.stringify([fingerprint(query), place.at, place.pk, place.sk])).toString('base64url');

/** @throws {BadCursor} if the query didn't give it out */
export const placeOf = (query: Query): Place | undefined => {
  if (query.cursor === undefined) return undefined;
  const [print, at, pk, sk] = parse(query.cursor);
  const own = query.index !== undefined || (pk === query.pk && sk === at);
  if (print !== fingerprint(query) || !inRange(query.sk, at) || !own) throw new BadCursor();
  return { at, pk, sk };
};

const parse = (cursor: string) => {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new BadCursor({ cause });
  }
};

/** Where a row stands in a query's order. */
export const placeIn = (query: Query, row: Item): Place => ({
  pk: row.pk,
  sk: row.sk,
  at: query.index === undefined ? row.sk : String(row[indexKeys[query.index].sk]),
});
