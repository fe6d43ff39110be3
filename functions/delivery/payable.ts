import type { Parcel } from '../../schemas/parcel.ts';
import type { Refusal } from '../shared/errors.ts';
import type { Cdek } from './cdek/client.ts';
import { cityBy, pointBy } from './cdek/places.ts';

const rubles = (kopecks: number): string => (kopecks / 100).toFixed(2);

const noCashAt = (point: string): Refusal => ({
  path: 'to.point',
  code: 'prepaid-only',
  message: {
    ru: `В пункте ${point} нельзя платить при получении: выберите другой пункт или примите оплату заранее`,
    en: `Nothing can be paid on delivery at ${point}: choose another point, or have the order paid before`,
    ro: `La punctul ${point} nu se poate plăti la livrare: alegeți alt punct sau încasați plata în avans`,
  },
});

const noCashIn = (city: string, most: number, asked: number): Refusal => ({
  path: 'to.city',
  code: 'prepaid-only',
  message:
    most === 0
      ? {
          ru: `В городе ${city} СДЭК не принимает оплату при получении: примите оплату заранее или отправьте в другой город`,
          en: `CDEK takes no payment on delivery in ${city}: have the order paid before, or send it to another city`,
          ro: `În ${city} CDEK nu primește plata la livrare: încasați plata în avans sau expediați în alt oraș`,
        }
      : {
          ru: `В городе ${city} при получении платят не больше ${rubles(most)} ₽, а к оплате ${rubles(asked)} ₽: примите остаток заранее`,
          en: `In ${city} at most ${rubles(most)} RUB are paid on delivery, and ${rubles(asked)} RUB are asked for: have the rest paid before`,
          ro: `În ${city} la livrare se plătesc cel mult ${rubles(most)} RUB, iar de plătit sunt ${rubles(asked)} RUB: încasați restul în avans`,
        },
});

/**
 * Why a client could not pay for a parcel where it goes, as CDEK's own lists say it; an order like that would be carried
 * there and back. What is told by an address alone CDEK finds out by itself.
 */
export const unpayable = async (cdek: Cdek, { cod, to }: Pick<Parcel, 'cod' | 'to'>): Promise<Refusal[]> => {
  if (cod === undefined) return [];
  const point = to.point === undefined ? undefined : await pointBy(cdek, to.point);
  if (point?.payOnDelivery === false) return [noCashAt(point.code)];
  const code = point?.city ?? to.city;
  const city = code === undefined ? undefined : await cityBy(cdek, code);
  return city?.payLimit !== undefined && cod.amount > city.payLimit
    ? [noCashIn(city.name, city.payLimit, cod.amount)]
    : [];
};
