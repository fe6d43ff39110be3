import type { ParcelView } from '../../schemas/api/delivery.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import { parcelStateTitles } from '../../schemas/parcel-state.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { hiddenFrom } from '../deals/view.ts';
import { namesIn } from '../shared/expression.ts';
import { shipStepOf } from './steps-of.ts';

/** Where a client follows a parcel by its number. */
export const trackLink = (track: string): string =>
  `https://www.cdek.ru/ru/tracking?order_id=${encodeURIComponent(track)}`;

/** A parcel as a reader may see it: what stands in hidden fields, or is made of them, is left out. */
export const viewParcel = (parcel: Parcel, context: Context): ParcelView => {
  const { writes, version: _, ...shown } = parcel;
  const hidden = hiddenFrom(context);
  const step = shipStepOf(context.pipeline, parcel.step);
  const items = typeof step?.items === 'object' ? step.items.rows : (step?.items ?? context.pipeline.worth);
  const isHidden = (...names: readonly (string | undefined)[]): boolean =>
    names.some((name) => name !== undefined && hidden.has(name));
  const hidesGoods = isHidden(items, context.pipeline.worth);
  const hidesMoney = hidesGoods || isHidden(...(step?.cod === undefined ? [] : namesIn(step.cod)));
  const { track, to, lines, cod, paid, price, ...rest } = shown;
  const { point, city, address } = to;
  return {
    ...rest,
    to: {
      ...(point === undefined || isHidden(step?.to.point) ? {} : { point }),
      ...(city === undefined || isHidden(step?.to.city) ? {} : { city }),
      ...(address === undefined || isHidden(address) ? {} : { address }),
    },
    lines: hidesGoods ? [] : lines,
    ...(track === undefined || isHidden(writes.track) ? {} : { track, trackLink: trackLink(track) }),
    ...(hidesMoney || cod === undefined ? {} : { cod }),
    ...(hidesMoney || paid === undefined ? {} : { paid }),
    ...(price === undefined || isHidden(step?.price) ? {} : { price }),
    stateTitle: parcelStateTitles[parcel.state],
  };
};

/** The parcels of a card, newest first. */
export const parcelsFor = ({ parcels }: Pick<Card, 'parcels'>, context: Context): ParcelView[] =>
  [...parcels]
    .sort((one, other) =>
      one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : one.id < other.id ? 1 : -1,
    )
    .map((parcel) => viewParcel(parcel, context));
