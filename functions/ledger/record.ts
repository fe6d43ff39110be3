import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { BadInput } from '../shared/errors.ts';

const sign = { payment: 1, refund: -1, cost: 1, shipment: 1 } as const;

/** Totals of the ledger by field of the pipeline; a refund takes from the total it belongs to. */
export const totalsOf = (
  ledger: readonly LedgerEntry[],
  { pipeline }: Pick<Context, 'pipeline'>,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(pipeline.fields).flatMap(([id, field]) =>
      field.type === 'total'
        ? [
            [
              id,
              ledger
                .filter((entry) => field.of.includes(entry.kind) && entry.amount.currency === field.currency)
                .reduce((sum, entry) => sum + sign[entry.kind] * entry.amount.amount, 0),
            ],
          ]
        : [],
    ),
  );

/**
 * Adds an entry to a deal's ledger; its totals follow. An entry that is there already changes nothing.
 *
 * @throws {BadInput} if the deal keeps no total in that currency for that kind
 */
export const record = (card: Card, entry: LedgerEntry, context: Context): Card => {
  if (card.ledger.some(({ id }) => id === entry.id)) return card;
  const fields = Object.values(context.pipeline.fields).filter((field) => field.type === 'total');
  const kept = fields.filter((field) => field.of.includes(entry.kind));
  if (!kept.some((field) => field.currency === entry.amount.currency))
    throw new BadInput(
      `amount: ${context.pipeline.id} keeps no ${entry.kind} in ${entry.amount.currency}; it keeps ${
        fields.map((field) => `${field.of.join('/')} in ${field.currency}`).join(', ') || 'no ledger'
      }`,
    );
  const ledger = [...card.ledger, entry];
  return { ...card, ledger, deal: { ...card.deal, totals: totalsOf(ledger, context) } };
};
