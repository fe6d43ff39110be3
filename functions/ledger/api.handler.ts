import { serve } from '../shared/serve.ts';
import { recordEntry } from './enter.ts';
import { accountByDay, listEntries } from './list.ts';
import { payAccrual, reverseAccrual } from './pay.ts';
import { registerEntry } from './register.ts';

export const handler = serve('ledger', {
  'ledger.record': recordEntry,
  'accruals.pay': payAccrual,
  'accruals.reverse': reverseAccrual,
  'ledger.list': listEntries,
  'ledger.day': accountByDay,
  'ledger.register': registerEntry,
});
