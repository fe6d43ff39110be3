import type { Place, Places } from './port.ts';

/** A street of the gazetteer: house 1 stands at its beginning, and the others follow along it. */
type Street = {
  readonly name: string;
  readonly city: string;
  readonly at: readonly [lat: number, lng: number];
};

const streets: Readonly<Record<string, Street>> = {
  test: { name: 'Test Street', city: 'Kyiv', at: [50.4501, 30.5234] },
  river: { name: 'River Embankment', city: 'Kyiv', at: [50.4633, 30.5296] },
  garden: { name: 'Garden Lane', city: 'Kyiv', at: [50.4287, 30.4712] },
  station: { name: 'Station Square', city: 'Kyiv', at: [50.4406, 30.4895] },
  market: { name: 'Market Street', city: 'Lviv', at: [49.8419, 24.0315] },
  harbour: { name: 'Harbour Road', city: 'Odesa', at: [46.4859, 30.7435] },
};

const houses = 200;
const step = 0.0004; // degrees from house to house, some 40 metres
const suggested = 5;

const placeOf = (id: string, { name, city, at: [lat, lng] }: Street, house: number): Place => ({
  text: `${house} ${name}, ${city}`,
  lat: Number((lat + (house - 1) * step).toFixed(6)),
  lng: Number((lng + (house - 1) * step).toFixed(6)),
  place: `${id}-${house}`,
});

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** A few streets that come with Voronka, for companies of demonstrations and tests; outside maps take its place at the port. */
export const gazetteer: Places = {
  suggest: async (text) => {
    const words = wordsOf(text);
    const house = Number(words.find((word) => /^\d{1,3}$/.test(word)) ?? 1);
    const names = words.filter((word) => !/^\d+$/.test(word));
    if (names.length === 0 || house < 1 || house > houses) return [];
    return Object.entries(streets)
      .filter(([, { name, city }]) => {
        const own = wordsOf(`${name} ${city}`);
        return names.every((word) => own.some((one) => one.startsWith(word)));
      })
      .map(([id, street]) => placeOf(id, street, house))
      .slice(0, suggested);
  },
  find: async (id) => {
    const [, street = '', house = ''] = /^([a-z]+)-(\d{1,3})$/.exec(id) ?? [];
    const found = streets[street];
    return found === undefined || Number(house) < 1 || Number(house) > houses
      ? undefined
      : placeOf(street, found, Number(house));
  },
};
