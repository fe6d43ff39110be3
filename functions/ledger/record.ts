import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { BadInput } from '../shared/errors.ts';
import { accruedOf, totalOf } from './counting.ts';

/** Totals of the ledger and of pay by field of the pipeline; a refund takes from the total it belongs to. */
export const totalsOf = (
  { ledger, accruals }: Pick<Card, 'ledger' | 'accruals'>,
  { pipeline }: Pick<Context, 'pipeline'>,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(pipeline.fields).flatMap(([id, field]) => {
      if (field.type === 'total') return [[id, totalOf(ledger, field)]];
      return field.type === 'accrued' ? [[id, accruedOf(accruals, field)]] : [];
    }),
  );

/** The card with the totals that follow from what is on it. */
export const withTotals = (card: Card, context: Pick<Context, 'pipeline'>): Card => ({
  ...card,
  deal: { ...card.deal, totals: totalsOf(card, context) },
});

/**
 * Adds an entry to a deal's ledger; its totals follow. An entry that is there already changes nothing.
 *
 * @throws {BadInput} if the deal keeps no total in that currency for that kind
 */
export const record = (card: Card, entry: LedgerEntry, context: Context): Card => {
  if (card.ledger.some(({ id }) => id === entry.id)) return card;
  const fields = Object.values(context.pipeline.fields).filter((field) => field.type === 'total');
  const kept = fields.filter((field) => field.of.includes(entry.kind));
  for (const money of [entry.amount, ...(entry.converted === undefined ? [] : [entry.converted])])
    if (!kept.some((field) => field.currency === money.currency))
      throw new BadInput(
        `amount: ${context.pipeline.id} keeps no ${entry.kind} in ${money.currency}; it keeps ${
          [...new Set(fields.map((field) => `${field.of.join('/')} in ${field.currency}`))].join(', ') ||
          'no ledger'
        }`,
      );
  return withTotals({ ...card, ledger: [...card.ledger, entry] }, context);
};
