import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** Who reads each mailbox before an administrator changes it; several take their letters in turn. */
const readers: readonly (readonly string[])[] = [
  ['yana'],
  ['denis', 'yana'],
  ['denis'],
  ['yana'],
  ['denis', 'yana'],
  ['yana', 'denis'],
  ['denis'],
  ['yana'],
  ['denis'],
  ['svetlana'],
];

/** The ten mailboxes of the company. */
export const mailboxes: Pack['directories'][number] = {
  id: 'coffee-mailboxes',
  title: t('Почтовые ящики', 'Mailboxes'),
  entries: readers.map((employees, at) => ({
    id: `mailbox-${at + 1}`,
    title: t(`Ящик ${at + 1}`, `Mailbox ${at + 1}`),
    data: { address: `box${at + 1}@coffee.example`, employees: [...employees] },
    active: true,
  })),
};

/** A letter that is a request becomes a lead. */
export const mail: NonNullable<Pack['mail']> = {
  mailboxes: mailboxes.id,
  pipeline: 'coffee-leads',
  fields: {
    letter: 'letter',
    files: 'letterFiles',
    email: 'email',
    name: 'clientName',
    text: 'text',
    mailbox: 'mailbox',
    contact: 'contact',
    company: 'company',
  },
  set: { source: 'email' },
};
