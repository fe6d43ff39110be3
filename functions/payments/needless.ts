import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import type { Facts } from '../shared/expression.ts';
import { amountToAsk } from './asking.ts';
import { leastAmount } from './open.ts';
import { waitEnded, withPayment } from './state.ts';

/**
 * The client has paid in another way, and nothing is left of what a step asked for: its link is taken back in the write that
 * enters the money, so that nobody pays twice; a run that waits goes on.
 */
export const withoutNeedless = async (
  before: Pick<Card, 'ledger' | 'payments'>,
  after: Card,
  facts: Facts,
  context: Context,
): Promise<Card> => {
  if (after.ledger.length === before.ledger.length) return after;
  let card = after;
  for (const { id, asks } of before.payments) {
    const payment = card.payments.find((one) => one.id === id);
    if (asks === undefined || payment?.state !== 'open' || payment.held !== undefined) continue;
    const left = await amountToAsk(asks, facts, context);
    if (left.amount >= leastAmount) continue;
    const withdrawn = withPayment(card, { ...payment, state: 'cancelled', reason: 'nothing is left to pay' });
    card = waitEnded(withdrawn, payment, 'passed over', context);
  }
  return card;
};
