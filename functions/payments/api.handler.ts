import { serve } from '../shared/serve.ts';
import { takeNotice, takeResult } from './callback.ts';
import {
  acceptByHand,
  cancelByHand,
  decideHoldByHand,
  endRefundByHand,
  listPayments,
  openByHand,
  refundByHand,
  secondReceiptByHand,
} from './manage.ts';
import { showPayPage } from './pay-page.ts';
import { listReconciliations } from './reconciliations.ts';
import { showFail, showSuccess } from './returned.ts';

export const handler = serve('payments', {
  'payments.list': listPayments,
  'payments.open': openByHand,
  'payments.cancel': cancelByHand,
  'payments.accept': acceptByHand,
  'payments.refund': refundByHand,
  'payments.refund.end': endRefundByHand,
  'payments.hold': decideHoldByHand,
  'payments.second-receipt': secondReceiptByHand,
  'payments.reconciliations': listReconciliations,
  'payments.page': showPayPage,
  'payments.success': showSuccess,
  'payments.success.post': showSuccess,
  'payments.fail': showFail,
  'payments.fail.post': showFail,
  'payments.result': takeResult,
  'payments.result.get': takeResult,
  'payments.result2': takeNotice,
});
