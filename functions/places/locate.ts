import type { FieldChanges } from '../../schemas/api/shapes.ts';
import { Address } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { BadInput } from '../shared/errors.ts';
import { type Places, thePlaces } from './port.ts';

const same = (one: string, other: string): boolean =>
  one.trim().toLowerCase().startsWith(other.trim().toLowerCase());

const located = async (field: string, address: Address, places: Places): Promise<Address> => {
  if (address.place !== undefined) {
    const place = await places.find(address.place);
    if (place === undefined)
      throw new BadInput(`fields.${field}: no place "${address.place}"; take one of GET /v1/places?q=…`);
    return { ...place, text: address.text };
  }
  if (address.lat !== undefined) return address; // somebody put the pin by hand
  const [only, ...others] = (await places.suggest(address.text)).filter(({ text }) =>
    same(text, address.text),
  );
  return only === undefined || others.length > 0 ? address : { ...only, text: address.text };
};

/**
 * The same changes with the coordinates of the addresses among them, as far as a gazetteer knows them: of the place that was
 * picked, or of the only one that is written like this.
 *
 * @throws {BadInput} if a place was picked that is not there
 */
export const locate = async (
  changes: FieldChanges,
  { fields }: Pick<Pipeline, 'fields'>,
  places: Places = thePlaces(),
): Promise<FieldChanges> => {
  const found: FieldChanges = { ...changes };
  for (const [field, given] of Object.entries(changes)) {
    if (fields[field]?.type !== 'address') continue;
    const address = Address.safeParse(typeof given === 'string' ? { text: given } : given);
    if (address.success) found[field] = await located(field, address.data, places);
  }
  return found;
};
