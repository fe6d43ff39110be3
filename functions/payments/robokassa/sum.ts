/** What one payment may be at most, in kopecks: eight digits of roubles, as a line of a receipt. */
export const MOST_KOPECKS = 9_999_999_999;

/** Kopecks as Robokassa is told them: `150000` is `1500.00`. */
export const sumOf = (kopecks: number): string => {
  if (!Number.isSafeInteger(kopecks) || kopecks <= 0 || kopecks > MOST_KOPECKS)
    throw new RangeError(`a sum is a whole number of kopecks from 1 to ${MOST_KOPECKS}, not ${kopecks}`);
  const digits = String(kopecks).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Kopecks as JSON of Robokassa has them: `150050` is the number 1500.5. */
export const numberOf = (kopecks: number): number => Number(sumOf(kopecks));

/**
 * The kopecks of a sum as Robokassa writes it, `1500.00` or `1500.000000`, by its digits and never by arithmetic of
 * fractions; `undefined` for what is no sum, or has parts of a kopeck.
 */
export const kopecksOf = (sum: string): number | undefined => {
  const [, whole, part = ''] = /^(\d{1,8})(?:\.(\d{1,6}))?$/.exec(sum) ?? [];
  if (whole === undefined || !/^0*$/.test(part.slice(2))) return undefined;
  return Number(whole) * 100 + Number(part.slice(0, 2).padEnd(2, '0'));
};
