import { Address, type Deal } from '../../schemas/deal.ts';
import type { DealId } from '../../schemas/ids.ts';
import { hiddenFields } from '../access/rights.ts';
import { seenCard } from '../deals/seen.ts';
import { type Refusal, Refused } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import { thePlaces } from './port.ts';
import { distanceKm, inOrder, lengthKm, mapLink, type Point, pointOf } from './route.ts';

/** GET /v1/places: where an address that somebody types may be. */
export const suggestPlaces = async ({ query }: Call<'places.suggest'>) => ({
  items: [...(await thePlaces().suggest(query.q))],
});

type Stop = Point & { readonly deal: DealId; readonly number: string; readonly text: string };

const withoutPlace = ({ number }: Pick<Deal, 'number'>): Refusal => ({
  path: 'deals',
  code: 'no-coordinates',
  message: {
    ru: `У сделки ${number} нет адреса на карте: выберите его из подсказок`,
    en: `Deal ${number} has no address on the map: pick it from the suggestions`,
    ro: `Tranzacția ${number} nu are adresă pe hartă: alegeți-o din sugestii`,
  },
});

const rounded = (km: number): number => Math.round(km * 10) / 10;

/**
 * POST /v1/routes: the way through the addresses of several deals, from the first of them, as short as it is found.
 *
 * @throws {Refused} naming each deal without coordinates
 */
export const buildRoute = async (call: Call<'routes.build'>) => {
  const stops: Stop[] = [];
  const refusals: Refusal[] = [];
  for (const id of new Set(call.body.deals)) {
    const { card, context } = await seenCard(id, call);
    const hidden = hiddenFields(call.reader, context.pipeline);
    const field = Object.entries(context.pipeline.fields).find(
      ([name, { type }]) => type === 'address' && !hidden.has(name),
    )?.[0];
    const address = Address.safeParse(field === undefined ? undefined : card.deal.fields[field]).data;
    const point = address === undefined ? undefined : pointOf(address);
    if (address === undefined || point === undefined) refusals.push(withoutPlace(card.deal));
    else stops.push({ ...point, deal: card.deal.id, number: card.deal.number, text: address.text });
  }
  if (refusals.length > 0) throw new Refused(refusals);
  const way = inOrder(stops);
  return {
    stops: way.map((stop, index) => {
      const before = way[index - 1];
      return { ...stop, km: before === undefined ? 0 : rounded(distanceKm(before, stop)) };
    }),
    km: rounded(lengthKm(way)),
    link: mapLink(way),
  };
};
