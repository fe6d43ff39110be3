import { pack, t } from '../../vocabulary/index.ts';
import { desks } from './desks.ts';
import { directories } from './directories.ts';
import { messages } from './messages.ts';
import { order } from './order.ts';
import { people } from './people.ts';
import { roles } from './roles.ts';
import { settings } from './settings.ts';

/** A shoe maker that sells in chats. */
export const footwear = pack({
  id: 'footwear',
  title: t('Обувь', 'Footwear', 'Încălțăminte'),
  company: 'Pas Demo',
  country: 'MD',
  zone: 'Europe/Chisinau',
  currency: 'MDL',
  roles,
  lastResort: ['footwear-head-of-sales', 'footwear-admin'],
  pipelines: [order],
  settings,
  messages,
  documents: [],
  directories,
  desks,
  people,
});
