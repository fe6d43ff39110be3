import { chosen, headOf, initiator, role } from '../../vocabulary/index.ts';

/** Who hears of goods that nobody identified in time. */
export const productManager = chosen('productManager', role('product-manager'));

/** Who decides about contracts. */
export const contractApprover = chosen('contractApprover', role('executive'));

/** Who decides about business trips: the head of the one who asks, unless a person was chosen. */
export const tripApprover = chosen('tripApprover', headOf(initiator));
