import type { Address } from '../../schemas/deal.ts';
import { gazetteer } from './gazetteer.ts';

/** A place that a gazetteer knows: all of an address is there. */
export type Place = Required<Address>;

/** Who knows where addresses are. */
export type Places = {
  /** Places whose address begins with these words or holds them, the likeliest first; few of them. */
  suggest(words: string): Promise<readonly Place[]>;
  /** The place of that id. */
  find(id: string): Promise<Place | undefined>;
};

let places: Places = gazetteer;

/** Who is asked for places. */
export const thePlaces = (): Places => places;

/** Puts somebody else in their place, for a host that has its own. @returns who was asked before */
export const usePlaces = (other: Places): Places => {
  const before = places;
  places = other;
  return before;
};
