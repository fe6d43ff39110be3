import type { LedgerEntry } from '../../schemas/ledger.ts';
import { instantOf } from '../../schemas/time.ts';
import { isOneOf } from '../access/people.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { withTotals } from './record.ts';

/** Whether what this actor enters has to wait for a decision. */
export const waitsForDecision = (
  { deal }: Pick<Card, 'deal'>,
  kind: LedgerEntry['kind'],
  { reader, company, pipeline: { settled } }: Context,
): boolean =>
  settled !== undefined &&
  reader !== undefined &&
  settled.kinds.includes(kind) &&
  !isOneOf(settled.by, reader.user, deal, company);

/** Decides all money of a deal that waits for it: from then on it counts, or never will. */
export const settle = (
  card: Card,
  state: 'approved' | 'returned',
  comment: string | undefined,
  context: Context,
): Card => {
  if (!card.ledger.some((entry) => entry.state === 'pending')) return card;
  const decided = {
    at: instantOf(context.now),
    by: context.by,
    ...(comment === undefined ? {} : { comment }),
  };
  const ledger = card.ledger.map((entry) =>
    entry.state === 'pending' ? { ...entry, state, decided } : entry,
  );
  return withTotals({ ...card, ledger }, context);
};
