import { indexes, indexKeys } from './create.ts';
import type { Item } from './port.ts';
import { sizeOf } from './values.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html

const kilobytes = (row: Item | undefined): number => Math.max(1, Math.ceil(sizeOf(row) / 1024));

/** What reading rows in one request is billed. */
export const readUnits = (rows: readonly Item[], consistent: boolean): number =>
  Math.max(1, Math.ceil(rows.reduce((sum, row) => sum + sizeOf(row), 0) / 4096)) * (consistent ? 1 : 0.5);

/** What a write is billed, its indexes included. */
export const writeUnits = (before: Item | undefined, after: Item | undefined): number => {
  const was = kilobytes(before);
  const is = before === after ? was : kilobytes(after);
  const whole = Math.max(was, is);
  if (before === after) return whole;
  return indexes.reduce((units, index) => {
    const { pk, sk } = indexKeys[index];
    const wasListed = before?.[pk] !== undefined && before[sk] !== undefined;
    const isListed = after?.[pk] !== undefined && after[sk] !== undefined;
    const stays = wasListed && isListed && before[pk] === after[pk] && before[sk] === after[sk];
    return units + (stays ? whole : (wasListed ? was : 0) + (isListed ? is : 0));
  }, whole);
};
