import { all, filled } from '../../vocabulary/index.ts';

/** The figure is there and above zero. */
export const some = (field: string): string => all(filled(field), `${field} > 0`);
