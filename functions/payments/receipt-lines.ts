import type { Line } from '../../schemas/deal.ts';
import type { ReceiptSettings } from '../../schemas/integrations/robokassa.ts';
import type { PaymentReceipt, ReceiptLine } from '../../schemas/payment.ts';

const cut = (name: string): string => {
  const clean = name
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  // Half of a character that takes two places is none.
  return (clean === '' ? '—' : clean).slice(0, 128).replace(/[\uD800-\uDBFF]$/, '');
};

/** The most of one thing that a receipt counts. */
const mostPieces = 99_999;

/** What a receipt has no figure for stands in its name. */
const counted = ({ name, quantity }: Line): Pick<ReceiptLine, 'name' | 'quantity'> => {
  if (quantity <= mostPieces) return { name: cut(name), quantity };
  const times = ` × ${quantity}`;
  return {
    name: `${cut(name)
      .slice(0, 128 - times.length)
      .toWellFormed()}${times}`,
    quantity: 1,
  };
};

/** What a line comes to: pieces may be fractions, money is not. */
const worth = ({ price, quantity }: Line): number => Math.round(price * quantity);

/** Exactly, however large: the share of `amount` that is `part` of `whole`, rounded down. */
const share = (amount: number, part: number, whole: number): number =>
  Number((BigInt(amount) * BigInt(part)) / BigInt(whole));

/**
 * Lines of goods that come to an amount: where a part is paid each line is paid in part, and the rest of the rounding goes to
 * the last. What comes to nothing stands on no receipt; without lines there is one, called `otherwise`.
 */
export const receiptLines = (
  lines: readonly Line[],
  amount: number,
  tax: ReceiptLine['tax'],
  otherwise: string,
): ReceiptLine[] => {
  const whole = lines.reduce((sum, line) => sum + worth(line), 0);
  const one: ReceiptLine[] = [{ name: cut(otherwise), quantity: 1, sum: amount, tax }];
  if (whole <= 0 || lines.length > 100) return one;
  const parts = lines
    .map((line) => ({ line, sum: share(amount, worth(line), whole) }))
    .filter(({ sum }) => sum > 0);
  const rest = amount - parts.reduce((all, { sum }) => all + sum, 0);
  const last = parts.length - 1;
  return parts.length === 0
    ? one
    : parts.map(({ line, sum }, at) => ({
        ...counted(line),
        sum: at === last ? sum + rest : sum,
        tax,
      }));
};

/** The fiscal receipt of a payment by the shop's settings. */
export const receiptOf = (
  { sno, tax, method, object }: ReceiptSettings,
  lines: readonly Line[],
  amount: number,
  otherwise: string,
): PaymentReceipt => ({
  ...(sno === undefined ? {} : { sno }),
  method,
  object,
  lines: receiptLines(lines, amount, tax, otherwise),
});
