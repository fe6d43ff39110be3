import type { Pack } from '../../../schemas/pack.ts';

/** A Russian mobile is reached by a Russian gateway; SNS promises nothing there. */
export const sms: NonNullable<NonNullable<Pack['integrations']>['sms']> = {
  routes: [
    { prefix: '+79', by: ['smsaero', 'smsc'], price: { amount: 549, currency: 'RUB' } },
    { prefix: '+', by: ['sns'] },
  ],
  quiet: { from: { setting: 'smsQuietFrom' }, to: { setting: 'smsQuietTo' } },
  afterOptOut: 'nothing',
};
