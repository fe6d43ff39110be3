import { t } from '../../vocabulary/index.ts';

/** Brands whose machines and parts are sold; each has a discount of its own. */
export const brands = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7].map((n) => [`brand-${n}`, t(`Бренд ${n}`, `Brand ${n}`)]),
);

/** Discounts as a new company has them, per cent. */
export const firstDiscounts: Readonly<Record<string, number>> = {
  'brand-1': 5,
  'brand-2': 3,
  'brand-3': 0,
  'brand-4': 7,
  'brand-5': 2,
  'brand-6': 0,
  'brand-7': 4,
};
