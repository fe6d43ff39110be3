import * as z from 'zod';
import { type By, By as ByShape } from '../../schemas/deal.ts';
import { EntityId, Slug } from '../../schemas/ids.ts';
import type { Text } from '../../schemas/text.ts';
import { Instant, instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { entriesOf } from '../admin/directories.ts';
import { BadInput } from '../shared/errors.ts';
import { ratesKey } from '../shared/keys.ts';
import { newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Write } from '../shared/table/port.ts';
import { RateData } from './rate-data.ts';

/** A percentage by entry of a directory. */
export type Rates = Readonly<Record<string, number>>;

/** What one company has otherwise than the directory says. */
const Overrides = z.strictObject({
  company: EntityId,
  directory: Slug,
  values: z.record(EntityId, z.number()),
  version: z.int().positive(),
  changedAt: Instant,
  changedBy: ByShape,
});
type Overrides = z.infer<typeof Overrides>;

/** What holds for a company, or for nobody in particular; with the row its own values are kept in. */
export type Holding = { readonly rates: Rates; readonly overrides: Overrides | undefined };

/** The directory's own percentages, those of its active entries. */
const ownRates = async (directory: string, company: Company): Promise<Rates> =>
  Object.fromEntries(
    (await entriesOf(directory, company)).flatMap(({ id, active, data }) =>
      active ? [[id, RateData.parse(data).rate]] : [],
    ),
  );

/** The percentages that hold for a company: the directory's, and over them the company's own. */
export const ratesFor = async (
  directory: string,
  client: string | undefined,
  company: Company,
): Promise<Holding> => {
  const [own, row] = await Promise.all([
    ownRates(directory, company),
    client === undefined ? undefined : theTable().get(ratesKey(client, directory), { consistent: true }),
  ]);
  const overrides = row === undefined ? undefined : Overrides.parse(contentOf(row));
  const of = overrides?.values ?? {};
  return {
    overrides,
    rates: Object.fromEntries(Object.entries(own).map(([entry, rate]) => [entry, of[entry] ?? rate])),
  };
};

/** Entries whose percentage one gives and the other has otherwise. */
export const differing = (given: Rates, than: Rates): string[] =>
  Object.keys(given).filter((entry) => given[entry] !== than[entry]);

/** @throws {BadInput} naming entries that the directory does not have */
export const mustBeEntries = (path: string, given: Rates, { rates }: Holding): void => {
  const unknown = Object.keys(given).filter((entry) => rates[entry] === undefined);
  if (unknown.length > 0)
    throw new BadInput(
      `${path}: no entry ${unknown.map((entry) => `"${entry}"`).join(', ')}; entries are ${Object.keys(rates).join(', ')}`,
    );
};

/** What the answer to a write says of percentages that were left as they were. */
export const restoredText = (title: Text, given: Rates, kept: Rates): Text => {
  const said = Object.entries(given).map(([entry, rate]) => `${entry}: ${rate} % → ${kept[entry] ?? 0} %`);
  return {
    ru: `«${title.ru}»: значения из справочника возвращены (${said.join(', ')}); меняет их администратор или согласование`,
    en: `“${title.en}”: the directory's values were restored (${said.join(', ')}); an administrator or an approval changes them`,
  };
};

/** Where a line of a register of rates stands: beside the decisions of a pipeline of that name. */
export const rateChangeKey = (directory: string, at: string, id: string) => ({
  pk: `DECISIONS#${directory}`,
  sk: `${at}#${id}`,
});

type Changing = {
  readonly directory: string;
  readonly client: string;
  readonly now: Date;
  readonly by: By;
  /** the deal it was changed on, or whose approval changed it */
  readonly deal?: string | undefined;
};

/**
 * What keeps percentages for a company from now on: its row, and a line of the register for each that differs. Nothing
 * where they hold already.
 */
export const overriding = (
  given: Rates,
  { rates, overrides }: Holding,
  { directory, client, now, by, deal }: Changing,
): Write[] => {
  const entries = differing(given, rates);
  if (entries.length === 0) return [];
  const at = instantOf(now);
  const row: Overrides = {
    company: client,
    directory,
    values: {
      ...overrides?.values,
      ...Object.fromEntries(entries.map((entry) => [entry, given[entry] ?? 0])),
    },
    version: (overrides?.version ?? 0) + 1,
    changedAt: at,
    changedBy: by,
  };
  const line = (entry: string): Item => ({
    ...rateChangeKey(directory, at, newId()),
    row: 'rate-change',
    at,
    by,
    directory,
    entry,
    company: client,
    was: rates[entry],
    is: given[entry],
    ...(deal === undefined ? {} : { deal }),
  });
  return [
    {
      put: { ...ratesKey(client, directory), row: 'rates', ...row },
      if: overrides === undefined ? { absent: true } : { equals: { version: overrides.version } },
    },
    ...entries.map((entry): Write => ({ put: line(entry), if: { absent: true } })),
  ];
};
