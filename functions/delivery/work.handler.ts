import { worker } from '../calls/worker.ts';
import { cancel, clientReturn, refusal } from './calls/call-off.ts';
import { courier } from './calls/courier.ts';
import { look } from './calls/look.ts';
import { barcode, waybill } from './calls/papers.ts';
import { register } from './calls/register.ts';
import { webhooks } from './calls/webhooks.ts';
import { daily } from './daily.ts';
import { takeOther, takeStatus, takeUnreadable } from './take-status.ts';

/** Makes the calls of CDEK, acts upon what it says, and sees once a day that it goes on saying it. */
export const handler = worker({
  calls: {
    register,
    look,
    waybill,
    barcode,
    cancel,
    refusal,
    'client-return': clientReturn,
    courier,
    webhooks,
  },
  takes: { status: takeStatus, other: takeOther, unreadable: takeUnreadable },
  other: daily,
});
