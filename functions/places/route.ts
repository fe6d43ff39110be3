import type { Address } from '../../schemas/deal.ts';

/** Somewhere on the map. */
export type Point = { readonly lat: number; readonly lng: number };

const earthKm = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** How far it is as the crow flies, in kilometres. */
export const distanceKm = (one: Point, other: Point): number => {
  const [lat, lng] = [radians(other.lat - one.lat), radians(other.lng - one.lng)];
  const half =
    Math.sin(lat / 2) ** 2 +
    Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(lng / 2) ** 2;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(half)));
};

/** The whole way through points, in kilometres. */
export const lengthKm = (points: readonly Point[]): number =>
  points.slice(1).reduce((sum, point, index) => sum + distanceKm(points[index] ?? point, point), 0);

const nearestFirst = <P extends Point>([first, ...rest]: readonly P[]): P[] => {
  if (first === undefined) return [];
  const left = [...rest];
  const way = [first];
  for (let at: P = first; left.length > 0; ) {
    const next = left.reduce((best, one) => (distanceKm(at, one) < distanceKm(at, best) ? one : best));
    left.splice(left.indexOf(next), 1);
    way.push(next);
    at = next;
  }
  return way;
};

/**
 * The order in which to visit places, beginning with the first: the nearest next, and parts turned round as long as that
 * makes the way shorter.
 */
export const inOrder = <P extends Point>(places: readonly P[]): P[] => {
  let way = nearestFirst(places);
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (let from = 1; from < way.length - 1; from += 1)
      for (let to = from + 1; to < way.length; to += 1) {
        const turned = [...way.slice(0, from), ...way.slice(from, to + 1).reverse(), ...way.slice(to + 1)];
        if (lengthKm(turned) < lengthKm(way) - 1e-9) {
          way = turned;
          isShorter = true;
        }
      }
  }
  return way;
};

const written = ({ lat, lng }: Point): string => `${lat},${lng}`;

/** A link that shows the way on a map. */
export const mapLink = (way: readonly Point[]): string => {
  const [first, ...rest] = way;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const stops = rest.slice(0, -1).map(written).join('|');
  const query = new URLSearchParams({
    api: '1',
    origin: written(first),
    destination: written(last),
    ...(stops === '' ? {} : { waypoints: stops }),
  });
  return `https://www.google.com/maps/dir/?${query}`;
};

/** The coordinates of an address, where it has some. */
export const pointOf = ({ lat, lng }: Address): Point | undefined =>
  lat === undefined || lng === undefined ? undefined : { lat, lng };
