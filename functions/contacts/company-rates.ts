import type { CardChanges, CardValue } from '../../schemas/contact.ts';
import type { Field } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import { differing, mustBeEntries, overriding, type Rates, ratesFor, restoredText } from '../deals/rates.ts';
import { readValue } from '../deals/values.ts';
import { BadInput } from '../shared/errors.ts';
import type { Write } from '../shared/table/port.ts';
import { hiddenOn } from './extra.ts';

type RatesField = Extract<Field, { type: 'rates' }>;

const fieldsOf = ({ cards }: Company): [string, RatesField][] =>
  Object.entries(cards.company).flatMap(([id, field]): [string, RatesField][] =>
    field.type === 'rates' ? [[id, field]] : [],
  );

/** The percentages that hold for a company, by the fields of its card that the reader may see. */
export const ratesOnCard = async (
  client: string,
  reader: Reader,
  company: Company,
): Promise<Record<string, CardValue>> => {
  const hidden = hiddenOn('company', reader, company);
  const shown = fieldsOf(company).filter(([id]) => !hidden.has(id));
  return Object.fromEntries(
    await Promise.all(
      shown.map(
        async ([id, { directory }]) => [id, (await ratesFor(directory, client, company)).rates] as const,
      ),
    ),
  );
};

const isEditor = ({ editedBy }: RatesField, { user }: Reader): boolean =>
  editedBy.some(
    (actor) => actor === 'anyone' || (typeof actor === 'object' && user.roles.includes(actor.role)),
  );

/** What becomes of percentages written on a company's card: the other changes, rows to write, and what was restored. */
export type KeptRates = {
  readonly rest: CardChanges;
  readonly along: readonly Write[];
  readonly warnings: readonly Text[];
};

/**
 * Takes percentages out of the changes of a company's card. Those of people who may change them are kept for the
 * company, with a line of the register; others are left as they were, with a warning.
 *
 * @throws {BadInput} for a value that is none, or entries that the directory does not have
 */
export const keepRates = async (
  client: string,
  changes: CardChanges,
  { reader, company, now }: { readonly reader: Reader; readonly company: Company; readonly now: Date },
): Promise<KeptRates> => {
  const rest = { ...changes };
  const along: Write[] = [];
  const warnings: Text[] = [];
  const hidden = hiddenOn('company', reader, company);
  for (const [id, field] of fieldsOf(company)) {
    const given = rest[id];
    if (given === undefined || hidden.has(id)) continue; // a hidden one is refused with the other fields
    delete rest[id];
    const read = readValue(field, given ?? {}, 'UTC', company);
    if ('wanted' in read)
      throw new BadInput(`extra.${id}: given ${JSON.stringify(given)}; would do: ${read.wanted}`);
    const asked = read.value as Rates; // what a field of rates reads
    const holding = await ratesFor(field.directory, client, company);
    mustBeEntries(`extra.${id}`, asked, holding);
    const entries = differing(asked, holding.rates);
    if (entries.length === 0) continue;
    const changed = Object.fromEntries(entries.map((entry) => [entry, asked[entry] ?? 0]));
    if (isEditor(field, reader))
      along.push(
        ...overriding(changed, holding, {
          directory: field.directory,
          client,
          now,
          by: { user: reader.user.id },
        }),
      );
    else warnings.push(restoredText(field.title, changed, holding.rates));
  }
  return { rest, along, warnings };
};
