import { Company, Contact, Product } from '../../schemas/contact.ts';
import { companyKey, contactKey, lookupKey, productKey } from '../shared/keys.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

/** A value by which something is found; what is `unique` leads to one thing only. */
export type Lookup = { readonly by: string; readonly value: string; readonly unique: boolean };

/** Contacts, companies and products are kept alike; this is what differs. */
export type Kind<T extends { readonly id: string; readonly name: string; readonly version: number }> = {
  readonly entity: 'contact' | 'company' | 'product';
  key(id: string): Key;
  of(row: Item): T;
  lookups(value: T): Lookup[];
  /** whether it stands in the list of names */
  isListed(value: T): boolean;
  /** further attributes by which the indexes list it */
  indexes(value: T): Record<string, string>;
  /** attributes others write, which a change of ours leaves alone */
  readonly kept: readonly string[];
};

const lookup = (by: string, value: string | undefined, unique: boolean): Lookup[] =>
  value === undefined ? [] : [{ by, value, unique }];

export const contacts: Kind<Contact> = {
  entity: 'contact',
  key: contactKey,
  of: (row) => Contact.parse(contentOf(row)),
  // A family or an office shares a phone or an address.
  lookups: ({ phone, email, companies: further, social = {} }) => [
    ...lookup('phone', phone, false),
    ...lookup('email', email, false),
    ...(further ?? []).flatMap((company) => lookup('contact.company', company, false)),
    ...Object.entries(social).flatMap(([channel, id]) => lookup(`social.${channel}`, id, true)),
  ],
  isListed: ({ erased }) => erased === undefined,
  indexes: ({ id, company }) => (company === undefined ? {} : { g2pk: `CONTACTS#${company}`, g2sk: id }),
  kept: [],
};

export const companies: Kind<Company> = {
  entity: 'company',
  key: companyKey,
  of: (row) => Company.parse(contentOf(row)),
  lookups: ({ taxNumber, guid1c }) => [
    ...lookup('company.taxNumber', taxNumber, true),
    ...lookup('company.guid1c', guid1c, true),
  ],
  isListed: () => true,
  indexes: () => ({}),
  kept: ['debtTotal', 'wonTotal'],
};

export const products: Kind<Product> = {
  entity: 'product',
  key: productKey,
  of: (row) => Product.parse(contentOf(row)),
  lookups: ({ guid1c }) => lookup('product.guid1c', guid1c, true),
  isListed: () => true,
  indexes: () => ({}),
  kept: [],
};

/** The partition under which things of a kind are listed by name. */
export const namesOf = (entity: Kind<never>['entity']): string => `NAMES#${entity}`;

/** The row of a lookup; those that are not unique share a partition, one row for each thing found. */
export const lookupRow = ({ by, value, unique }: Lookup, id: string): Item => ({
  ...lookupKey(by, value),
  ...(unique ? {} : { sk: id }),
  row: 'lookup',
  id,
});
