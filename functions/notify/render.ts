import { Slot } from '../../schemas/deal.ts';
import { printMoney } from '../../schemas/money.ts';
import type { Column, Field, Pipeline } from '../../schemas/pipeline.ts';
import type { Language, Text } from '../../schemas/text.ts';
import { say } from '../../schemas/text.ts';
import { Day } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { refsIn } from '../deals/file-refs.ts';
import type { Facts } from '../shared/expression.ts';

const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB', ro: 'ro-RO' };

/** `11.02.2026, 14:00` in the company's zone, as the reader's language writes it. */
export const printInstant = (instant: string, language: Language, zone: string): string =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant));

const printTime = (instant: string, language: Language, zone: string): string =>
  new Intl.DateTimeFormat(locales[language], { timeZone: zone, timeStyle: 'short' }).format(
    new Date(instant),
  );

/** `11.02.2026` as the reader's language writes it. */
export const printDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', dateStyle: 'short' }).format(
    new Date(`${day}T00:00:00Z`),
  );

const yes: Text = { ru: 'да', en: 'yes', ro: 'da' };
const no: Text = { ru: 'нет', en: 'no', ro: 'nu' };

export type Reading = { readonly language: Language; readonly zone: string; readonly company: Company };

/** The cells of a row as people read them, by column. */
export const printCells = (
  columns: Readonly<Record<string, Column>>,
  row: Readonly<Record<string, unknown>>,
  reading: Reading,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(columns).map(([id, column]) => [
      id,
      printValue({ ...column, max: 0 } as Field, row[id], reading),
    ]),
  );

/** A row in a text: the cells that have a value, without those that some roles do not see. */
const printRow = (columns: Readonly<Record<string, Column>>, row: unknown, reading: Reading): string => {
  const cells = (typeof row === 'object' && row !== null ? row : {}) as Readonly<Record<string, unknown>>;
  const printed = printCells(columns, cells, reading);
  return Object.entries(columns)
    .flatMap(([id, { hiddenFrom }]) =>
      hiddenFrom === undefined && cells[id] !== undefined ? [printed[id]] : [],
    )
    .join(', ');
};

/** A field's value as people read it: titles for ids, money with its sign, days and times of the company's zone. */
export const printValue = (
  field: Field | undefined,
  value: unknown,
  { language, zone, company }: Reading,
): string => {
  if (value === undefined || value === null) return '—';
  switch (field?.type) {
    case 'money':
    case 'total':
    case 'accrued':
    case 'computed':
      return typeof value === 'number' && field.currency !== undefined
        ? printMoney({ amount: value, currency: field.currency })
        : Day.safeParse(value).success
          ? printDay(String(value), language)
          : String(value);
    case 'date':
      return printDay(String(value), language);
    case 'datetime':
      return printInstant(String(value), language, zone);
    case 'boolean':
      return say(value === true ? yes : no, language);
    case 'enum': {
      const title = field.options[String(value)];
      return title === undefined ? String(value) : say(title, language);
    }
    case 'set':
      return Array.isArray(value)
        ? value
            .map((one) => say(field.options[String(one)] ?? { ru: String(one), en: String(one) }, language))
            .join(', ')
        : String(value);
    case 'user':
      return company.users.get(String(value))?.name ?? String(value);
    case 'slot': {
      const slot = Slot.safeParse(value).data;
      if (slot === undefined) return String(value);
      const people = slot.people.map((person) => company.users.get(person)?.name ?? person).join(', ');
      return `${printInstant(slot.start, language, zone)}–${printTime(slot.end, language, zone)}, ${people}`;
    }
    case 'rows':
      return Array.isArray(value)
        ? value.map((row) => printRow(field.columns, row, { language, zone, company })).join('; ')
        : String(value);
    case 'files':
      return refsIn(value)
        .map(({ name }) => name)
        .join(', ');
    case 'users':
      return Array.isArray(value)
        ? value.map((one) => company.users.get(String(one))?.name ?? String(one)).join(', ')
        : String(value);
    case 'file':
      return typeof value === 'object' && 'name' in value ? String(value.name) : String(value);
    case 'rates':
      return typeof value === 'object'
        ? Object.entries(value)
            .map(([entry, rate]) => `${entry} ${rate} %`)
            .join(', ')
        : String(value);
    default:
      return String(value);
  }
};

/** Facts by name as people read them; `responsible` and `initiator` as names. */
export const printFacts = (facts: Facts, pipeline: Pipeline, reading: Reading): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      name === 'responsible' || name === 'initiator'
        ? (reading.company.users.get(String(value))?.name ?? String(value))
        : printValue(pipeline.fields[name], value, reading),
    ]),
  );

/** Puts values into `{{name}}` placeholders; what has no value is a dash. Values are never read as placeholders. */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g, (_, name: string) => values[name] ?? '—');
