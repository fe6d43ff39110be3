import * as z from 'zod';

export const Currency = z.enum(['RUB', 'USD', 'EUR', 'UAH', 'MDL']);
export type Currency = z.infer<typeof Currency>;

/** An amount of money: `{ amount: 24000000, currency: 'RUB' }` is 240 000 roubles. */
export const Money = z.strictObject({ amount: z.int(), currency: Currency });
export type Money = z.infer<typeof Money>;

const symbols: Record<Currency, string> = { RUB: '₽', USD: '$', EUR: '€', UAH: '₴', MDL: 'L' };

/** `24000000 RUB` as people write it: `240 000,00 ₽`. */
export const printMoney = ({ amount, currency }: Money): string => {
  const [whole = '0', part = '00'] = (Math.abs(amount) / 100).toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
  return `${amount < 0 ? '−' : ''}${grouped},${part} ${symbols[currency]}`;
};
