import { role } from '../../vocabulary/index.ts';

/** The company takes payments by links that managers make; its executives answer for the money. */
export const robokassa = {
  test: { setting: 'paymentsTest' },
  accountant: [role('furniture-executive')],
} as const;
