import { modes, tariffs } from '../../../functions/delivery/cdek/tariffs.ts';
import type { City } from './map.ts';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres between two cities as the crow flies. */
const kilometres = (a: City, b: City): number => {
  const north = radians(b.latitude - a.latitude);
  const east = radians(b.longitude - a.longitude);
  const h =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
};

/** 0 within a city, 4 across the country. */
const zoneOf = (a: City, b: City): number => {
  if (a.code === b.code) return 0;
  const far = kilometres(a, b);
  return far < 800 ? 1 : far < 1600 ? 2 : far < 2600 ? 3 : 4;
};

export type Cargo = {
  readonly weight: number;
  readonly length?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
};

/** What is paid for: what it weighs or what it would weigh by its size, in kilograms. */
export const countedWeight = (cargo: readonly Cargo[]): number =>
  cargo.reduce((sum, { weight, length = 0, width = 0, height = 0 }) => {
    return sum + Math.max(weight / 1000, (length * width * height) / 5000);
  }, 0);

const paces = {
  economy: { rate: 0.8, days: 2 },
  parcel: { rate: 1, days: 0 },
  express: { rate: 1.9, days: -1 },
};

const dayAfter = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** What a tariff costs between two cities and how long it takes; sums in rubles. */
export const priceOf = (code: number, from: City, to: City, cargo: readonly Cargo[], now: Date) => {
  const tariff = tariffs[code];
  const ends = tariff && modes[tariff.mode];
  if (tariff === undefined || ends === undefined) return undefined;
  const kilograms = countedWeight(cargo);
  // What a locker takes.
  if (ends.to === 'postamat' && (cargo.length > 1 || kilograms > 15)) return undefined;
  if (kilograms > 30 && (ends.from !== 'door' || ends.to !== 'door')) return undefined;
  const zone = zoneOf(from, to);
  const pace = paces[tariff.pace];
  const doors = (ends.from === 'door' ? 150 : 0) + (ends.to === 'door' ? 150 : 0);
  const rubles = Math.ceil((190 + 65 * zone + kilograms * (25 + 12 * zone)) * pace.rate) + doors;
  const least = Math.max(1, 1 + zone + pace.days);
  const calendar = { min: least, max: least + 2 };
  return {
    tariff_code: code,
    tariff_name: tariff.name,
    tariff_description: '',
    delivery_mode: tariff.mode,
    delivery_sum: rubles,
    period_min: least,
    period_max: least + 1,
    calendar_min: calendar.min,
    calendar_max: calendar.max,
    delivery_date_range: { min: dayAfter(now, calendar.min), max: dayAfter(now, calendar.max) },
    weight_calc: Math.round(kilograms * 1000),
  };
};

/** Three quarters of a percent of what the goods are worth. */
export const insuranceOf = (worth: number): number => Math.round(worth * 0.75) / 100;
