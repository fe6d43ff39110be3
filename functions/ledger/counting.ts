import type { Accrual } from '../../schemas/accrual.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Currency } from '../../schemas/money.ts';
import type { Field } from '../../schemas/pipeline.ts';

type Total = Extract<Field, { type: 'total' }>;

const sign = { payment: 1, refund: -1, cost: 1, shipment: 1 } as const;

/** Whether an entry is money: nobody had to decide on it, or it was approved. */
export const counts = ({ state }: Pick<LedgerEntry, 'state'>): boolean =>
  state === undefined || state === 'approved';

/** What of an entry is in a currency, without its sign; nothing where it is in neither of its two. */
export const amountIn = (
  { amount, converted }: Pick<LedgerEntry, 'amount' | 'converted'>,
  currency: Currency,
): number =>
  amount.currency === currency ? amount.amount : converted?.currency === currency ? converted.amount : 0;

/** 1, or −1 for what is given back or corrects another entry. */
export const signOf = ({ kind, corrects }: Pick<LedgerEntry, 'kind' | 'corrects'>): 1 | -1 =>
  (sign[kind] === -1) === (corrects === undefined) ? -1 : 1;

/** Whether a total is made of an entry, whatever its currency. */
export const isPartOf = (entry: LedgerEntry, total: Total): boolean =>
  total.of.includes(entry.kind) &&
  (total.state === 'pending' ? entry.state === 'pending' : counts(entry)) &&
  (total.accounts === undefined || total.accounts.includes(entry.account));

/** A total over a ledger: the sum in its own currency, or how many entries there are; a corrected entry is none any more. */
export const totalOf = (ledger: readonly LedgerEntry[], total: Total): number => {
  const parts = ledger.filter((entry) => isPartOf(entry, total));
  if (total.count !== true)
    return parts.reduce((sum, entry) => sum + signOf(entry) * amountIn(entry, total.currency), 0);
  return parts.filter((entry) => entry.corrects === undefined && leftOf(entry, ledger).amount > 0).length;
};

/** Pay that was granted and not reversed, in one currency; of it what is unpaid. */
export const accruedOf = (
  accruals: readonly Accrual[],
  { currency, of }: Extract<Field, { type: 'accrued' }>,
): number =>
  accruals
    .filter(({ amount, state }) => amount.currency === currency && state !== 'reversed')
    .filter(({ state }) => of === 'all' || state === 'accrued')
    .reduce((sum, { amount }) => sum + amount.amount, 0);

/** What is left of an entry after its corrections, in its own currency and the other. */
export const leftOf = (
  { id, amount, converted }: LedgerEntry,
  ledger: readonly LedgerEntry[],
): { amount: number; converted: number } =>
  ledger
    .filter(({ corrects }) => corrects === id)
    .reduce(
      (left, taken) => ({
        amount: left.amount - taken.amount.amount,
        converted: left.converted - (taken.converted?.amount ?? 0),
      }),
      { amount: amount.amount, converted: converted?.amount ?? 0 },
    );
