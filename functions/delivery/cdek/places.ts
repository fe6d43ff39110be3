import * as z from 'zod';
import { clock } from '../../shared/clock.ts';
import type { Cdek } from './client.ts';
import { toKopecks } from './rubles.ts';

const City = z.object({
  code: z.int(),
  city: z.string(),
  country_code: z.string(),
  region: z.string().nullish(),
  sub_region: z.string().nullish(),
  fias_guid: z.string().nullish(),
  time_zone: z.string().nullish(),
  /** rubles a client may pay on delivery; -1 any sum, 0 none */
  payment_limit: z.number().nullish(),
});

const Suggested = z.object({ code: z.int(), full_name: z.string(), city_uuid: z.string().nullish() });

/** A city CDEK delivers to. */
export type CdekCity = {
  readonly code: number;
  readonly name: string;
  readonly region?: string;
  readonly country: string;
  /** whether nothing may be paid on delivery there */
  readonly prepaidOnly: boolean;
};

const cityOf = ({ code, city, region, country_code, payment_limit }: z.infer<typeof City>): CdekCity => ({
  code,
  name: city,
  ...(region ? { region } : {}),
  country: country_code,
  prepaidOnly: payment_limit === 0,
});

/** Cities by the beginning of a name or by a postal code, as CDEK orders them. */
export const cities = async (
  cdek: Cdek,
  search: {
    readonly name?: string;
    readonly postalCode?: string;
    readonly country?: string;
    readonly limit?: number;
  },
): Promise<readonly CdekCity[]> => {
  const found = await cdek.ask({
    method: 'GET',
    path: '/location/cities',
    query: {
      country_codes: search.country ?? 'RU',
      city: search.name,
      postal_code: search.postalCode,
      size: search.limit ?? 20,
      page: 0,
      lang: 'rus',
    },
    shape: z.array(City),
  });
  return found.map(cityOf);
};

/**
 * One city by CDEK's code, with what a client may pay on delivery there, in kopecks; no limit where there is none. Nothing
 * where CDEK knows no such city.
 */
export const cityBy = async (
  cdek: Cdek,
  code: number,
): Promise<(CdekCity & { readonly payLimit?: number }) | undefined> => {
  const found = await cdek.ask({
    method: 'GET',
    path: '/location/cities',
    query: { code, size: 1, page: 0, lang: 'rus' },
    shape: z.array(City),
  });
  const city = found.find((one) => one.code === code);
  if (city === undefined) return undefined;
  const { payment_limit: limit } = city;
  return {
    ...cityOf(city),
    ...(typeof limit === 'number' && limit >= 0 ? { payLimit: toKopecks(limit) } : {}),
  };
};

/** Names of cities that begin so, for a field that completes what is typed. */
export const suggestCities = async (
  cdek: Cdek,
  name: string,
  country = 'RU',
): Promise<readonly { readonly code: number; readonly name: string }[]> =>
  (
    await cdek.ask({
      method: 'GET',
      path: '/location/suggest/cities',
      query: { name, country_code: country },
      shape: z.array(Suggested),
    })
  ).map(({ code, full_name }) => ({ code, name: full_name }));

const Point = z.object({
  code: z.string().min(1),
  name: z.string().nullish(),
  type: z.enum(['PVZ', 'POSTAMAT']),
  location: z.object({
    city_code: z.int(),
    city: z.string().nullish(),
    region: z.string().nullish(),
    postal_code: z.string().nullish(),
    address: z.string(),
    address_full: z.string().nullish(),
    longitude: z.number().nullish(),
    latitude: z.number().nullish(),
  }),
  work_time: z.string().nullish(),
  phones: z.array(z.object({ number: z.string() })).nullish(),
  nearest_station: z.string().nullish(),
  note: z.string().nullish(),
  is_handout: z.boolean().nullish(),
  is_reception: z.boolean().nullish(),
  is_dressing_room: z.boolean().nullish(),
  have_cash: z.boolean().nullish(),
  have_cashless: z.boolean().nullish(),
  allowed_cod: z.boolean().nullish(),
  /** kilograms */
  weight_max: z.number().nullish(),
  dimensions: z.array(z.object({ width: z.number(), height: z.number(), depth: z.number() })).nullish(),
});

/** A counter or a locker where parcels are handed in or out. */
export type CdekPoint = {
  readonly code: string;
  readonly kind: 'point' | 'postamat';
  readonly city: number;
  readonly cityName?: string;
  readonly address: string;
  readonly hours?: string;
  readonly phone?: string;
  readonly station?: string;
  readonly handsOut: boolean;
  readonly takesIn: boolean;
  readonly fitting: boolean;
  /** whether a client can pay there for what comes */
  readonly payOnDelivery: boolean;
  readonly maxGrams?: number;
  readonly at?: { readonly latitude: number; readonly longitude: number };
};

const pointOf = (point: z.infer<typeof Point>): CdekPoint => {
  const { location } = point;
  const phone = point.phones?.[0]?.number;
  return {
    code: point.code,
    kind: point.type === 'POSTAMAT' ? 'postamat' : 'point',
    city: location.city_code,
    ...(location.city ? { cityName: location.city } : {}),
    address: location.address,
    ...(point.work_time ? { hours: point.work_time } : {}),
    ...(phone ? { phone } : {}),
    ...(point.nearest_station ? { station: point.nearest_station } : {}),
    handsOut: point.is_handout ?? true,
    takesIn: point.is_reception ?? false,
    fitting: point.is_dressing_room ?? false,
    payOnDelivery: point.allowed_cod ?? (point.have_cash === true || point.have_cashless === true),
    ...(point.weight_max ? { maxGrams: Math.round(point.weight_max * 1000) } : {}),
    ...(typeof location.latitude === 'number' && typeof location.longitude === 'number'
      ? { at: { latitude: location.latitude, longitude: location.longitude } }
      : {}),
  };
};

/** Points a page; one city has up to two thousand. */
const pageSize = 500;
const maxPages = 10;
const keptForMs = 3_600_000;
const maxKept = 30;
const kept = new Map<string, { until: number; points: Promise<readonly CdekPoint[]> }>();

const readPoints = async (cdek: Cdek, city: number): Promise<readonly CdekPoint[]> => {
  const found = new Map<string, CdekPoint>();
  for (let page = 0; page < maxPages; page += 1) {
    const points = await cdek.ask({
      method: 'GET',
      path: '/deliverypoints',
      query: { city_code: city, type: 'ALL', size: pageSize, page, lang: 'rus' },
      shape: z.array(Point),
    });
    const before = found.size;
    for (const point of points) found.set(point.code, pointOf(point));
    // The last page, or one that says again what was said: whether pages are heeded everywhere is not known.
    if (points.length < pageSize || found.size === before) break;
  }
  return [...found.values()];
};

/** All points of a city; read once an hour. */
export const pointsOf = (
  cdek: Cdek,
  city: number,
  now: Date = clock.now(),
): Promise<readonly CdekPoint[]> => {
  const key = `${cdek.base}#${city}`;
  const known = kept.get(key);
  if (known !== undefined && now.getTime() < known.until) return known.points;
  const points = readPoints(cdek, city);
  kept.delete(key);
  kept.set(key, { until: now.getTime() + keptForMs, points });
  for (const oldest of kept.keys()) {
    if (kept.size <= maxKept) break;
    kept.delete(oldest);
  }
  points.catch(() => {
    if (kept.get(key)?.points === points) kept.delete(key); // a failure is not kept
  });
  return points;
};

/** One point by its code; nothing where there is none. */
export const pointBy = async (cdek: Cdek, code: string): Promise<CdekPoint | undefined> => {
  const found = await cdek.ask({
    method: 'GET',
    path: '/deliverypoints',
    query: { code, type: 'ALL', lang: 'rus' },
    shape: z.array(Point),
  });
  const point = found.find((one) => one.code === code);
  return point === undefined ? undefined : pointOf(point);
};

/** Starts afresh, for a host that runs one system after another in a process. */
export const forgetPoints = (): void => kept.clear();
