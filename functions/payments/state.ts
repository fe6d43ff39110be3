import type { Money } from '../../schemas/money.ts';
import type { Payment, PaymentState } from '../../schemas/payment.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { NotFound } from '../shared/errors.ts';
import { closed } from '../tasks/close.ts';

/** The payment of that id on the card. @throws {NotFound} */
export const paymentOn = (card: Pick<Card, 'deal' | 'payments'>, id: string): Payment => {
  const payment = card.payments.find((other) => other.id === id);
  if (payment === undefined) throw new NotFound(`no payment "${id}" on deal ${card.deal.number}`);
  return payment;
};

/** The card with one payment in place of its former self. */
export const withPayment = (card: Card, payment: Payment): Card => ({
  ...card,
  payments: card.payments.map((other) => (other.id === payment.id ? payment : other)),
});

/** What came of a payment: what was asked for, unless it was something else. */
export const paidOf = ({ amount, paid }: Pick<Payment, 'amount' | 'paid'>): Money => paid ?? amount;

/** Whether the client's money is here. */
export const isPaid = ({ paidAt }: Pick<Payment, 'paidAt'>): boolean => paidAt !== undefined;

/** What may still be given back of a payment: what is on its way, or may be, is not asked for twice. */
export const leftToRefund = (payment: Payment): Money => {
  const { amount, currency } = paidOf(payment);
  const taken = payment.refunds
    .filter(({ state }) => state !== 'cancelled')
    .reduce((sum, one) => sum + one.amount.amount, 0);
  return { amount: amount - taken, currency };
};

/** Where a payment stands that has been paid, by what is given back of it. */
export const stateByRefunds = (payment: Payment): PaymentState => {
  const { refunds } = payment;
  if (refunds.some(({ state }) => state === 'asked' || state === 'sent' || state === 'unknown'))
    return 'refunding';
  const back = refunds
    .filter(({ state }) => state === 'finished')
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  if (back === 0) return 'paid';
  return back >= paidOf(payment).amount ? 'refunded' : 'part-refunded';
};

/** How a payment's wait may end; what the next steps read as `outcome`. */
export type PaymentEnd = 'paid' | 'expired' | 'cancelled' | 'passed over';

/** Lets the run that waits for a payment go on. */
export const waitEnded = (card: Card, { task: id }: Payment, end: PaymentEnd, context: Context): Card => {
  const watch = card.tasks.find((task) => task.id === id && task.status === 'open');
  return watch === undefined ? card : closed(card, watch, end, context);
};
