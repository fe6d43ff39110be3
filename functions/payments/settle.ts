import type { Money } from '../../schemas/money.ts';
import type { Payment, PaymentFlag } from '../../schemas/payment.ts';
import { type Instant, instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, stageOf } from '../deals/context.ts';
import { enter } from '../ledger/enter.ts';
import { localDay } from '../schedule/local-time.ts';
import { idOf } from '../shared/new-id.ts';
import { isPaid, paymentOn, waitEnded, withPayment } from './state.ts';

/** What the gateway says of a payment that was made. */
export type Paid = {
  /** what the shop is given, in minor units: roubles as a rule, of another currency where it says so */
  readonly sum: number;
  readonly at: Instant;
  readonly opKey?: string | undefined;
};

/** Who writes what the gateway says. */
export const gateway = 'robokassa';

/** The name under which the ledger knows a payment: an invoice of a shop is paid once. */
export const externalIdOf = ({ pack, invoice }: Pick<Payment, 'pack' | 'invoice'>): string =>
  `${pack}:${invoice}`;

/** The account a payment is on; money of the test mode is none, and stands by itself. */
export const accountOf = ({ test }: Pick<Payment, 'test'>): string => (test ? `${gateway}-test` : gateway);

const flagsOf = (payment: Payment, { sum }: Paid, { deal }: Card, context: Context): PaymentFlag[] => {
  const { amount, state } = payment;
  const isOver = deal.outcome === 'lost' || stageOf(context.pipeline, deal.stage).shelved === true;
  return [
    ...(sum === amount.amount
      ? []
      : [amount.currency === 'RUB' ? ('amount' as const) : ('currency' as const)]),
    ...(state === 'cancelled' || state === 'expired' ? [state] : []),
    ...(isOver ? ['closed' as const] : []),
  ];
};

/**
 * The client's money is here: it is entered once, whatever became of the link meanwhile, since it is theirs; and whoever
 * waited for it goes on, unless another amount came than was asked for. What is not as it was asked for is flagged.
 */
export const settlePayment = (card: Card, id: string, said: Paid, context: Context): Outcome<Card> => {
  const payment = paymentOn(card, id);
  const { opKey = payment.opKey } = said;
  if (isPaid(payment))
    return done(
      opKey === undefined || payment.opKey !== undefined ? card : withPayment(card, { ...payment, opKey }),
    );
  const { currency } = payment.amount;
  // Of another currency the gateway's figure may be roubles: what was asked for is what came, and a person looks at it.
  const paid: Money = currency === 'RUB' ? { amount: said.sum, currency } : payment.amount;
  const flags = flagsOf(payment, said, card, context);
  const entered = enter(
    card,
    {
      id: idOf(gateway, externalIdOf(payment)),
      source: gateway,
      externalId: externalIdOf(payment),
      kind: 'payment',
      amount: paid,
      day: localDay(new Date(said.at), context.pack.zone),
      account: accountOf(payment),
    },
    context,
  );
  if (!entered.ok) return entered;
  const settled: Payment = {
    ...payment,
    state: 'paid',
    paidAt: said.at,
    ...(paid.amount === payment.amount.amount ? {} : { paid }),
    ...(opKey === undefined ? {} : { opKey }),
    ...(flags.length === 0 ? {} : { flags }),
    ...(payment.held === undefined ? {} : { held: { ...payment.held, state: 'taken' } }),
  };
  const after = withPayment(entered.value, settled);
  return done(flags.includes('amount') ? after : waitEnded(after, settled, 'paid', context));
};

/** Money is held on the card; it is taken or let go when a person says so. */
export const holdPayment = (
  card: Card,
  id: string,
  opKey: string | undefined,
  context: Context,
): Outcome<Card> => {
  const payment = paymentOn(card, id);
  if (isPaid(payment) || payment.held !== undefined) return done(card);
  return done(
    withPayment(card, {
      ...payment,
      ...(opKey === undefined ? {} : { opKey }),
      held: { at: instantOf(context.now), state: 'held' },
    }),
  );
};
