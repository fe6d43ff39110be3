import { moneyFaults } from './money-faults.ts';
import { orderFaults } from './order-faults.ts';

/** What may go wrong in this company, what comes of it, and the title of the test that shows so. */
export const faults = [...orderFaults, ...moneyFaults];
