import { cursorBehind, placeIn } from './table/cursor.ts';
import type { Item, Page, Query, Table } from './table/port.ts';

/** Rows looked at for one page; a reader who may see hardly any of them gets a short page and a cursor. */
const mostExamined = 2_000;
const largestStep = 200;

/**
 * One page of what a reader may see: rows that `see` gives nothing for are passed over.
 *
 * @param see - what each of these rows is to the reader, in their order; `undefined` where it is nothing
 * @param most - rows to look at; what is dear to look at is looked at a page at a time
 */
export const pageOf = async <T>(
  table: Table,
  query: Omit<Query, 'limit'>,
  limit: number,
  see: (rows: readonly Item[]) => Promise<readonly (T | undefined)[]> | readonly (T | undefined)[],
  most = mostExamined,
): Promise<{ items: T[]; cursor?: string }> => {
  const items: T[] = [];
  let from: Query = query;
  let examined = 0;
  for (let step = limit; ; step = Math.min(step * 2, largestStep)) {
    const page: Page = await table.query({ ...from, limit: step });
    const seen = await see(page.items);
    for (const [index, row] of page.items.entries()) {
      const one = seen[index];
      if (one !== undefined) items.push(one);
      if (items.length < limit) continue;
      const isLast = index === page.items.length - 1 && page.cursor === undefined;
      return isLast ? { items } : { items, cursor: cursorBehind(query, placeIn(query, row)) };
    }
    examined += page.items.length;
    if (page.cursor === undefined) return { items };
    if (examined >= most) return { items, cursor: page.cursor };
    from = { ...query, cursor: page.cursor };
  }
};

/** The cursor of a request as a member of a query, left out where there is none. */
export const behind = (cursor: string | undefined): { cursor?: string } =>
  cursor === undefined ? {} : { cursor };
