import type { PersonalData, PersonalDeal } from '../../schemas/api/personal-data.ts';
import type { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { type IncomingLetter, LetterBody } from '../../schemas/incoming.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { callOf, receivedOf } from '../calls/rows.ts';
import { allWrittenWith } from '../conversation/erase.ts';
import { readCard } from '../deals/card.ts';
import { linkToGet, readText, stored } from '../deals/file-store.ts';
import { letterOf, lettersFrom } from '../intake/letters.ts';
import { incomingOf, placesOf } from '../mail-in/rows.ts';
import { ofDeal, reminderOf } from '../reminders/rows.ts';
import { commentKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { commentOf, messageOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { dealsOf, personalFields } from './deals-of.ts';
import { contacts } from './kinds.ts';
import { redacted, redactorOf } from './redact.ts';
import { mustHave } from './rights.ts';
import { readOne } from './store.ts';

type Redact = (text: string) => string;

/** What another system was asked for: what was sent, and answered, only where it names the person. */
const callOfPerson = (row: Item, redact: Redact): PersonalDeal['calls'][number] => {
  const { id, provider, kind, state, answer, input, createdAt } = callOf(row);
  const named = (value: unknown) => JSON.stringify(redacted(value, redact)) !== JSON.stringify(value);
  return {
    ...{ id, provider, kind, state, createdAt },
    ...(named(input) ? { input } : {}),
    ...(answer !== undefined && named(answer) ? { answer } : {}),
  };
};

/** What another system said, as it came only where it names the person. */
const receivedOfPerson = (row: Item, redact: Redact): PersonalDeal['received'][number] => {
  const { id, provider, kind, state, raw, at } = receivedOf(row);
  return { ...{ id, provider, kind, state, at }, ...(redact(raw) === raw ? {} : { raw }) };
};

const parcelOfPerson = (parcel: Parcel): PersonalDeal['parcels'][number] => {
  const { id, carrier, kind, number, track, state, to, cod, statuses, createdAt } = parcel;
  return {
    ...{ id, carrier, kind, number, state, to, statuses, createdAt },
    ...(track === undefined ? {} : { track }),
    ...(cod === undefined ? {} : { cod }),
  };
};

const personalPart = async (
  deal: Deal,
  contact: Contact,
  company: Company,
  table: Table,
): Promise<PersonalDeal> => {
  const { id, number, pipeline, title, stage, outcome, createdAt, fields } = deal;
  const personal = new Set(personalFields(company.pipeline(pipeline)));
  const redact = redactorOf(contact);
  const { files, parcels } = await readCard(table, id);
  const messages: PersonalDeal['messages'] = [];
  const calls: PersonalDeal['calls'] = [];
  const received: PersonalDeal['received'] = [];
  for await (const row of table.all({ index: 'g2', pk: `LETTERS#${id}` })) {
    if (row.row === 'call') calls.push(callOfPerson(row, redact));
    if (row.row === 'received') received.push(receivedOfPerson(row, redact));
    if (row.row !== 'message') continue;
    const { channel, to, subject, body, state, createdAt: at, user } = messageOf(row);
    const isTheirs = [contact.email, contact.phone].some((one) => one?.toLowerCase() === to.toLowerCase());
    if (user === undefined && isTheirs) messages.push({ channel, to, subject, body, state, createdAt: at });
  }
  const comments: PersonalDeal['comments'] = [];
  for await (const row of table.all({ pk: commentKey(id, '').pk })) {
    const { at, text } = commentOf(row);
    if (redact(text) !== text) comments.push({ at, text });
  }
  const reminders: PersonalDeal['reminders'] = [];
  for await (const row of table.all({ index: 'g3', pk: ofDeal(id) })) {
    const { at, what } = reminderOf(row);
    if (redact(what) !== what) reminders.push({ at, what });
  }
  return {
    id,
    number,
    pipeline,
    title,
    stage,
    ...(outcome === undefined ? {} : { outcome }),
    createdAt,
    fields: Object.fromEntries(Object.entries(fields).filter(([field]) => personal.has(field))),
    files: files.filter(({ field }) => field !== undefined && personal.has(field)),
    messages,
    comments,
    reminders,
    parcels: parcels.map(parcelOfPerson),
    calls,
    received,
  };
};

/** All the words of a letter that came to a deal, and where it can be fetched as it came. */
const wholeOf = async ({ id, deal, text }: IncomingLetter) => {
  const { raw, body } = placesOf(deal, id);
  const [words, isKept] = await Promise.all([stored(body), stored(raw)]);
  return {
    text: words === undefined ? text : LetterBody.parse(JSON.parse(await readText(body))).text,
    ...(isKept === undefined ? {} : { original: await linkToGet(raw, 'letter.eml') }),
  };
};

/** Letters from the person's address to the company's mailboxes and to its deals, whatever became of them. */
const lettersOf = async ({ email }: Contact, table: Table): Promise<PersonalData['letters']> => {
  const letters = new Map<string, PersonalData['letters'][number]>();
  if (email === undefined) return [];
  for await (const row of table.all(lettersFrom(email))) {
    if (row.row === 'incoming') {
      const letter = incomingOf(row);
      const { id, at, from, subject, deal, files } = letter;
      const named = files.map(({ name, type, size }) => ({ name, type, size }));
      letters.set(id, { at, from, subject, deal, files: named, ...(await wholeOf(letter)) });
    } else {
      const { id, at, from, subject, text } = letterOf(row);
      // One that became part of a deal is told of there, with its files.
      if (!letters.has(id)) letters.set(id, { at, from, subject, text });
    }
  }
  return [...letters.values()];
};

/** GET /v1/contacts/{id}/export: of every deal, the reader's own or not, hence for who may delete contacts. */
export const exportContact = async ({ params, reader, company, now }: Call<'contacts.export'>) => {
  mustHave(reader, 'delete', 'contact');
  const table = theTable();
  const contact = await readOne(table, contacts, params.id);
  const deals = [];
  for (const deal of await dealsOf(contact.id, company, table))
    deals.push(await personalPart(deal, contact, company, table));
  return {
    at: instantOf(now),
    contact,
    deals,
    conversation: await allWrittenWith(contact.id, table),
    letters: await lettersOf(contact, table),
  };
};
