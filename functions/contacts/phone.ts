import type { Pack } from '../../schemas/pack.ts';

/** A phone in the international form; in Russia people begin it with 8. */
export const phoneOf = (given: string | undefined, country: Pack['country']): string | undefined => {
  const digits = given?.replace(/\D/g, '') ?? '';
  if (digits === '') return undefined;
  return `+${country === 'RU' ? digits.replace(/^8(\d{10})$/, '7$1') : digits}`;
};
