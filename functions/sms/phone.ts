import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** A number as it was understood. */
export type Phone = {
  /** E.164: `+79123456789` */
  readonly number: string;
  readonly country?: string | undefined;
  /** whether a message can arrive: a mobile, or one of a plan that does not tell them from fixed lines */
  readonly takesSms: boolean;
  /** not dialled with a message, kept for who calls */
  readonly extension?: string | undefined;
};

const mobile = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

const phoneFrom = (found: PhoneNumber): Phone => ({
  number: found.number,
  ...(found.country === undefined ? {} : { country: found.country }),
  takesSms: mobile.has(found.getType() ?? ''),
  ...(found.ext === undefined ? {} : { extension: found.ext }),
});

/**
 * What may have been meant, in order: as it is written; with the long-distance 8 of old taken off before the 0 of a national
 * number, and before the 10 that led abroad.
 */
const readings = (given: string): string[] => {
  const digits = given.replace(/\D/g, '');
  if (given.trim().startsWith('+')) return [given];
  return [
    given,
    ...(digits.startsWith('810') ? [`+${digits.slice(3)}`] : []),
    ...(/^80\d/.test(digits) ? [digits.slice(1)] : []),
    ...(digits.length >= 11 ? [`+${digits}`] : []),
  ];
};

/**
 * A number in the international form, as its country's numbering plan has it.
 *
 * @param country - whose national numbers are meant where none is written: the contact's or the company's, never guessed
 * @returns nothing where no plan has such a number
 */
export const readPhone = (given: string, country: string): Phone | undefined => {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  for (const reading of readings(given.slice(0, 80))) {
    const found = parsePhoneNumberFromString(
      reading,
      home === undefined ? {} : { defaultCountry: home, extract: false },
    );
    if (found?.isValid() === true) return phoneFrom(found);
  }
  return undefined;
};
