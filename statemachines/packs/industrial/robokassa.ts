import { role, setting } from '../../vocabulary/index.ts';

/** How the company takes money of natural persons. The tax is that of goods and services under the general system. */
export const robokassa = {
  test: { setting: 'paymentsTest' },
  accountant: [role('accountant')],
  open: setting('payLinkTime'),
  receipt: { sno: 'osn', tax: 'vat22' },
} as const;
