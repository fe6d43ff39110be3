import type { CardChanges, CardValue } from '../../schemas/contact.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import { packsOf } from '../access/tenant.ts';
import { readValue } from '../deals/values.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';

type Extra = Readonly<Record<string, CardValue>>;
type Of = 'company' | 'contact';

/** Fields that the packs declare for a card, and that their administrators added, of packs a reader works in. */
const ownOn = (of: Of, reader: Reader, company: Company): ReadonlySet<string> =>
  new Set(
    packsOf(reader.user, company).flatMap((pack) => [
      ...Object.keys(pack.cards?.[of] ?? {}),
      ...Object.keys(company.clientCards.get(`${pack.id}/${of}`)?.added ?? {}),
    ]),
  );

/** Fields of a card that each of the reader's roles hides, and those of other packs than the reader's. */
export const hiddenOn = (of: Of, reader: Reader, company: Company): ReadonlySet<string> => {
  const own = ownOn(of, reader, company);
  return new Set(
    Object.entries(company.cards[of])
      .filter(
        ([id, field]) =>
          !own.has(id) ||
          reader.roles.every((role) => role.hides.includes(id) || field.hiddenFrom?.includes(role.id)),
      )
      .map(([id]) => id),
  );
};

/** What a reader sees of the further fields of a card. */
export const seenExtra = (
  of: Of,
  extra: Extra,
  reader: Reader,
  company: Company,
): Record<string, CardValue> => {
  const hidden = hiddenOn(of, reader, company);
  return Object.fromEntries(Object.entries(extra).filter(([id]) => !hidden.has(id)));
};

/** The zone of the pack that declares a field. */
const zoneOf = (of: Of, id: string, { packs }: Company): string =>
  packs.find(({ cards }) => cards?.[of]?.[id] !== undefined)?.zone ?? 'UTC';

/** A field that no pack declares takes what needs no declaration to be understood. */
const isPlain = (given: CardValue): boolean => typeof given !== 'object';

/**
 * The further fields of a card after a change. Those that a pack declares are read by their type, the others are kept
 * as they are; what the change leaves out stays.
 *
 * @throws {BadInput} naming every value that would not do; {Forbidden} a field hidden from the reader
 */
export const changedExtra = (
  of: Of,
  before: Extra,
  changes: CardChanges,
  { reader, company }: { reader: Reader; company: Company },
): Record<string, CardValue> => {
  const hidden = hiddenOn(of, reader, company);
  const problems: { field: string; given: unknown; wanted: string }[] = [];
  const after: Record<string, CardValue> = { ...before };
  for (const [id, given] of Object.entries(changes)) {
    const field = company.cards[of][id];
    if (hidden.has(id)) throw new Forbidden(`extra.${id}: this field is not open to your roles`);
    if (field?.system === true) {
      if (JSON.stringify(given) !== JSON.stringify(before[id] ?? null))
        problems.push({ field: id, given, wanted: 'nothing: the system alone writes it' });
    } else if (given === null) delete after[id];
    else if (field === undefined) {
      if (isPlain(given)) after[id] = given;
      else problems.push({ field: id, given, wanted: 'a text, a number, true or false' });
    } else {
      const read = readValue(field, given, zoneOf(of, id, company), company);
      if ('wanted' in read) problems.push({ field: id, given, wanted: read.wanted });
      else after[id] = read.value as CardValue; // fields of cards are of types whose values are these
    }
  }
  if (problems.length > 0)
    throw new BadInput(
      problems
        .map(
          ({ field, given, wanted }) => `extra.${field}: given ${JSON.stringify(given)}; would do: ${wanted}`,
        )
        .join('; '),
      { details: { fields: problems } },
    );
  return after;
};
