import { serve } from '../shared/serve.ts';
import { recordEntry } from './enter.ts';
import { accountByDay, listEntries } from './list.ts';

export const handler = serve('ledger', {
  'ledger.record': recordEntry,
  'ledger.list': listEntries,
  'ledger.day': accountByDay,
});
