import type { Actor } from '../../../schemas/pipeline.ts';
import { anyWith, role } from '../../vocabulary/index.ts';

/** Everybody who takes requests. */
export const managers = role('footwear-manager');
export const headOfSales = role('footwear-head-of-sales');
export const accountant = role('footwear-accountant');
export const production = role('footwear-production');
export const dispatcher = role('footwear-dispatcher');

/** Who works an order: whoever has it, and the heads. */
export const workers: [Actor, ...Actor[]] = ['responsible', 'head', anyWith('footwear-head-of-sales')];
export const heads: [Actor, ...Actor[]] = ['head', anyWith('footwear-head-of-sales')];
/** Who changes an order whose money is looked at; the accountant, its money alone. */
export const moneyKeepers: [Actor, ...Actor[]] = [...workers, anyWith('footwear-accountant')];
/** Who may send a parcel. */
export const mayShip: [Actor, ...Actor[]] = [...workers, anyWith('footwear-dispatcher')];
