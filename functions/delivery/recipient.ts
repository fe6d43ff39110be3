import { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { clientOf } from '../notify/client.ts';
import { contentOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

/** As many people of a company as are looked through for one with a phone. */
const peopleRead = 20;

/** Who a parcel goes to: the deal's contact, else the first person of its company whom a courier can call. */
export const recipientOf = async (deal: Deal, table: Table): Promise<Contact | undefined> => {
  const client = await clientOf(deal, table);
  const { company } = deal.fields;
  if (client !== undefined || typeof company !== 'string') return client;
  const { items } = await table.query({ index: 'g2', pk: `CONTACTS#${company}`, limit: peopleRead });
  const people = items.map((row) => Contact.parse(contentOf(row)));
  return people.find(({ phone, erased }) => phone !== undefined && erased === undefined);
};
