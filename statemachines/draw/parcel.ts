import { ParcelState, parcelStateTitles } from '../../schemas/parcel-state.ts';
import type { ShipStep } from '../../schemas/pipeline.ts';
import { sayCondition } from './condition.ts';
import { fieldTitle, pick, quoted, type Reading, titleOf } from './reading.ts';

/** Where a parcel is, in words. */
export const parcelStateName = (reading: Reading, state: string): string => {
  const known = ParcelState.safeParse(state);
  return known.success ? titleOf(reading, parcelStateTitles[known.data]) : state;
};

const field = (reading: Reading, id: string): string => quoted(reading, fieldTitle(reading, id));

/** What a `ship` step orders, what it writes back, and what it waits for. */
export const sayShip = (reading: Reading, step: ShipStep): string => {
  const { to, cod, track, wait, courier, title } = step;
  const where = [to.point, to.address].flatMap((id) => (id === undefined ? [] : [field(reading, id)]));
  const head = title === undefined ? '' : `${titleOf(reading, title)}: `;
  const order = pick(
    reading,
    `посылка СДЭК: ${where.join(' или ')}; номер — в ${field(reading, track)}`,
    `a parcel by CDEK to ${where.join(' or ')}; its number goes into ${field(reading, track)}`,
  );
  const money =
    cod === undefined
      ? ''
      : pick(
          reading,
          `; наложенный платёж: ${sayCondition(reading, cod)}`,
          `; cash on delivery: ${sayCondition(reading, cod)}`,
        );
  const called =
    courier === undefined
      ? ''
      : pick(
          reading,
          `; курьер — в день ${field(reading, courier.date)}, ${courier.from}–${courier.to}`,
          `; the courier comes on the day of ${field(reading, courier.date)}, ${courier.from}–${courier.to}`,
        );
  const until = {
    registered: pick(reading, '; ждём, пока её оформят', '; waits until it is registered'),
    delivered: pick(reading, '; ждём, пока её вручат', '; waits until it is delivered'),
    none: pick(reading, '; сделка её не ждёт', '; the deal does not wait for it'),
  }[wait === false ? 'none' : wait];
  return `${head}${order}${money}${called}${until}`;
};
