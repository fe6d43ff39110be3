import type { Money } from '../../schemas/money.ts';
import { Payment } from '../../schemas/payment.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import type { Refusal } from '../shared/errors.ts';
import { dealOver, noShop, notKept, notTaken, tooLarge, tooSmall } from './refusals.ts';
import { MOST_KOPECKS } from './robokassa/sum.ts';
import { isPaid, paymentOn } from './state.ts';

/** Money to ask for; what is left out the pack says. */
export type Opening = Pick<Payment, 'id' | 'invoice' | 'token' | 'amount' | 'description' | 'test'> &
  Partial<Pick<Payment, 'expiresAt' | 'step' | 'task' | 'asks' | 'receipt'>> & {
    /** the payment whose place it takes: whoever waits for that one waits for this */
    readonly replaces?: string | undefined;
  };

/** The least a link asks for: one rouble, dollar or euro. */
export const leastAmount = 100;

/** What stands in the way of asking for an amount. */
export const unmetToAsk = (
  amount: Money,
  { pack, pipeline }: Pick<Context, 'pack' | 'pipeline'>,
): Refusal[] => {
  const shop = pack.integrations?.robokassa;
  if (shop === undefined) return [noShop(pack.id)];
  const isKept = Object.values(pipeline.fields).some(
    (field) =>
      field.type === 'total' &&
      field.currency === amount.currency &&
      field.of.includes('payment') &&
      field.state === undefined,
  );
  const taken: readonly string[] = shop.currencies;
  return [
    ...(amount.amount < leastAmount ? [tooSmall(amount)] : []),
    ...(amount.amount > MOST_KOPECKS ? [tooLarge(amount, MOST_KOPECKS)] : []),
    ...(taken.includes(amount.currency) ? [] : [notTaken(amount.currency, taken)]),
    ...(isKept ? [] : [notKept(amount.currency, pipeline.id)]),
  ];
};

/** An open payment that makes way for a newer one. */
const replaced = (payment: Payment): Payment =>
  payment.state === 'open' ? { ...payment, state: 'cancelled', reason: 'replaced' } : payment;

/**
 * Asks the client of a deal for money; the same id is asked for once. An open payment of the same step, or the one it
 * replaces, makes way for it.
 */
export const openPayment = (card: Card, opening: Opening, context: Context): Outcome<Card> => {
  const { replaces, ...given } = opening;
  if (card.payments.some(({ id }) => id === given.id)) return done(card);
  const refusals = unmetToAsk(given.amount, context);
  if (card.deal.outcome === 'lost') refusals.push(dealOver());
  if (refusals.length > 0) return refused(...refusals);
  const former = replaces === undefined ? undefined : paymentOn(card, replaces);
  const step = given.step ?? former?.step;
  const task = given.task ?? former?.task;
  const payment = Payment.parse({
    ...given,
    deal: card.deal.id,
    pipeline: context.pipeline.id,
    pack: context.pack.id,
    state: 'open',
    ...(step === undefined ? {} : { step }),
    ...(task === undefined ? {} : { task }),
    createdAt: instantOf(context.now),
    by: context.by,
    changedAt: instantOf(context.now),
    changedBy: context.by,
    version: 1,
  });
  const makesWay = (other: Payment): boolean =>
    !isPaid(other) &&
    other.held === undefined &&
    (other.id === replaces || (step !== undefined && other.step === step));
  return done({
    ...card,
    payments: [...card.payments.map((other) => (makesWay(other) ? replaced(other) : other)), payment],
  });
};
