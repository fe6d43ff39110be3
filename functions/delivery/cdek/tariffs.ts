/** Where a parcel is handed over: at a door, over the counter of a point, in a parcel locker. */
export type End = 'door' | 'point' | 'postamat';

/** The ends of a delivery by CDEK's `delivery_mode`. */
export const modes: Readonly<Record<number, { readonly from: End; readonly to: End }>> = {
  1: { from: 'door', to: 'door' },
  2: { from: 'door', to: 'point' },
  3: { from: 'point', to: 'door' },
  4: { from: 'point', to: 'point' },
  6: { from: 'door', to: 'postamat' },
  7: { from: 'point', to: 'postamat' },
};

/** The tariffs a shop commonly has, by code: what they are called, and between what they go. */
export const tariffs: Readonly<
  Record<
    number,
    { readonly name: string; readonly mode: number; readonly pace: 'parcel' | 'economy' | 'express' }
  >
> = {
  136: { name: 'Посылка склад-склад', mode: 4, pace: 'parcel' },
  137: { name: 'Посылка склад-дверь', mode: 3, pace: 'parcel' },
  138: { name: 'Посылка дверь-склад', mode: 2, pace: 'parcel' },
  139: { name: 'Посылка дверь-дверь', mode: 1, pace: 'parcel' },
  366: { name: 'Посылка дверь-постамат', mode: 6, pace: 'parcel' },
  368: { name: 'Посылка склад-постамат', mode: 7, pace: 'parcel' },
  231: { name: 'Экономичная посылка дверь-дверь', mode: 1, pace: 'economy' },
  232: { name: 'Экономичная посылка дверь-склад', mode: 2, pace: 'economy' },
  233: { name: 'Экономичная посылка склад-дверь', mode: 3, pace: 'economy' },
  234: { name: 'Экономичная посылка склад-склад', mode: 4, pace: 'economy' },
  378: { name: 'Экономичная посылка склад-постамат', mode: 7, pace: 'economy' },
  480: { name: 'Экспресс дверь-дверь', mode: 1, pace: 'express' },
  481: { name: 'Экспресс дверь-склад', mode: 2, pace: 'express' },
  482: { name: 'Экспресс склад-дверь', mode: 3, pace: 'express' },
  483: { name: 'Экспресс склад-склад', mode: 4, pace: 'express' },
};

/** Between what a tariff goes; nothing for one we do not know, which CDEK then judges. */
export const endsOf = (tariff: number): { readonly from: End; readonly to: End } | undefined => {
  const mode = tariffs[tariff]?.mode;
  return mode === undefined ? undefined : modes[mode];
};
