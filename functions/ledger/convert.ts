import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Currency, Money } from '../../schemas/money.ts';
import type { Context } from '../deals/context.ts';
import { BadInput } from '../shared/errors.ts';
import { atRate } from './exact.ts';

type Given = Pick<LedgerEntry, 'kind' | 'amount' | 'rate' | 'converted'>;

const currenciesOf = (kind: LedgerEntry['kind'], { pipeline }: Pick<Context, 'pipeline'>): Currency[] => [
  ...new Set(
    Object.values(pipeline.fields).flatMap((field) =>
      field.type === 'total' && field.of.includes(kind) ? [field.currency] : [],
    ),
  ),
];

/**
 * The same money in the other currency the deal keeps: what was given, else the amount at the rate; nothing where neither
 * was given.
 *
 * @throws {BadInput} if it is no other currency, or the rate leaves open which one is meant
 */
export const convertedOf = (
  { kind, amount, rate, converted }: Given,
  context: Pick<Context, 'pipeline'>,
): Money | undefined => {
  if (converted !== undefined) {
    if (converted.currency === amount.currency || converted.amount <= 0)
      throw new BadInput(
        `converted: given ${converted.amount} ${converted.currency}; it is more than zero, in another currency than ${amount.currency}`,
      );
    return converted;
  }
  if (rate === undefined) return undefined;
  const others = currenciesOf(kind, context).filter((currency) => currency !== amount.currency);
  const [currency] = others;
  if (currency === undefined || others.length > 1)
    throw new BadInput(
      `rate: given ${rate}, but ${context.pipeline.id} keeps ${kind}s in ${others.length === 0 ? 'one currency alone; leave the rate out' : `${others.join(', ')} too; give converted as well`}`,
    );
  const worth = atRate(amount.amount, rate);
  if (worth <= 0)
    throw new BadInput(`rate: given ${rate}, at which ${amount.amount} comes to nothing in ${currency}`);
  return { amount: worth, currency };
};
