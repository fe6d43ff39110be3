import type { Company } from '../../schemas/contact.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company as Colleagues } from '../access/company.ts';
import { may, type Reader } from '../access/rights.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { changedExtra, seenExtra } from './extra.ts';
import { companies, namesOf } from './kinds.ts';
import { mustBeAt, mustHave } from './rights.ts';
import { add, change, findOne, readOne } from './store.ts';

/** A company as a reader may see it: without hidden fields, and without its debt for readers who see no money. */
const viewFor = (reader: Reader, colleagues: Colleagues) => (stored: Company) => {
  const company = { ...stored, extra: seenExtra('company', stored.extra, reader, colleagues) };
  const { debtTotal: _, ...rest } = company;
  return may(reader, 'view', 'ledger') ? company : rest;
};

/** POST /v1/companies; a tax number and a guid of 1C lead to one company only */
export const createCompany = async ({
  body,
  reader,
  company: colleagues,
  now,
  key,
}: Call<'companies.create'>) => {
  mustHave(reader, 'create', 'company');
  const company: Company = {
    ...body,
    id: key === undefined ? newId() : idOf(key),
    debtTotal: 0,
    wonTotal: 0,
    extra: changedExtra('company', {}, body.extra ?? {}, { reader, company: colleagues }),
    version: 1,
    changedAt: instantOf(now),
  };
  return viewFor(reader, colleagues)(await add(theTable(), companies, company));
};

/** GET /v1/companies: by name; or the one with a tax number */
export const listCompanies = async ({ query, reader, company: colleagues }: Call<'companies.list'>) => {
  mustHave(reader, 'view', 'company');
  const view = viewFor(reader, colleagues);
  if (query.taxNumber !== undefined) {
    const found = await findOne(theTable(), companies, 'company.taxNumber', query.taxNumber.trim());
    return { items: found === undefined ? [] : [view(found)] };
  }
  const listed = { index: 'g1', pk: namesOf('company') } as const;
  return pageOf(theTable(), { ...listed, ...behind(query.cursor) }, query.limit, (rows) =>
    rows.map(companies.of).map(view),
  );
};

/** GET /v1/companies/{id} */
export const getCompany = async ({ params, reader, company: colleagues }: Call<'companies.get'>) => {
  mustHave(reader, 'view', 'company');
  return viewFor(reader, colleagues)(await readOne(theTable(), companies, params.id));
};

/** PATCH /v1/companies/{id} */
export const changeCompany = async ({
  params,
  body: { extra, ...body },
  reader,
  company: colleagues,
  now,
  version,
}: Call<'companies.change'>) => {
  mustHave(reader, 'edit', 'company');
  const before = await readOne(theTable(), companies, params.id);
  mustBeAt(version, before);
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const after: Company = {
    ...before,
    ...given,
    extra: changedExtra('company', before.extra, extra ?? {}, { reader, company: colleagues }),
    version: before.version + 1,
    changedAt: instantOf(now),
  };
  return viewFor(reader, colleagues)(await change(theTable(), companies, before, after));
};
