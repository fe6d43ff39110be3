import * as z from 'zod';
import { BadCursor, type Item, type Query, type Table } from './table/port.ts';
import { byBytes } from './table/values.ts';

/** Rows looked at for one page, as of one list. */
const mostExamined = 2_000;

/** Several lists of the same order, of the table itself, ascending. */
type Lists = readonly {
  readonly pk: string;
  readonly sk?: { readonly from?: string; readonly to?: string };
}[];

const Behind = z.tuple([z.literal('m'), z.string().min(1).max(1000)]);

const behindIn = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  try {
    return Behind.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))[1];
  } catch (cause) {
    throw new BadCursor({ cause });
  }
};

/** Whether a cursor was given out by one of these pages. */
export const isMerged = (cursor: string | undefined): cursor is string =>
  cursor !== undefined && Buffer.from(cursor, 'base64url').toString().startsWith('["m",');

const cursorAt = (sk: string): string => Buffer.from(JSON.stringify(['m', sk])).toString('base64url');

/** Nothing sorts between a key and itself with the lowest sign that a key may go on with. */
const queryBehind = ({ pk, sk = {} }: Lists[number], behind: string | undefined): Query => {
  if (behind === undefined) return Object.keys(sk).length === 0 ? { pk } : { pk, sk };
  const from = `${behind}!`;
  return { pk, sk: { ...sk, from: sk.from !== undefined && byBytes(sk.from, from) > 0 ? sk.from : from } };
};

/**
 * One page of what a reader may see of several lists, in their common order, each row once however many lists it stands in.
 *
 * @param see - what each of these rows is to the reader, in their order; `undefined` where it is nothing
 * @param most - rows to look at; what is dear to look at is looked at a page at a time
 */
export const mergedPage = async <T>(
  table: Table,
  lists: Lists,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  see: (rows: readonly Item[]) => Promise<readonly (T | undefined)[]>,
  most = mostExamined,
): Promise<{ items: T[]; cursor?: string }> => {
  const items: T[] = [];
  let behind = behindIn(cursor);
  for (let examined = 0; ; ) {
    const pages = await Promise.all(
      lists.map((list) => table.query({ ...queryBehind(list, behind), limit: limit + 1 })),
    );
    const rows = [...new Map(pages.flatMap((page) => page.items).map((row) => [row.sk, row])).values()].sort(
      (one, other) => byBytes(one.sk, other.sk),
    );
    const some = rows.slice(0, limit);
    const seen = some.length === 0 ? [] : await see(some);
    for (const [at, row] of some.entries()) {
      const one = seen[at];
      if (one !== undefined) items.push(one);
      behind = row.sk;
      if (items.length === limit)
        return at + 1 < rows.length ? { items, cursor: cursorAt(row.sk) } : { items };
    }
    if (rows.length <= limit || behind === undefined) return { items };
    examined += some.length;
    if (examined >= most) return { items, cursor: cursorAt(behind) };
  }
};
