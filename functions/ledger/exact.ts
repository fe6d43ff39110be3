/** A decimal as a fraction of whole numbers: `41.50` is 4150 / 100. */
const fraction = (decimal: string): readonly [over: bigint, under: bigint] => {
  const [whole = '0', part = ''] = decimal.split('.');
  return [BigInt(`${whole}${part}`), 10n ** BigInt(part.length)];
};

/** `over / under` to the nearest whole number, a half away from zero. */
const rounded = (over: bigint, under: bigint): number => {
  const [top, bottom] = under < 0n ? [-over, -under] : [over, under];
  const size = top < 0n ? -top : top;
  const nearest = (2n * size + bottom) / (2n * bottom);
  return Number(top < 0n ? -nearest : nearest);
};

/** An amount at a rate, in minor units of the other currency: 1 000 000,00 at 41.50 is 24 096,39. */
export const atRate = (amount: number, rate: string): number => {
  const [over, under] = fraction(rate);
  return rounded(BigInt(amount) * under, over);
};

/** A part of an amount, in minor units; `percent` counts to six places. */
export const percentOf = (amount: number, percent: number): number => {
  const [over, under] = fraction(Math.abs(percent).toFixed(6));
  const part = rounded(BigInt(amount) * over, under * 100n);
  return percent < 0 ? -part : part;
};

/** What falls on `part` of `whole` if all of it is worth `worth`. */
export const shareOf = (worth: number, part: number, whole: number): number =>
  rounded(BigInt(worth) * BigInt(part), BigInt(whole));
