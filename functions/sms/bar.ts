import type { Contact } from '../../schemas/contact.ts';
import type { SmsSettings } from '../../schemas/integrations/sms.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { contacts } from '../contacts/kinds.ts';
import { wantsNoSms } from '../contacts/reach.ts';
import { findAll } from '../contacts/store.ts';
import type { Table } from '../shared/table/port.ts';

/** Everybody whom messages to a number reach, the one it is meant for first. */
export const peopleAtPhone = async (
  number: string,
  contact: string | undefined,
  table: Table,
): Promise<Contact[]> => {
  const row = contact === undefined ? undefined : await table.get(contacts.key(contact));
  const own = row === undefined ? [] : [contacts.of(row)];
  const all = [...own, ...(await findAll(table, contacts, 'phone', number))];
  return [...new Map(all.map((person) => [person.id, person])).values()];
};

/** Why a message is not sent: `lost`, another way may be gone; `unwanted`, advertising that the person does not want by any. */
export type SmsBar = { readonly as: 'lost' | 'unwanted'; readonly problem: string };

/** What keeps a message from a phone whose person wants none. */
export const smsBar = (
  { kind }: Pick<OutgoingMessage, 'kind'>,
  people: readonly Contact[],
  { afterOptOut }: Pick<SmsSettings, 'afterOptOut'>,
): SmsBar | undefined => {
  if (!people.some(wantsNoSms)) return undefined;
  const problem = 'the person wants no SMS';
  if (kind === 'promo') return { as: 'unwanted', problem };
  return afterOptOut === 'service' ? undefined : { as: 'lost', problem };
};
