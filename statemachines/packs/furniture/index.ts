import { pack, t } from '../../vocabulary/index.ts';
import { desks } from './desks.ts';
import { directories } from './directories.ts';
import { messages } from './messages.ts';
import { order } from './order.ts';
import { people } from './people.ts';
import { robokassa } from './robokassa.ts';
import { roles } from './roles.ts';
import { settings } from './settings.ts';

/** Furniture and doors made to measure, with crews in the field. */
export const furniture = pack({
  id: 'furniture',
  title: t('Мебель и двери', 'Furniture and doors'),
  company: 'Ладный Дом Демо',
  country: 'RU',
  zone: 'Europe/Moscow',
  currency: 'RUB',
  roles,
  lastResort: ['furniture-executive', 'furniture-admin'],
  pipelines: [order],
  settings,
  messages,
  documents: [],
  directories,
  desks,
  integrations: { robokassa },
  people,
});
