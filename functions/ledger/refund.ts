import type { LedgerEntry } from '../../schemas/ledger.ts';
import { type Money, printMoney } from '../../schemas/money.ts';
import type { Refusal } from '../shared/errors.ts';
import { amountIn, counts, signOf } from './counting.ts';

/** What was paid and not given back, in one currency. */
const keptOf = (ledger: readonly LedgerEntry[], currency: Money['currency']): number =>
  ledger
    .filter((entry) => (entry.kind === 'payment' || entry.kind === 'refund') && counts(entry))
    .reduce((sum, entry) => sum + signOf(entry) * amountIn(entry, currency), 0);

/** What stands in the way of an entry: more cannot be given back than was paid. */
export const unmetToRecord = (
  ledger: readonly LedgerEntry[],
  { kind, amount }: Pick<LedgerEntry, 'kind' | 'amount'>,
): Refusal[] => {
  if (kind !== 'refund') return [];
  const kept = keptOf(ledger, amount.currency);
  if (amount.amount <= kept) return [];
  const [given, most] = [printMoney(amount), printMoney({ amount: kept, currency: amount.currency })];
  return [
    {
      path: 'amount',
      code: 'refund-above-paid',
      message: {
        ru: `Вернуть можно не больше оплаченного: ${most}, указано ${given}`,
        ro: `Se poate returna cel mult suma plătită: ${most}, s-a indicat ${given}`,
        en: `No more can be given back than was paid: ${most}, given ${given}`,
      },
    },
  ];
};
