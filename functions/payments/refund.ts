import type { Money } from '../../schemas/money.ts';
import type { Payment, PaymentRefund } from '../../schemas/payment.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { enter } from '../ledger/enter.ts';
import { localDay } from '../schedule/local-time.ts';
import { NotFound } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { aboveLeft, notPaid, testMode } from './refusals.ts';
import { accountOf, externalIdOf, gateway } from './settle.ts';
import { isPaid, leftToRefund, paymentOn, stateByRefunds, withPayment } from './state.ts';

export const refundOn = (payment: Payment, id: string): PaymentRefund => {
  const refund = payment.refunds.find((other) => other.id === id);
  if (refund === undefined) throw new NotFound(`no refund "${id}" of payment ${payment.invoice}`);
  return refund;
};

const withRefund = (card: Card, payment: Payment, refund: PaymentRefund): Card => {
  const after: Payment = {
    ...payment,
    refunds: payment.refunds.map((other) => (other.id === refund.id ? refund : other)),
  };
  return withPayment(card, { ...after, state: stateByRefunds(after) });
};

/**
 * Asks for a part of a payment to be given back, or for all that is left; the same id is asked for once. The ledger says so
 * only when the client has it.
 */
export const askRefund = (
  card: Card,
  id: string,
  { refund, amount, reason }: { refund: string; amount?: Money | undefined; reason: string },
  context: Context,
): Outcome<Card> => {
  const payment = paymentOn(card, id);
  if (payment.refunds.some((other) => other.id === refund)) return done(card);
  if (!isPaid(payment)) return refused(notPaid(payment.state));
  if (payment.test) return refused(testMode());
  const left = leftToRefund(payment);
  const given = amount ?? left;
  if (given.amount <= 0 || given.currency !== left.currency || given.amount > left.amount)
    return refused(aboveLeft(given, left));
  const asked: PaymentRefund = {
    id: refund,
    amount: given,
    reason,
    state: 'asked',
    at: instantOf(context.now),
    by: context.by,
  };
  return done(withPayment(card, { ...payment, refunds: [...payment.refunds, asked], state: 'refunding' }));
};

/** The gateway is being asked, or has said by which name it knows the refund. */
export const refundSent = (card: Card, id: string, refundId: string, requestId?: string): Outcome<Card> => {
  const payment = paymentOn(card, id);
  const refund = refundOn(payment, refundId);
  if (refund.state !== 'asked' && refund.state !== 'sent') return done(card); // it has ended meanwhile
  return done(
    withRefund(card, payment, {
      ...refund,
      state: 'sent',
      ...(requestId === undefined ? {} : { requestId }),
    }),
  );
};

/** The gateway was certainly not reached: the refund may be asked for once more. */
export const refundUnsent = (card: Card, id: string, refundId: string): Outcome<Card> => {
  const payment = paymentOn(card, id);
  const refund = refundOn(payment, refundId);
  return refund.state === 'sent' && refund.requestId === undefined
    ? done(withRefund(card, payment, { ...refund, state: 'asked' }))
    : done(card);
};

/**
 * How a refund ended. One that is finished is entered into the ledger, once; what nobody could learn is said so, and counts as
 * given back until a person has looked.
 */
export const endRefund = (
  card: Card,
  id: string,
  refundId: string,
  { end, problem }: { end: 'finished' | 'cancelled' | 'unknown'; problem?: string | undefined },
  context: Context,
): Outcome<Card> => {
  const payment = paymentOn(card, id);
  const refund = refundOn(payment, refundId);
  if (refund.state === 'finished' || refund.state === 'cancelled') return done(card);
  const ended = withRefund(card, payment, {
    ...refund,
    state: end,
    ...(problem === undefined ? {} : { problem: problem.slice(0, 300) }),
    ...(end === 'unknown' ? {} : { endedAt: instantOf(context.now) }),
  });
  if (end !== 'finished') return done(ended);
  return enter(
    ended,
    {
      id: idOf(gateway, 'refund', refund.id),
      source: gateway,
      externalId: `${externalIdOf(payment)}:${refund.id}`,
      kind: 'refund',
      amount: refund.amount,
      day: localDay(context.now, context.pack.zone),
      account: accountOf(payment),
      note: refund.reason,
    },
    { ...context, reader: undefined },
  );
};
