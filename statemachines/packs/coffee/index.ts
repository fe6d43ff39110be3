import { pack, t } from '../../vocabulary/index.ts';
import { cards } from './cards.ts';
import { deals } from './deals.ts';
import { desks } from './desks.ts';
import { directories } from './directories.ts';
import { discounts } from './discounts.ts';
import { invoices } from './invoices.ts';
import { messages } from './messages.ts';
import { people } from './people.ts';
import { roles } from './roles.ts';
import { settings } from './settings.ts';

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
  pipelines: [deals, discounts, invoices],
  settings,
  messages,
  documents: [],
  directories,
  desks,
  cards,
  people,
});
