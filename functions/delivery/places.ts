import type { EndpointName } from '../../schemas/api/index.ts';
import { packOfPerson, packsOf } from '../access/tenant.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import type { Cdek } from './cdek/client.ts';
import { cities, pointBy, pointsOf } from './cdek/places.ts';
import { cdekOf } from './opened.ts';

/** CDEK by the account of the pack that is asked for, else of the reader's. */
const cdekFor = (
  { reader, company }: Pick<Call<EndpointName>, 'reader' | 'company'>,
  pack: string | undefined,
): Promise<Cdek> => {
  const own = packOfPerson(reader.user, company);
  const asked = pack === undefined ? own : company.packs.find(({ id }) => id === pack);
  if (asked?.integrations?.cdek === undefined) {
    const shipping = company.packs.filter(({ integrations }) => integrations?.cdek !== undefined);
    throw new BadInput(
      `pack: ${pack ?? own?.id ?? 'none'} does not ship by CDEK; these do: ${shipping.map(({ id }) => id).join(', ') || 'none'}`,
    );
  }
  const worksIn = packsOf(reader.user, company).map(({ id }) => id);
  if (!worksIn.includes(asked.id))
    throw new Forbidden(
      `pack: ${asked.id} is not where you work; you work in ${worksIn.join(', ') || 'none'}`,
    );
  return cdekOf(asked.id);
};

/** GET /v1/delivery/cities */
export const findCities = async (call: Call<'delivery.cities'>) => {
  const { pack, name, postalCode } = call.query;
  if (name === undefined && postalCode === undefined)
    throw new BadInput('name: nothing given; give the beginning of a name, or a postal code');
  const found = await cities(await cdekFor(call, pack), {
    ...(name === undefined ? {} : { name }),
    ...(postalCode === undefined ? {} : { postalCode }),
  });
  return { items: [...found] };
};

/** GET /v1/delivery/points */
export const findPoints = async (call: Call<'delivery.points'>) => {
  const { pack, city, kind, payOnDelivery, search = '', limit } = call.query;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const points = await pointsOf(await cdekFor(call, pack), city);
  const items = points
    .filter((point) => point.handsOut && (kind === undefined || point.kind === kind))
    .filter((point) => payOnDelivery === undefined || point.payOnDelivery)
    .filter(({ code, address, station = '' }) => {
      const text = `${code} ${address} ${station}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  return { items: items.slice(0, limit) };
};

/** The city a point is in. @throws {BadInput} where there is no such point */
export const cityOfPoint = async (cdek: Cdek, point: string): Promise<number> => {
  const found = await pointBy(cdek, point);
  if (found === undefined)
    throw new BadInput(`point: CDEK has no point "${point}"; /v1/delivery/points lists those of a city`);
  return found.city;
};
