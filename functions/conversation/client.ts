import { Contact } from '../../schemas/contact.ts';
import type { PortEvent } from '../../schemas/event.ts';
import { languageOf, type Pack } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import { contacts } from '../contacts/kinds.ts';
import { adding, findOne } from '../contacts/store.ts';
import { contactKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import type { Table, Write } from '../shared/table/port.ts';

type Said = Extract<PortEvent, { type: 'message.received' }>;

/** An id nobody has yet, the same for everybody who looks now: a person who was erased and writes again is a new one. */
const freshId = async (said: Said, table: Table): Promise<string> => {
  for (let n = 1; ; n += 1) {
    const id = idOf('client', said.channel, said.person.id, String(n));
    if ((await table.get(contactKey(id), { consistent: true })) === undefined) return id;
  }
};

/** Who writes: the contact known by the network's id of the person, else a new one and what stores it. */
export const clientWho = async (
  said: Said,
  pack: Pack,
  now: Date,
  table: Table,
): Promise<{ contact: Contact; writes: Write[] }> => {
  const known = await findOne(table, contacts, `social.${said.channel}`, said.person.id);
  if (known !== undefined) return { contact: known, writes: [] };
  const contact = Contact.parse({
    id: await freshId(said, table),
    name: said.person.name,
    social: { [said.channel]: said.person.id },
    language: languageOf(pack),
    version: 1,
    changedAt: instantOf(now),
  });
  return { contact, writes: adding(contacts, contact) };
};
