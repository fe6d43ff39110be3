import type { DealId } from '../../schemas/ids.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { withFlagsTold, withSecondSum } from './accountant.ts';
import { gateway, holdPayment, type Paid, settlePayment } from './settle.ts';
import { isPaid, paidOf, paymentOn } from './state.ts';

/** Which payment of which deal. */
export type PaymentRef = { readonly deal: string; readonly payment: string };

export const byGateway = { system: gateway } as const;

/**
 * The one way money comes to a deal by the gateway, whoever heard of it: the notification, the signed one, the question that was
 * asked, the daily comparison. One transaction: the ledger, the payment, the step that waits, all that follows; and once.
 */
export const settleNow = async ({ deal, payment: id }: PaymentRef, said: Paid): Promise<Card> => {
  const { card } = await act(
    deal,
    (before, context) => {
      const known = paymentOn(before, id);
      const outcome = settlePayment(before, id, said, context);
      if (!outcome.ok) return outcome;
      if (isPaid(known)) {
        const { currency } = known.amount;
        return currency !== 'RUB' || said.sum === paidOf(known).amount
          ? outcome
          : done(withSecondSum(outcome.value, known, { amount: said.sum, currency }, context));
      }
      return done(withFlagsTold(outcome.value, paymentOn(outcome.value, id), context));
    },
    { by: byGateway },
  );
  return card;
};

/** Money is held on the client's card: who decides about it is told. */
export const holdNow = async (
  { deal, payment: id }: PaymentRef,
  opKey: string | undefined,
  tell: (card: Card, context: Parameters<typeof settlePayment>[3]) => Card,
): Promise<Card> => {
  const { card } = await act(
    deal,
    (before, context) => {
      const outcome = holdPayment(before, id, opKey, context);
      return outcome.ok && outcome.value !== before ? done(tell(outcome.value, context)) : outcome;
    },
    { by: byGateway },
  );
  return card;
};

/** The deal of a payment as what came in is listed by it. */
export const listedBy = ({ deal }: Card): { id: DealId; number: string } => ({
  id: deal.id,
  number: deal.number,
});
