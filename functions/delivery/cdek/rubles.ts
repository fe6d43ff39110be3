/** Kopecks as CDEK writes money: a decimal number of rubles with two digits at most. */
export const toRubles = (kopecks: number): number => {
  if (!Number.isSafeInteger(kopecks))
    throw new RangeError(`${kopecks} is no sum of kopecks: give a whole number`);
  return kopecks / 100; // the double nearest to the decimal, which JSON prints as that decimal
};

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * A decimal number of rubles as kopecks, read from its digits and never by multiplying it. What is finer than a kopeck, as
 * estimates that are worked out by percentages may be, is rounded half up.
 *
 * @throws {RangeError} for a number that no sum of money has, such as 1e21
 */
export const toKopecks = (rubles: number): number => {
  const [, sign, whole = '', part = ''] = decimal.exec(String(rubles)) ?? [];
  if (sign === undefined) throw new RangeError(`${rubles} is no sum in rubles: give a decimal number`);
  const kopecks =
    Number(`${whole}${part.padEnd(2, '0').slice(0, 2)}`) + (Number(part[2] ?? '0') >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(kopecks)) throw new RangeError(`${rubles} rubles are more than can be counted`);
  return sign === '-' ? 0 - kopecks : kopecks;
};
