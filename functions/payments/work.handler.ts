import * as z from 'zod';
import { worker } from '../calls/worker.ts';
import { clock } from '../shared/clock.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { askAfter } from './ask-after.ts';
import { carryHold, holdFailed } from './carry-hold.ts';
import { carryReceipt, receiptFailed } from './carry-receipt.ts';
import { carryRefund, refundFailed } from './carry-refund.ts';
import { carryReconciliation, queueReconciliations, reconciliationFailed } from './reconcile.ts';
import { takeNoticeIn, takeResultIn } from './taken.ts';

const Daily = z.strictObject({ reconcile: z.literal(true) });

/** Acts upon what Robokassa says, asks it after payments, and gives money back; a schedule has the day compared. */
export const handler = worker({
  calls: {
    state: askAfter,
    refund: { carry: carryRefund, failed: refundFailed },
    'second-receipt': { carry: carryReceipt, failed: receiptFailed },
    hold: { carry: carryHold, failed: holdFailed },
    reconcile: { carry: carryReconciliation, failed: reconciliationFailed },
  },
  takes: { result: takeResultIn, notice: takeNoticeIn },
  other: async (event) => {
    if (!Daily.safeParse(event).success) return false;
    await queueReconciliations({ table: theTable(), company: await theCompany(), now: clock.now() });
    return true;
  },
});
