import type { Contact } from '../../schemas/contact.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Zone } from '../../schemas/time.ts';
import { readPhone } from './phone.ts';

/** Countries that keep one time; a mobile number of Russia or the United States says nothing of the hour. */
const oneZone: Readonly<Record<string, Zone>> = {
  AM: 'Asia/Yerevan',
  AZ: 'Asia/Baku',
  BG: 'Europe/Sofia',
  BY: 'Europe/Minsk',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  EE: 'Europe/Tallinn',
  GE: 'Asia/Tbilisi',
  IL: 'Asia/Jerusalem',
  IT: 'Europe/Rome',
  KG: 'Asia/Bishkek',
  KZ: 'Asia/Almaty', // one since March 2024
  LT: 'Europe/Vilnius',
  LV: 'Europe/Riga',
  MD: 'Europe/Chisinau',
  PL: 'Europe/Warsaw',
  RO: 'Europe/Bucharest',
  TJ: 'Asia/Dushanbe',
  TM: 'Asia/Ashgabat',
  TR: 'Europe/Istanbul',
  UA: 'Europe/Kyiv',
  UZ: 'Asia/Tashkent',
};

/** By whose clock somebody is not to be disturbed: their own where it is known, else that of the number's country, else the company's. */
export const zoneOf = (
  number: string,
  contact: Pick<Contact, 'reach'> | undefined,
  { country, zone }: Pick<Pack, 'country' | 'zone'>,
): Zone => contact?.reach?.zone ?? oneZone[readPhone(number, country)?.country ?? ''] ?? zone;
