import { Company, Contact } from '../../../schemas/contact.ts';
import type { Deal } from '../../../schemas/deal.ts';
import type { ClientStep } from '../../../schemas/pipeline.ts';
import { instantOf } from '../../../schemas/time.ts';
import { companies, contacts, namesOf } from '../../contacts/kinds.ts';
import { phoneOf } from '../../contacts/phone.ts';
import { adding, changing, findAll } from '../../contacts/store.ts';
import { act } from '../../deals/act.ts';
import { changeFields } from '../../deals/change.ts';
import { type Context, done } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import { contactKey } from '../../shared/keys.ts';
import { idOf } from '../../shared/new-id.ts';
import { theTable } from '../../shared/ports.ts';
import { contentOf } from '../../shared/rows.ts';
import type { Write } from '../../shared/table/port.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { isStale } from './acts.ts';

const textIn = ({ fields }: Deal, field: string | undefined): string | undefined => {
  const value = field === undefined ? undefined : fields[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** Somebody of that address, else of that phone. */
const known = async (email: string | undefined, phone: string | undefined): Promise<Contact | undefined> => {
  const byEmail = email === undefined ? [] : await findAll(theTable(), contacts, 'email', email);
  const byPhone =
    byEmail.length > 0 || phone === undefined ? [] : await findAll(theTable(), contacts, 'phone', phone);
  return [...byEmail, ...byPhone][0];
};

/** The company of exactly that name, however it is spelled in capitals. */
const companyCalled = async (name: string): Promise<string | undefined> => {
  const { items } = await theTable().query({
    index: 'g1',
    pk: namesOf('company'),
    sk: { begins: `${name.slice(0, 200).toLowerCase()}#` },
    limit: 1,
  });
  return items[0] === undefined ? undefined : Company.parse(contentOf(items[0])).id;
};

type Made = { readonly id: string | undefined; readonly writes: readonly Write[] };

const theCompanyOf = async (
  step: ClientStep,
  deal: Deal,
  contact: Contact | undefined,
  occasionId: string,
  at: string,
): Promise<Made> => {
  if (step.company === undefined) return { id: undefined, writes: [] };
  const name = textIn(deal, step.companyName);
  // A company that is named says more than the one the person was known at: people work for several.
  const there =
    textIn(deal, step.company) ?? (name === undefined ? contact?.company : await companyCalled(name));
  if (there !== undefined || name === undefined) return { id: there, writes: [] };
  const company = Company.parse({
    id: idOf('company', occasionId),
    name: name.slice(0, 300),
    version: 1,
    changedAt: at,
  });
  return { id: company.id, writes: adding(companies, company) };
};

/** An address that is none is left out: the deal says it all the same. */
const valid = (field: 'email' | 'phone', value: string | undefined): Record<string, string> =>
  value !== undefined && Contact.shape[field].safeParse(value).success ? { [field]: value } : {};

const theContactOf = (
  step: ClientStep,
  deal: Deal,
  { email, phone }: { email: string | undefined; phone: string | undefined },
  company: string | undefined,
  occasionId: string,
  at: string,
): Contact | undefined => {
  const name = textIn(deal, step.name) ?? email ?? phone;
  return name === undefined
    ? undefined
    : Contact.parse({
        id: idOf('contact', occasionId),
        name: name.slice(0, 200),
        ...valid('email', email),
        ...valid('phone', phone),
        ...(company === undefined ? {} : { company }),
        version: 1,
        changedAt: at,
      });
};

/** Somebody who is known, connected with one company more. */
const connected = (there: Contact | undefined, company: string | undefined, at: string): Write[] => {
  if (there === undefined || company === undefined || there.erased !== undefined) return [];
  const { companies: further = [] } = there;
  if (there.company === company || further.includes(company) || further.length >= 50) return [];
  const more = there.company === undefined ? { company } : { companies: [...further, company] };
  const after = Contact.parse({ ...there, ...more, version: there.version + 1, changedAt: at });
  return changing(contacts, there, after);
};

/** What the fields of the client become, and the rows that make a contact or a company who are new. */
const clientOf = async (step: ClientStep, deal: Deal, { pack, now }: Context, id: string) => {
  const at = instantOf(now);
  const email = textIn(deal, step.email);
  const phone = phoneOf(textIn(deal, step.phone), pack.country);
  const named = textIn(deal, step.contact);
  const row = named === undefined ? undefined : await theTable().get(contactKey(named), { consistent: true });
  const there = row === undefined ? await known(email, phone) : Contact.parse(contentOf(row));
  const company = await theCompanyOf(step, deal, there, id, at);
  const fresh =
    there === undefined && named === undefined
      ? theContactOf(step, deal, { email, phone }, company.id, id, at)
      : undefined;
  const contact = named ?? there?.id ?? fresh?.id;
  return {
    fields: {
      ...(contact === undefined ? {} : { [step.contact]: contact }),
      ...(company.id === undefined || step.company === undefined ? {} : { [step.company]: company.id }),
    },
    writes: [
      ...company.writes,
      ...(fresh === undefined ? connected(there, company.id, at) : adding(contacts, fresh)),
    ],
  };
};

/**
 * Makes the deal's client a contact, and theirs a company, unless they are known; in one write with the deal, once. Somebody
 * known at another company is one person all the same, connected with both.
 */
export const doClient = async (doing: Doing): Promise<Done> => {
  const { command } = doing;
  const step = command.step as ClientStep;
  let writes: readonly Write[] = [];
  const { card, context } = await act(
    command.run.deal,
    async (now, within) => {
      writes = [];
      if (isStale({ ...doing, card: now })) return done(now);
      const client = await clientOf(step, now.deal, within, occasion(command));
      writes = client.writes;
      return done(changeFields(now, client.fields, within));
    },
    {
      by: { system: command.execution },
      key: `step:${occasion(command)}`,
      card: doing.card,
      along: () => writes,
    },
  );
  return goesOn({ ...doing, card, context, facts: await factsOf(card.deal, context.pipeline) });
};
