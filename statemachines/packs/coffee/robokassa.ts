import { role } from '../../vocabulary/index.ts';

/** Managers may make a link for a client who pays by card; accountants answer for the money. */
export const robokassa = {
  test: { setting: 'paymentsTest' },
  accountant: [role('coffee-accountant')],
} as const;
