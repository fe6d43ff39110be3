import * as z from 'zod';
import type { Cdek } from './client.ts';
import { CdekDay } from './instants.ts';
import { toKopecks } from './rubles.ts';
import { type End, modes } from './tariffs.ts';

/** Currencies by the numbers the calculator knows them by. */
export const currencies = {
  RUB: 1,
  KZT: 2,
  USD: 3,
  EUR: 4,
  GBP: 5,
  CNY: 6,
  BYN: 7,
  UAH: 8,
  KGS: 9,
  AMD: 10,
  TRY: 11,
  THB: 12,
  KRW: 13,
  AED: 14,
  UZS: 15,
  MNT: 16,
  PLN: 17,
  AZN: 18,
  GEL: 19,
  JPY: 55,
} as const;

/** A place as the calculator takes it: CDEK's code of the city, or what it finds a city by. */
export type Place = {
  readonly code?: number;
  readonly postalCode?: string;
  readonly countryCode?: string;
  readonly city?: string;
  readonly address?: string;
};

/** What is to be carried. */
export type Box = {
  readonly weightGrams: number;
  readonly lengthCm: number;
  readonly widthCm: number;
  readonly heightCm: number;
};

export type Estimate = {
  readonly from: Place;
  readonly to: Place;
  readonly boxes: readonly Box[];
  /** what the goods are worth, in kopecks: their insurance is in the sum */
  readonly insured?: number;
  /** 1, the default: an order of an online shop; 2: any parcel */
  readonly type?: 1 | 2;
  /** when it would be handed in; now, where not given */
  readonly date?: string;
};

const Sum = z.number().transform((rubles, context) => {
  try {
    return toKopecks(rubles);
  } catch {
    context.addIssue({ code: 'custom', message: 'no sum in rubles' });
    return z.NEVER;
  }
});
const Days = z.int().min(0).max(366);
const Dates = z.object({ min: CdekDay, max: CdekDay }).nullish();

const Tariff = z.object({
  tariff_code: z.int(),
  tariff_name: z.string(),
  tariff_description: z.string().nullish(),
  delivery_mode: z.coerce.number().int(),
  delivery_sum: Sum,
  period_min: Days,
  period_max: Days,
  calendar_min: Days.nullish(),
  calendar_max: Days.nullish(),
  delivery_date_range: Dates,
});
const TariffList = z.object({ tariff_codes: z.array(Tariff) });

const Price = z.object({
  delivery_sum: Sum,
  total_sum: Sum,
  currency: z.string().nullish(),
  period_min: Days,
  period_max: Days,
  calendar_min: Days.nullish(),
  calendar_max: Days.nullish(),
  weight_calc: z.number().nullish(),
  delivery_date_range: Dates,
  services: z.array(z.object({ code: z.string(), sum: Sum, total_sum: Sum.nullish() })).nullish(),
});

/** One way to send something, and what it costs; sums in kopecks, days as CDEK counts them from the day it is handed in. */
export type Offer = {
  readonly tariff: number;
  readonly name: string;
  readonly from: End;
  readonly to: End;
  readonly sum: number;
  readonly workdays: { readonly min: number; readonly max: number };
  /** the days it would arrive, where CDEK names them */
  readonly arrives?: { readonly min: string; readonly max: string };
};

export const placeBody = ({ code, postalCode, countryCode, city, address }: Place) => ({
  ...(code === undefined ? {} : { code }),
  ...(postalCode === undefined ? {} : { postal_code: postalCode }),
  ...(countryCode === undefined ? {} : { country_code: countryCode }),
  ...(city === undefined ? {} : { city }),
  ...(address === undefined ? {} : { address }),
});

const insurance = (insured: number | undefined) =>
  insured === undefined || insured === 0
    ? {}
    : { services: [{ code: 'INSURANCE', parameter: String(Math.ceil(insured / 100)) }] };

/** The calculator's question, as CDEK wants it. */
export const estimateBody = (estimate: Estimate) => ({
  type: estimate.type ?? 1,
  currency: currencies.RUB,
  ...(estimate.date === undefined ? {} : { date: estimate.date }),
  from_location: placeBody(estimate.from),
  to_location: placeBody(estimate.to),
  packages: estimate.boxes.map(({ weightGrams, lengthCm, widthCm, heightCm }) => ({
    weight: weightGrams,
    length: lengthCm,
    width: widthCm,
    height: heightCm,
  })),
});

/** All tariffs of the contract by which it could go, the cheapest first. */
export const offers = async (cdek: Cdek, estimate: Estimate): Promise<readonly Offer[]> => {
  const { tariff_codes } = await cdek.ask({
    method: 'POST',
    path: '/calculator/tarifflist',
    body: { ...estimateBody(estimate), lang: 'rus' },
    shape: TariffList,
  });
  return tariff_codes
    .flatMap((tariff): Offer[] => {
      const ends = modes[tariff.delivery_mode];
      // A mode we know nothing of is one nobody here could hand a parcel over by.
      if (ends === undefined) return [];
      return [
        {
          tariff: tariff.tariff_code,
          name: tariff.tariff_name,
          ...ends,
          sum: tariff.delivery_sum,
          workdays: { min: tariff.period_min, max: tariff.period_max },
          ...(tariff.delivery_date_range ? { arrives: tariff.delivery_date_range } : {}),
        },
      ];
    })
    .sort((a, b) => a.sum - b.sum || a.tariff - b.tariff);
};

/** What one tariff costs with its insurance, and how long it takes; sums in kopecks. */
export const price = async (cdek: Cdek, tariff: number, estimate: Estimate) => {
  const answer = await cdek.ask({
    method: 'POST',
    path: '/calculator/tariff',
    body: { ...estimateBody(estimate), tariff_code: tariff, ...insurance(estimate.insured) },
    shape: Price,
  });
  return {
    sum: answer.delivery_sum,
    total: answer.total_sum,
    workdays: { min: answer.period_min, max: answer.period_max },
    ...(answer.delivery_date_range ? { arrives: answer.delivery_date_range } : {}),
    services: (answer.services ?? []).map(({ code, sum }) => ({ code, sum })),
  };
};
