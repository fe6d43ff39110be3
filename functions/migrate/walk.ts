import type { MigrationEffect } from '../../schemas/migration.ts';
import { theTable } from '../shared/ports.ts';
import { cursorBehind, placeIn } from '../shared/table/cursor.ts';
import type { Item, Query } from '../shared/table/port.ts';

const rowsAtOnce = 100;
/** Rows looked at in one call, most of which a plan may have no word for; the gateway waits for half a minute. */
const mostLookedAt = 2_000;

/**
 * Does something with row after row until there are enough effects to tell of. One after the other, and none beyond: what
 * was done is what is told, and the cursor stands behind it.
 *
 * @param effectOn - `undefined` where there is nothing to tell
 */
export const walk = async (
  query: Omit<Query, 'limit'>,
  limit: number,
  effectOn: (row: Item) => Promise<MigrationEffect | undefined>,
): Promise<{ items: MigrationEffect[]; cursor?: string }> => {
  const items: MigrationEffect[] = [];
  let from = query;
  for (let looked = 0; ; ) {
    const page = await theTable().query({ ...from, limit: rowsAtOnce });
    for (const [index, row] of page.items.entries()) {
      const effect = await effectOn(row);
      if (effect !== undefined) items.push(effect);
      const isLast = index === page.items.length - 1 && page.cursor === undefined;
      if (items.length === limit && !isLast)
        return { items, cursor: cursorBehind(query, placeIn(query, row)) };
    }
    looked += page.items.length;
    if (page.cursor === undefined) return { items };
    if (looked >= mostLookedAt) return { items, cursor: page.cursor };
    from = { ...query, cursor: page.cursor };
  }
};
