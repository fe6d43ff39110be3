import type { Cdek } from './cdek/client.ts';
import { type CdekCity, cities } from './cdek/places.ts';

/** How many parts of an address are looked at: a country, a region and a district may come before the city. */
const partsAsked = 4;

const nameOf = (part: string): string => part.trim().replace(/^(?:г|гор|город|city)(?:\.\s*|\s+)/i, '');

const isCalled = (name: string) => (city: CdekCity) =>
  city.name.toLowerCase().replaceAll('ё', 'е') === name.toLowerCase().replaceAll('ё', 'е');

/**
 * The code of the city that an address names, as people write it: `Казань, ул. Баумана, 1`. Nothing where no part of it is a
 * city of CDEK's, or where several are called so and the address has no postal code to tell them apart.
 */
export const cityIn = async (cdek: Cdek, address: string): Promise<number | undefined> => {
  const [postalCode] = /(?<!\d)\d{6}(?!\d)/.exec(address) ?? [];
  const names = address
    .split(/[,;\n]/)
    .map(nameOf)
    .filter((name) => name.length >= 2 && name.length <= 60 && !/\d/.test(name));
  for (const name of names.slice(0, partsAsked)) {
    const called = (await cities(cdek, { name, limit: 50 })).filter(isCalled(name));
    if (called.length === 1) return called[0]?.code;
    if (called.length === 0) continue;
    if (postalCode === undefined) return undefined;
    const there = (await cities(cdek, { name, postalCode })).filter(isCalled(name));
    return there.length === 1 ? there[0]?.code : undefined;
  }
  return undefined;
};
