import type { Condition, Item } from './port.ts';
import { byBytes } from './values.ts';

/** Whether a condition holds of a row, or of its absence. */
export const holds = (condition: Condition, row: Item | undefined): boolean => {
  if ('absent' in condition) return row === undefined;
  if ('present' in condition) return row !== undefined;
  if ('equals' in condition) {
    return Object.entries(condition.equals).every(([name, value]) => row?.[name] === value);
  }
  if ('less' in condition) {
    const value = row?.[condition.less.name];
    const { than } = condition.less;
    if (value === undefined) return true;
    if (typeof value === 'string' && typeof than === 'string') return byBytes(value, than) < 0;
    return typeof value === 'number' && typeof than === 'number' && value < than;
  }
  if ('all' in condition) return condition.all.every((one) => holds(one, row));
  return condition.any.some((one) => holds(one, row));
};
