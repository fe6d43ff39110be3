import { pack, t } from '../../vocabulary/index.ts';
import { cdek } from './cdek.ts';
import { contractApproval } from './contract-approval.ts';
import { desks } from './desks.ts';
import { directories } from './directories.ts';
import { documents } from './documents.ts';
import { goods } from './goods.ts';
import { messages } from './messages.ts';
import { people } from './people.ts';
import { robokassa } from './robokassa.ts';
import { roles } from './roles.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { tripApproval } from './trip-approval.ts';

/** Industrial parts and diagnostic services. */
export const industrial = pack({
  id: 'industrial',
  title: t('Промышленные товары и услуги', 'Industrial parts and services'),
  company: 'Промснаб Демо',
  country: 'RU',
  zone: 'Europe/Moscow',
  currency: 'RUB',
  roles,
  lastResort: ['executive', 'admin'],
  pipelines: [goods, services, contractApproval, tripApproval],
  settings,
  messages,
  documents,
  directories,
  desks,
  integrations: { robokassa, cdek },
  people,
});
