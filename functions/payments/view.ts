import type { PaymentView } from '../../schemas/api/payments.ts';
import type { Payment } from '../../schemas/payment.ts';
import { payUrl } from './pay-link.ts';

/** A payment as people see it. */
export const viewPayment = ({ token, opKey: _, task: __, asks: ___, ...shown }: Payment): PaymentView => ({
  ...shown,
  link: payUrl(token),
});
