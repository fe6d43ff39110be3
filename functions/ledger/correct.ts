import type { LedgerEntry } from '../../schemas/ledger.ts';
import { type Money, printMoney } from '../../schemas/money.ts';
import type { Refusal } from '../shared/errors.ts';
import { counts, leftOf } from './counting.ts';
import { shareOf } from './exact.ts';

type Given = Pick<LedgerEntry, 'kind' | 'amount' | 'converted'>;

const refusal = (path: string, code: string, ru: string, en: string): Refusal => ({
  path,
  code,
  message: { ru, en },
});

/** What stands in the way of taking an entry back: it has to be there, to count, and to be no less than what is taken. */
export const unmetToCorrect = (
  ledger: readonly LedgerEntry[],
  id: string,
  { kind, amount, converted }: Given,
): Refusal[] => {
  const wrong = ledger.find((entry) => entry.id === id);
  if (wrong === undefined || wrong.corrects !== undefined || !counts(wrong))
    return [
      refusal(
        'corrects',
        'nothing-to-correct',
        'Исправить можно запись этой сделки, которая учтена и сама не исправление',
        'What may be corrected is an entry of this deal that counts and is no correction itself',
      ),
    ];
  if (wrong.kind !== kind || wrong.amount.currency !== amount.currency)
    return [
      refusal(
        'amount',
        'another-kind',
        'Исправление — той же записи: тот же вид и та же валюта',
        `A correction is of the same kind and currency: ${wrong.kind} in ${wrong.amount.currency}`,
      ),
    ];
  const left = leftOf(wrong, ledger);
  const above = (path: string, given: Money, most: number): Refusal[] => {
    const [said, may] = [printMoney(given), printMoney({ amount: most, currency: given.currency })];
    return [
      refusal(
        path,
        'correction-above-entry',
        `От записи осталось ${may}, указано ${said}`,
        `${may} is left of the entry, given ${said}`,
      ),
    ];
  };
  if (amount.amount > left.amount) return above('amount', amount, left.amount);
  return converted !== undefined && converted.amount > left.converted
    ? above('converted', converted, left.converted)
    : [];
};

/** What a correction takes back in the other currency: all that is left where it takes all, else its share. */
export const convertedBack = (
  ledger: readonly LedgerEntry[],
  wrong: LedgerEntry,
  amount: Money,
): Money | undefined => {
  if (wrong.converted === undefined) return undefined;
  const left = leftOf(wrong, ledger);
  const part = shareOf(wrong.converted.amount, amount.amount, wrong.amount.amount);
  const taken = amount.amount === left.amount ? left.converted : Math.min(part, left.converted);
  return taken > 0 ? { amount: taken, currency: wrong.converted.currency } : undefined;
};
