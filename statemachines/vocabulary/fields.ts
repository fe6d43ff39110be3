import type * as z from 'zod';
import type { Currency } from '../../schemas/money.ts';
import type { Field } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import type { Frozen } from './frozen.ts';

/** A field as authors write it. */
export type FieldWords = Frozen<z.input<typeof Field>>;

type Of<K extends FieldWords['type']> = Extract<FieldWords, { type: K }>;
type More<K extends FieldWords['type']> = Omit<
  Of<K>,
  'type' | 'title' | 'options' | 'currency' | 'of' | 'formula' | 'columns'
>;
type Options = Readonly<Record<string, Text>>;

export const text = (title: Text, more: More<'text'> = {}): Of<'text'> => ({ type: 'text', title, ...more });
export const number = (title: Text, more: More<'number'> = {}): Of<'number'> => ({
  type: 'number',
  title,
  ...more,
});
export const boolean = (title: Text, more: More<'boolean'> = {}): Of<'boolean'> => ({
  type: 'boolean',
  title,
  ...more,
});
/** A day. */
export const date = (title: Text, more: More<'date'> = {}): Of<'date'> => ({ type: 'date', title, ...more });
/** An instant; a day alone means 09:00. */
export const datetime = (title: Text, more: More<'datetime'> = {}): Of<'datetime'> => ({
  type: 'datetime',
  title,
  ...more,
});
export const user = (title: Text, more: More<'user'> = {}): Of<'user'> => ({ type: 'user', title, ...more });
/** People of the company, in an order. */
export const users = (title: Text, more: More<'users'> = {}): Of<'users'> => ({
  type: 'users',
  title,
  ...more,
});
export const company = (title: Text, more: More<'company'> = {}): Of<'company'> => ({
  type: 'company',
  title,
  ...more,
});
export const contact = (title: Text, more: More<'contact'> = {}): Of<'contact'> => ({
  type: 'contact',
  title,
  ...more,
});
/** A place, with its coordinates where a gazetteer knows it. */
export const address = (title: Text, more: More<'address'> = {}): Of<'address'> => ({
  type: 'address',
  title,
  ...more,
});
/** A file with versions. */
export const file = (title: Text, more: More<'file'> = {}): Of<'file'> => ({ type: 'file', title, ...more });

/** Any number of files; pictures only where `images`. */
export const files = (title: Text, more: More<'files'> = {}): Of<'files'> => ({
  type: 'files',
  title,
  ...more,
});

/** A small table: rows of values by column. */
export const rows = (title: Text, columns: Of<'rows'>['columns'], more: More<'rows'> = {}): Of<'rows'> => ({
  type: 'rows',
  title,
  columns,
  ...more,
});

/** A time reserved for people with a role, so long unless an end is given; nobody is reserved twice. */
export const slot = (title: Text, more: More<'slot'>): Of<'slot'> => ({ type: 'slot', title, ...more });

/** One of the options. */
export const enumeration = (title: Text, options: Options, more: More<'enum'> = {}): Of<'enum'> => ({
  type: 'enum',
  title,
  options,
  ...more,
});

/** Any of the options. */
export const several = (title: Text, options: Options, more: More<'set'> = {}): Of<'set'> => ({
  type: 'set',
  title,
  options,
  ...more,
});

/** An amount in minor units of the currency. */
export const money = (title: Text, currency: Currency, more: More<'money'> = {}): Of<'money'> => ({
  type: 'money',
  title,
  currency,
  ...more,
});

/** Lines of goods or services, priced in the currency. */
export const lines = (title: Text, currency: Currency, more: More<'lines'> = {}): Of<'lines'> => ({
  type: 'lines',
  title,
  currency,
  ...more,
});

/** A percentage for each entry of a directory, protected: `editedBy` alone change it, for the company of the deal. */
export const rates = (
  title: Text,
  directory: string,
  editedBy: Of<'rates'>['editedBy'],
  more: Omit<More<'rates'>, 'directory' | 'editedBy'> = {},
): Of<'rates'> => ({ type: 'rates', title, directory, editedBy, per: 'company', ...more });

/** The sum of the ledger's entries of these kinds. */
export const total = (
  title: Text,
  currency: Currency,
  of: Of<'total'>['of'],
  more: More<'total'> = {},
): Of<'total'> => ({ type: 'total', title, currency, of, ...more });

/** The sum of pay granted for the deal, or of what of it is unpaid. */
export const accrued = (
  title: Text,
  currency: Currency,
  of: Of<'accrued'>['of'],
  more: More<'accrued'> = {},
): Of<'accrued'> => ({ type: 'accrued', title, currency, of, ...more });

/** An amount that follows from other fields. */
export const computedMoney = (
  title: Text,
  currency: Currency,
  formula: string,
  more: More<'computed'> = {},
): Of<'computed'> => ({ type: 'computed', title, currency, formula, ...more });

/** A figure, a day or a text that follows from other fields. */
export const computed = (title: Text, formula: string, more: More<'computed'> = {}): Of<'computed'> => ({
  type: 'computed',
  title,
  formula,
  ...more,
});
