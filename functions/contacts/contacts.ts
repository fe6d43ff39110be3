import type { Contact } from '../../schemas/contact.ts';
import { instantOf } from '../../schemas/time.ts';
import { BadInput, type Refusal, Refused } from '../shared/errors.ts';
import { companyKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { contacts, namesOf } from './kinds.ts';
import { mustBeAt, mustHave } from './rights.ts';
import { add, change, findAll, readOne } from './store.ts';

const mustWork = async (company: string | undefined): Promise<void> => {
  if (company !== undefined && (await theTable().get(companyKey(company))) === undefined)
    throw new BadInput(`company: no company "${company}"; add it first, then name it by its id`);
};

/** A phone as it is stored; a plus in an address arrives as a blank. */
const phoneOf = (given: string): string => `+${given.replace(/\D/g, '')}`;

const erasedForGood: Refusal = {
  path: 'id',
  code: 'erased',
  message: {
    ru: 'Данные этого человека удалены: заведите новый контакт',
    en: 'The data of this person was erased: add a new contact',
  },
};

/** POST /v1/contacts */
export const createContact = async ({ body, reader, now, key }: Call<'contacts.create'>) => {
  mustHave(reader, 'create', 'contact');
  await mustWork(body.company);
  const contact: Contact = {
    ...body,
    id: key === undefined ? newId() : idOf(key),
    language: body.language ?? 'ru',
    extra: body.extra ?? {},
    version: 1,
    changedAt: instantOf(now),
  };
  return add(theTable(), contacts, contact);
};

/** GET /v1/contacts: by name; or all with a phone, an e-mail address or a company */
export const listContacts = async ({ query, reader }: Call<'contacts.list'>) => {
  mustHave(reader, 'view', 'contact');
  const table = theTable();
  if (query.phone !== undefined)
    return { items: await findAll(table, contacts, 'phone', phoneOf(query.phone)) };
  if (query.email !== undefined)
    return { items: await findAll(table, contacts, 'email', query.email.trim()) };
  const listed =
    query.company === undefined
      ? ({ index: 'g1', pk: namesOf('contact') } as const)
      : ({ index: 'g2', pk: `CONTACTS#${query.company}` } as const);
  return pageOf(table, { ...listed, ...behind(query.cursor) }, query.limit, (rows) => rows.map(contacts.of));
};

/** GET /v1/contacts/{id} */
export const getContact = async ({ params, reader }: Call<'contacts.get'>) => {
  mustHave(reader, 'view', 'contact');
  return readOne(theTable(), contacts, params.id);
};

/** PATCH /v1/contacts/{id} */
export const changeContact = async ({ params, body, reader, now, version }: Call<'contacts.change'>) => {
  mustHave(reader, 'edit', 'contact');
  await mustWork(body.company);
  const before = await readOne(theTable(), contacts, params.id);
  mustBeAt(version, before);
  if (before.erased !== undefined) throw new Refused([erasedForGood]);
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const after: Contact = {
    ...before,
    ...given,
    version: before.version + 1,
    changedAt: instantOf(now),
  };
  return change(theTable(), contacts, before, after);
};
