import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { nothingToAccept, notOpen } from './refusals.ts';
import { paymentOn, waitEnded, withPayment } from './state.ts';

/** Takes back the asking; whoever waits for the money goes on. Cancelled again it stays cancelled. */
export const cancelPayment = (card: Card, id: string, reason: string, context: Context): Outcome<Card> => {
  const payment = paymentOn(card, id);
  if (payment.state === 'cancelled') return done(card);
  if (payment.state !== 'open') return refused(notOpen(payment.state));
  const cancelled = withPayment(card, { ...payment, state: 'cancelled', reason: reason.slice(0, 300) });
  return done(waitEnded(cancelled, payment, 'cancelled', context));
};

/** The link is no longer good; one that was paid, or cancelled, stays so. */
export const expirePayment = (card: Card, id: string, context: Context): Outcome<Card> => {
  const payment = paymentOn(card, id);
  if (payment.state !== 'open') return done(card);
  const expired = withPayment(card, { ...payment, state: 'expired' });
  return done(waitEnded(expired, payment, 'expired', context));
};

/** A payment that came with another amount is taken for what was asked: whoever waits for it goes on. */
export const acceptPayment = (card: Card, id: string, reason: string, context: Context): Outcome<Card> => {
  const payment = paymentOn(card, id);
  if (payment.flags?.includes('amount') !== true) return refused(nothingToAccept());
  const { flags: _, ...rest } = payment;
  const left = payment.flags.filter((flag) => flag !== 'amount');
  const accepted = withPayment(card, {
    ...rest,
    ...(left.length === 0 ? {} : { flags: left }),
    reason: reason.slice(0, 300),
  });
  return done(waitEnded(accepted, payment, 'paid', context));
};
