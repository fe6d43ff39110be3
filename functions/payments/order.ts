import type { Payment } from '../../schemas/payment.ts';
import type { Language } from '../../schemas/text.ts';
import { publicUrl } from '../shared/public-url.ts';
import { Order } from './robokassa/link.ts';
import type { Receipt } from './robokassa/receipt.ts';

/** The fiscal receipt as the gateway takes it. */
export const receiptOut = ({ receipt }: Pick<Payment, 'receipt'>): { receipt?: Receipt } => {
  if (receipt === undefined) return {};
  const { sno, method, object, lines } = receipt;
  return {
    receipt: {
      ...(sno === undefined ? {} : { sno }),
      lines: lines.map(({ name, quantity, sum, tax }) => ({
        name,
        quantity,
        kopecks: sum,
        tax,
        method,
        object,
      })),
    },
  };
};

/** What the client is sent to the gateway with. Whose payment it is comes back with every word of it. */
export const orderOf = (
  payment: Payment,
  {
    language,
    email,
    holding,
    notices,
  }: {
    language: Language;
    email?: string | undefined;
    holding: boolean;
    /** whether we could tell a signed notification from a forged one */
    notices: boolean;
  },
): Order => {
  const { invoice, amount, description, expiresAt, deal, id, pack, test } = payment;
  const returning = { method: 'POST' } as const;
  return Order.parse({
    invoice,
    kopecks: amount.amount,
    ...(amount.currency === 'RUB' ? {} : { currency: amount.currency }),
    description,
    language: language === 'ru' ? 'ru' : 'en',
    ...(email === undefined ? {} : { email }),
    ...(expiresAt === undefined ? {} : { until: new Date(expiresAt) }),
    ...receiptOut(payment),
    // A shop in its test mode sends no signed notification.
    ...(test || !notices ? {} : { noticeTo: publicUrl(`/v1/webhooks/robokassa/${pack}/result2`) }),
    ...(holding && !test ? { hold: true } : {}),
    success: { url: publicUrl('/v1/pay/success'), ...returning },
    fail: { url: publicUrl('/v1/pay/fail'), ...returning },
    shp: { Shp_deal: deal, Shp_payment: id },
  });
};
