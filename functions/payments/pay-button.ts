import * as z from 'zod';
import type { Pack } from '../../schemas/pack.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Language } from '../../schemas/text.ts';
import { type Html, html } from '../shared/html.ts';
import { orderOf } from './order.ts';
import { paymentForm } from './robokassa/link.ts';
import { shopOf } from './robokassa/shop.ts';
import { isPaid } from './state.ts';

const Email = z.email().max(200);

/** Whether a client may pay it now. */
export const isPayable = (payment: Payment, now: Date): boolean =>
  payment.state === 'open' &&
  !isPaid(payment) &&
  payment.held === undefined &&
  (payment.expiresAt === undefined || Date.parse(payment.expiresAt) > now.getTime());

export type PayButton = {
  /** a form with nothing but the button */
  readonly form: Html;
  /** the gateway it is sent to */
  readonly origin: string;
};

/**
 * The button that takes a client to the gateway with a signed bill.
 *
 * @param reading.email - of the client; the gateway sends the receipt there
 * @throws {NotConfigured} where the pack's shop has no keys
 */
export const payButton = async (
  payment: Payment,
  pack: Pack,
  reading: { readonly language: Language; readonly email?: string | undefined; readonly label: string },
): Promise<PayButton> => {
  const { language, label } = reading;
  const shop = await shopOf(payment.pack, payment.test);
  const { action, fields } = paymentForm(
    shop,
    orderOf(payment, {
      language,
      email: Email.safeParse(reading.email).data,
      holding: pack.integrations?.robokassa?.holding ?? false,
      notices: shop.certificate !== undefined,
    }),
  );
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return {
    form: html`<form method="post" action="${action}" accept-charset="utf-8">${inputs}<button>${label}</button></form>`,
    origin: new URL(action).origin,
  };
};
