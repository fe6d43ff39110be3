import type { Delivered } from '../../schemas/incoming.ts';
import type { Company } from '../access/company.ts';
import { contacts } from '../contacts/kinds.ts';
import { findAll } from '../contacts/store.ts';
import { dealsOfClient } from '../deals/client-links.ts';
import { type Mailbox, mailboxes } from '../intake/letters.ts';
import { mailIdKey } from '../notify/rfc-id.ts';
import { environment } from '../shared/environment.ts';
import { dealKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { dealAt, mailboxAt } from './address.ts';
import type { Evidence } from './match.ts';
import type { Read } from './read.ts';

const exists = async (deal: string): Promise<boolean> =>
  (await theTable().get(dealKey(deal), { consistent: true })) !== undefined;

/** The first of these that is a deal. */
const firstDeal = async (candidates: readonly (string | undefined)[]): Promise<string | undefined> => {
  for (const deal of candidates) if (deal !== undefined && (await exists(deal))) return deal;
  return undefined;
};

/** Deals of the letters that this one answers, the nearest first. */
const dealsAnswered = async ({ inReplyTo, references }: Read): Promise<string[]> => {
  const ids = [...new Set([...(inReplyTo === undefined ? [] : [inReplyTo]), ...references.toReversed()])];
  const rows = await theTable().getMany(ids.map(mailIdKey));
  const deals = ids.flatMap((id) => {
    const row = rows.find(({ pk }) => pk === mailIdKey(id).pk);
    return typeof row?.deal === 'string' ? [row.deal] : [];
  });
  const first = await firstDeal(deals);
  return first === undefined ? [] : [first];
};

/** Open deals that name one of these people. */
const openDealsOf = async (people: readonly string[], company: Company): Promise<string[]> => {
  const found = new Set<string>();
  for (const { id, fields } of company.packs.flatMap(({ pipelines }) => pipelines)) {
    if (!Object.values(fields).some(({ type }) => type === 'contact')) continue;
    for (const person of people)
      for (const deal of await dealsOfClient(person, id, theTable()))
        if (deal.outcome === undefined) found.add(deal.id);
  }
  return [...found];
};

/** A letter goes to few of us; of more recipients no more are looked at. */
const recipientsRead = 20;

export type Gathered = Evidence & { readonly box: Mailbox | undefined };

/** What the table knows of a letter. */
export const gather = async (read: Read, { receipt }: Delivered, company: Company): Promise<Gathered> => {
  const { MAIL_IN_DOMAIN: domain = '' } = environment();
  const recipients = receipt.recipients.slice(0, recipientsRead);
  const tagged = await firstDeal(await Promise.all(recipients.map((one) => dealAt(one, domain))));
  const answered = tagged === undefined ? await dealsAnswered(read) : [];
  const all = await mailboxes(company);
  const box = recipients.map((one) => mailboxAt(one, domain, all)).find((one) => one !== undefined);
  const { email } = read.from;
  const known = email === undefined ? [] : await findAll(theTable(), contacts, 'email', email);
  const people = known.map(({ id }) => id);
  return {
    tagged,
    answered,
    mailbox: box?.entry.id,
    box,
    isProven: receipt.dmarcVerdict?.status === 'PASS',
    contacts: people,
    openDeals:
      tagged === undefined && answered.length === 0 ? await openDealsOf(people.slice(0, 5), company) : [],
  };
};
