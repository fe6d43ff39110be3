import * as z from 'zod';
import type { Text } from './text.ts';

/**
 * Where a parcel is: asked for; taken by the carrier for checking; numbered; under way; waiting at its point; with the
 * courier; handed over; coming back or back; called off before it left; refused by the carrier.
 */
export const ParcelState = z.enum([
  'requested',
  'accepted',
  'created',
  'in-transit',
  'at-pickup',
  'courier',
  'delivered',
  'returned',
  'cancelled',
  'rejected',
]);
export type ParcelState = z.infer<typeof ParcelState>;

/** Where it is, in words. */
export const parcelStateTitles: Readonly<Record<ParcelState, Text>> = {
  requested: { ru: 'заказана', en: 'asked for', ro: 'cerut' },
  accepted: { ru: 'проверяется', en: 'being checked', ro: 'în verificare' },
  created: { ru: 'оформлена', en: 'registered', ro: 'înregistrat' },
  'in-transit': { ru: 'в пути', en: 'under way', ro: 'pe drum' },
  'at-pickup': {
    ru: 'ждёт в пункте выдачи',
    en: 'waiting at the point',
    ro: 'așteaptă la punctul de ridicare',
  },
  courier: { ru: 'у курьера', en: 'with the courier', ro: 'la curier' },
  delivered: { ru: 'вручена', en: 'delivered', ro: 'livrat' },
  returned: {
    ru: 'не вручена, возвращается',
    en: 'not delivered, coming back',
    ro: 'nelivrat, se întoarce',
  },
  cancelled: { ru: 'отменена', en: 'cancelled', ro: 'anulat' },
  rejected: { ru: 'не принята СДЭК', en: 'refused by the carrier', ro: 'refuzat de transportator' },
};

/** States that nothing follows. */
export const finalStates: ReadonlySet<ParcelState> = new Set([
  'delivered',
  'returned',
  'cancelled',
  'rejected',
]);
