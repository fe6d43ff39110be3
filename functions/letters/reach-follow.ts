import type { Contact } from '../../schemas/contact.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { tellPeople } from '../calls/tell-people.ts';
import { contacts } from '../contacts/kinds.ts';
import { withRightAddress } from '../contacts/reach.ts';
import { changeReach, peopleAt } from '../contacts/reach-store.ts';
import { dealKey } from '../shared/keys.ts';
import type { Table } from '../shared/table/port.ts';
import { raisedId, raiseTask } from '../tasks/raise.ts';
import { type ReachNews, reachAfter } from './reach-news.ts';
import { complaintTask, mendingTask } from './reach-tasks.ts';

export type Following = { readonly table: Table; readonly company: Company; readonly now: Date };

const by = { system: 'mail' } as const;

/** The same occasion for the task, however often it is told. */
const occasionOf = (message: OutgoingMessage, contact: Contact | undefined): string =>
  contact === undefined
    ? `address:${message.to.toLowerCase()}`
    : `address:${contact.id}:${contact.reach?.email?.letter ?? message.id}`;

const withTask = (contact: Contact, message: OutgoingMessage): Contact => {
  const email = contact.reach?.email;
  return message.deal === undefined ||
    email === undefined ||
    email.letter !== message.id ||
    email.state !== 'bounced'
    ? contact
    : {
        ...contact,
        reach: {
          ...contact.reach,
          email: { ...email, task: raisedId(message.deal, occasionOf(message, contact)) },
        },
      };
};

/** Somebody is asked to mend what the contact now says; of a letter that is about no deal, administrators are told. */
const ask = async (
  message: OutgoingMessage,
  news: ReachNews,
  contact: Contact | undefined,
  following: Following,
): Promise<void> => {
  const task = news.as === 'complained' ? complaintTask(message, news) : mendingTask(message, news);
  const occasion = occasionOf(message, contact);
  if (message.deal !== undefined && (await following.table.get(dealKey(message.deal))) !== undefined)
    return raiseTask(message.deal, { occasion, ...task }, { by });
  const pack = message.pack ?? following.company.packs[0]?.id;
  if (pack !== undefined)
    await tellPeople(pack, { occasion, subject: task.title, body: task.description }, following);
};

/**
 * Puts what became of a letter to the contacts of its address, and asks for the address to be mended once letters do not
 * arrive there. Told twice it is done once.
 *
 * @returns whether no letter is to go to the address any more
 */
export const followReach = async (
  message: OutgoingMessage,
  news: ReachNews,
  following: Following,
): Promise<boolean> => {
  if (message.user !== undefined || message.channel !== 'email') return false;
  const { table, now } = following;
  const found = await peopleAt(message.to, message.contact, table);
  let isLost = news.as === 'bounced';
  for (const { id } of found) {
    const contact = await changeReach(
      id,
      (before) => {
        const after = reachAfter(before, news, message, now);
        return after === before ? before : withTask(after, message);
      },
      table,
    );
    const { state, letter } = contact.reach?.email ?? {};
    isLost ||= state === 'bounced';
    // By this letter, or by the one before which told it: that one has asked already.
    if (letter === message.id && (state === 'bounced' || state === 'complained'))
      await ask(message, news, contact, following);
  }
  if (found.length === 0 && news.as !== 'soft') await ask(message, news, undefined, following);
  return isLost;
};

/** A letter has arrived: what failed for a moment before is over. */
export const followArrival = async ({ contact, to, user }: OutgoingMessage, table: Table, now: Date) => {
  if (contact === undefined || user !== undefined) return;
  const row = await table.get(contacts.key(contact));
  if (row === undefined) return;
  const known = contacts.of(row);
  if (known.reach?.email?.soft === undefined || known.reach.email.state === 'bounced') return;
  if (known.email?.toLowerCase() !== to.toLowerCase()) return;
  await changeReach(
    contact,
    (before) =>
      before.reach?.email?.state === 'bounced' ? before : withRightAddress(before, instantOf(now)),
    table,
  );
};
