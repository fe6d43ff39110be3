import type { Contact } from '../../schemas/contact.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { contacts } from '../contacts/kinds.ts';
import { arrives, wantsPromo } from '../contacts/reach.ts';
import { peopleAt } from '../contacts/reach-store.ts';
import type { Table } from '../shared/table/port.ts';

/** Why a letter is not sent. `lost`: it would not arrive, so the next way is gone; `unwanted`: the person wants none. */
export type Bar = { readonly as: 'lost' | 'unwanted'; readonly problem: string };

const unwanted = ({ kind, repeated, text }: OutgoingMessage, contact: Contact): string | undefined => {
  if (kind === 'promo' && !wantsPromo(contact)) return 'the person wants no advertising by e-mail';
  return repeated === true && contact.reach?.email?.stopped?.includes(text) === true
    ? 'the person had these letters stopped'
    : undefined;
};

/** What keeps an automatic letter from its address, as far as is known of the people there. */
export const barOf = async (message: OutgoingMessage, table: Table): Promise<Bar | undefined> => {
  const { user, sender, contact, to } = message;
  if (user !== undefined) return undefined;
  const there = await peopleAt(to, contact, table);
  const own = contact === undefined ? undefined : await table.get(contacts.key(contact));
  const people = own === undefined ? there : [contacts.of(own), ...there];
  if (message.kind === 'promo' && own === undefined)
    return { as: 'unwanted', problem: 'advertising goes to contacts alone: nobody else could turn it down' };
  const turnedDown = people.map((person) => unwanted(message, person)).find((why) => why !== undefined);
  if (turnedDown !== undefined) return { as: 'unwanted', problem: turnedDown };
  const lost = there.find((person) => !arrives(person));
  return lost === undefined || sender !== undefined
    ? undefined
    : {
        as: 'lost',
        problem: `letters to this address do not arrive: ${lost.reach?.email?.problem ?? 'they came back'}; mend it on the card of the contact`,
      };
};
