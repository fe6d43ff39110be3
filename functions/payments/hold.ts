import { printMoney } from '../../schemas/money.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { askAccountant } from './accountant.ts';
import { notHeld } from './refusals.ts';
import { HOLD_DAYS } from './robokassa/holding.ts';
import { paymentOn, withPayment } from './state.ts';

/** Tells who decides that money is held, and until when the bank keeps it. */
export const withHoldTold =
  (id: string) =>
  (card: Card, context: Context): Card => {
    const { invoice, amount } = paymentOn(card, id);
    const sum = printMoney(amount);
    return askAccountant(
      card,
      `${id}:held`,
      {
        ru: `Счёт ${invoice}: деньги удержаны на карте`,
        en: `Invoice ${invoice}: the money is held on the card`,
      },
      {
        ru: `Клиент подтвердил ${sum}. Спишите деньги или отпустите: через ${HOLD_DAYS} дней банк отпустит их сам.`,
        en: `The client has confirmed ${sum}. Take the money or let it go: after ${HOLD_DAYS} days the bank lets it go by itself.`,
      },
      context,
    );
  };

/** Whether money of it is held on a card, and nobody has taken it or let it go. */
export const isWaiting = ({ held }: Pick<Payment, 'held'>): boolean =>
  held !== undefined && held.state !== 'taken' && held.state !== 'released';

/** Marks that held money is to be taken, or let go. Said again while it is being done it changes nothing. */
export const decideHold = (card: Card, id: string, what: 'take' | 'release'): Outcome<Card> => {
  const payment = paymentOn(card, id);
  const state = what === 'take' ? 'taking' : 'releasing';
  if (payment.held?.state === state) return done(card);
  if (payment.held?.state !== 'held') return refused(notHeld());
  return done(withPayment(card, { ...payment, held: { ...payment.held, state } }));
};

/** The decision could not be carried out, or was: where held money stands now. */
export const holdIs = (
  card: Card,
  id: string,
  state: NonNullable<Payment['held']>['state'],
): Outcome<Card> => {
  const payment = paymentOn(card, id);
  if (payment.held === undefined || payment.held.state === state) return done(card);
  return done(withPayment(card, { ...payment, held: { ...payment.held, state } }));
};
