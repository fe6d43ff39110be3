import type { Contact } from '../../schemas/contact.ts';
import { languageOf } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import { packOfPerson } from '../access/tenant.ts';
import { BadInput, type Refusal, Refused } from '../shared/errors.ts';
import { companyKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { changedExtra, seenExtra } from './extra.ts';
import { contacts, namesOf } from './kinds.ts';
import { withQuickTask } from './quick-task.ts';
import { noted, withReach } from './reach.ts';
import { mustBeAt, mustHave } from './rights.ts';
import { add, change, findAll, readOne } from './store.ts';

type Companies = { readonly company?: string | undefined; readonly companies?: string[] | undefined };

/** @throws {BadInput} naming every company that is not there */
const mustWork = async ({ company, companies = [] }: Companies): Promise<void> => {
  const named = [
    ...(company === undefined ? [] : [{ path: 'company', id: company }]),
    ...companies.map((id, index) => ({ path: `companies.${index}`, id })),
  ];
  const rows = named.length === 0 ? [] : await theTable().getMany(named.map(({ id }) => companyKey(id)));
  const problems = named
    .filter(({ id }) => !rows.some(({ pk }) => pk === companyKey(id).pk))
    .map(({ path, id }) => `${path}: no company "${id}"; add it first, then name it by its id`);
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
};

/** Further companies of a contact: each once, the main one not among them. */
const furtherOf = ({ company, companies }: Companies): Pick<Contact, 'companies'> =>
  companies === undefined ? {} : { companies: [...new Set(companies)].filter((id) => id !== company) };

const viewFor = (reader: Reader, company: Company) => (contact: Contact) => ({
  ...contact,
  extra: seenExtra('contact', contact.extra, reader, company),
});

/** A phone as it is stored; a plus in an address arrives as a blank. */
const phoneOf = (given: string): string => `+${given.replace(/\D/g, '')}`;

const erasedForGood: Refusal = {
  path: 'id',
  code: 'erased',
  message: {
    ru: 'Данные этого человека удалены: заведите новый контакт',
    ro: 'Datele acestei persoane au fost șterse: adăugați un contact nou',
    en: 'The data of this person was erased: add a new contact',
  },
};

/** The language of a client who named none: that of the company. */
const usual = (reader: Reader, company: Company): Contact['language'] => {
  const pack = packOfPerson(reader.user, company);
  return pack === undefined ? 'ru' : languageOf(pack);
};

/** POST /v1/contacts */
export const createContact = async ({ body, reader, company, now, key }: Call<'contacts.create'>) => {
  mustHave(reader, 'create', 'contact');
  await mustWork(body);
  const contact: Contact = {
    ...body,
    ...furtherOf(body),
    id: key === undefined ? newId() : idOf(key),
    language: body.language ?? usual(reader, company),
    extra: changedExtra('contact', {}, body.extra ?? {}, { reader, company }),
    version: 1,
    changedAt: instantOf(now),
  };
  const stored = await withQuickTask(contact, { reader, company, now }, (value, along) =>
    add(theTable(), contacts, value, along),
  );
  return viewFor(reader, company)(stored);
};

/** GET /v1/contacts: by name; or all with a phone, an e-mail address or a company */
export const listContacts = async ({ query, reader, company }: Call<'contacts.list'>) => {
  mustHave(reader, 'view', 'contact');
  const table = theTable();
  const view = viewFor(reader, company);
  if (query.phone !== undefined)
    return { items: (await findAll(table, contacts, 'phone', phoneOf(query.phone))).map(view) };
  if (query.email !== undefined)
    return { items: (await findAll(table, contacts, 'email', query.email.trim())).map(view) };
  const listed =
    query.company === undefined
      ? ({ index: 'g1', pk: namesOf('contact') } as const)
      : ({ index: 'g2', pk: `CONTACTS#${query.company}` } as const);
  const page = await pageOf(table, { ...listed, ...behind(query.cursor) }, query.limit, (rows) =>
    rows.map(contacts.of).map(view),
  );
  if (query.company === undefined || page.cursor !== undefined) return page;
  // People whose main company is another one come last.
  const further = await findAll(table, contacts, 'contact.company', query.company);
  return { items: [...page.items, ...further.map(view)] };
};

/** GET /v1/contacts/{id} */
export const getContact = async ({ params, reader, company }: Call<'contacts.get'>) => {
  mustHave(reader, 'view', 'contact');
  return viewFor(reader, company)(await readOne(theTable(), contacts, params.id));
};

/** PATCH /v1/contacts/{id} */
export const changeContact = async ({
  params,
  body: { extra, reach, ...body },
  reader,
  company,
  now,
  version,
}: Call<'contacts.change'>) => {
  mustHave(reader, 'edit', 'contact');
  await mustWork(body);
  const before = await readOne(theTable(), contacts, params.id);
  mustBeAt(version, before);
  if (before.erased !== undefined) throw new Refused([erasedForGood]);
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const changed: Contact = {
    ...before,
    ...given,
    ...furtherOf({ ...before, ...given }),
    extra: changedExtra('contact', before.extra, extra ?? {}, { reader, company }),
    version: before.version + 1,
    changedAt: instantOf(now),
  };
  const after = noted(before, withReach(changed, before, reach));
  const stored = await withQuickTask(after, { reader, company, now }, (value, along) =>
    change(theTable(), contacts, before, value, along),
  );
  return viewFor(reader, company)(stored);
};
