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
  const whole = Math.max(kilobytes(before), kilobytes(after));
  if (before === after) return whole;
  return indexes.reduce((units, index) => {
    const { pk, sk } = indexKeys[index];
    const was = before?.[pk] !== undefined && before[sk] !== undefined;
    const is = after?.[pk] !== undefined && after[sk] !== undefined;
    if (was && is) {
      const stays = before[pk] === after[pk] && before[sk] === after[sk];
      return units + (stays ? whole : kilobytes(before) + kilobytes(after));
    }
    return units + (was ? kilobytes(before) : is ? kilobytes(after) : 0);
  }, whole);
};
