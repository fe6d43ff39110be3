import type { Card } from '../deals/card.ts';

/** Payments nobody is to make any more: those of a deal that was lost. */
export const withoutOpen = (before: Card, after: Card): Card =>
  before.deal.outcome === after.deal.outcome || after.deal.outcome !== 'lost'
    ? after
    : after.payments
        .filter(({ state }) => state === 'open')
        .reduce(
          (card, payment) => ({
            ...card,
            payments: card.payments.map((other) =>
              other === payment ? { ...payment, state: 'cancelled' as const, reason: 'lost' } : other,
            ),
          }),
          after,
        );
