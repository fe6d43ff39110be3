import type { CompanyView } from '../../schemas/api/companies.ts';
import type { Company } from '../../schemas/contact.ts';
import type { Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company as Colleagues } from '../access/company.ts';
import { may, type Reader } from '../access/rights.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { keepRates, ratesOnCard } from './company-rates.ts';
import { changedExtra, seenExtra } from './extra.ts';
import { link, linkedTo, unlink } from './holding.ts';
import { companies, namesOf } from './kinds.ts';
import { mustBeAt, mustHave } from './rights.ts';
import { add, change, findOne, readOne } from './store.ts';

/** A company as a reader may see it: without hidden fields, and without its figures for readers who see no money. */
const viewFor = (reader: Reader, colleagues: Colleagues) => (stored: Company) => {
  const company = { ...stored, extra: seenExtra('company', stored.extra, reader, colleagues) };
  const { debtTotal: _, wonTotal: __, ...rest } = company;
  return may(reader, 'view', 'ledger') ? company : rest;
};

/** A company as its card shows it: with what follows from directories, and the others of its holding. */
const cardFor = async (
  reader: Reader,
  colleagues: Colleagues,
  stored: Company,
  warnings: readonly Text[] = [],
): Promise<Partial<CompanyView>> => {
  const shown = viewFor(reader, colleagues)(stored);
  const [rates, linkedCompanies] = await Promise.all([
    ratesOnCard(stored.id, reader, colleagues),
    linkedTo(theTable(), stored),
  ]);
  return {
    ...shown,
    extra: { ...shown.extra, ...rates },
    ...(stored.holding === undefined ? {} : { linkedCompanies }),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  };
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
  const id = key === undefined ? newId() : idOf(key);
  const { rest, along, warnings } = await keepRates(id, body.extra ?? {}, {
    reader,
    company: colleagues,
    now,
  });
  const company: Company = {
    ...body,
    id,
    debtTotal: 0,
    wonTotal: 0,
    extra: changedExtra('company', {}, rest, { reader, company: colleagues }),
    version: 1,
    changedAt: instantOf(now),
  };
  return cardFor(reader, colleagues, await add(theTable(), companies, company, along), warnings);
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
  return cardFor(reader, colleagues, await readOne(theTable(), companies, params.id));
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
  const { holdingRole, ...plain } = body;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const { rest, along, warnings } = await keepRates(before.id, extra ?? {}, {
    reader,
    company: colleagues,
    now,
  });
  const { holdingRole: formerRole, ...former } = before;
  const role = holdingRole === undefined ? formerRole : (holdingRole ?? undefined);
  const after: Company = {
    ...former,
    ...given,
    ...(role === undefined ? {} : { holdingRole: role }),
    extra: changedExtra('company', before.extra, rest, { reader, company: colleagues }),
    version: before.version + 1,
    changedAt: instantOf(now),
  };
  return cardFor(reader, colleagues, await change(theTable(), companies, before, after, along), warnings);
};

/** POST /v1/companies/{id}/links: this company, those named and all that either is linked with become one holding. */
export const linkCompany = async ({
  params,
  body,
  reader,
  company: colleagues,
  now,
}: Call<'companies.link'>) => {
  mustHave(reader, 'edit', 'company');
  return cardFor(reader, colleagues, await link(theTable(), params.id, body.companies, now));
};

/** DELETE /v1/companies/{id}/links/{company}: takes the other one out of the holding, for all of its companies. */
export const unlinkCompany = async ({
  params,
  reader,
  company: colleagues,
  now,
}: Call<'companies.unlink'>) => {
  mustHave(reader, 'edit', 'company');
  return cardFor(reader, colleagues, await unlink(theTable(), params.id, params.company, now));
};
