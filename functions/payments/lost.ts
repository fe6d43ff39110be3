import type { Card } from '../deals/card.ts';

/** Payments nobody is to make any more: those of a deal that was lost. */
export const withoutOpen = (before: Card, after: Card): Card => {
  const isLost = before.deal.outcome !== after.deal.outcome && after.deal.outcome === 'lost';
  if (!isLost || after.payments.every(({ state }) => state !== 'open')) return after;
  return {
    ...after,
    payments: after.payments.map((payment) =>
      payment.state === 'open' ? { ...payment, state: 'cancelled', reason: 'lost' } : payment,
    ),
  };
};
