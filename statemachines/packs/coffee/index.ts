import { pack, t } from '../../vocabulary/index.ts';
import { cards } from './cards.ts';
import { deals } from './deals.ts';
import { desks } from './desks.ts';
import { leadDesks } from './desks-leads.ts';
import { directories } from './directories.ts';
import { discounts } from './discounts.ts';
import { invoices } from './invoices.ts';
import { leads } from './leads.ts';
import { mail, mailboxes } from './mailboxes.ts';
import { messages } from './messages.ts';
import { leadMessages } from './messages-leads.ts';
import { people } from './people.ts';
import { robokassa } from './robokassa.ts';
import { roles } from './roles.ts';
import { settings } from './settings.ts';
import { leadSettings } from './settings-leads.ts';
import { sms } from './sms.ts';

/** Coffee machines and spare parts. */
export const coffee = pack({
  id: 'coffee',
  title: t('Кофейное оборудование и запчасти', 'Coffee machines and spare parts'),
  company: 'Кофемаш Демо',
  country: 'RU',
  zone: 'Europe/Moscow',
  currency: 'RUB',
  roles,
  lastResort: ['coffee-exec-director', 'coffee-admin'],
  pipelines: [leads, deals, discounts, invoices],
  settings: { ...settings, ...leadSettings },
  messages: { ...messages, ...leadMessages },
  documents: [],
  directories: [...directories, mailboxes],
  desks: [...leadDesks, ...desks],
  mail,
  cards,
  integrations: { robokassa, sms },
  people,
});
