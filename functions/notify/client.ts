import { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { contactKey } from '../shared/keys.ts';
import { contentOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

/** The client's contact person of a deal, if the deal names one that is there. */
export const clientOf = async ({ fields }: Deal, table: Table): Promise<Contact | undefined> => {
  if (typeof fields.contact !== 'string') return undefined;
  const row = await table.get(contactKey(fields.contact));
  return row === undefined ? undefined : Contact.parse(contentOf(row));
};
