import type { Desk } from '../../../schemas/pack.ts';
import { needs, t } from '../../vocabulary/index.ts';

const everybody = [
  'coffee-manager',
  'coffee-client-head',
  'coffee-dept-head',
  'coffee-exec-director',
  'coffee-director',
  'coffee-admin',
];

/** What each role sees first, of the side of deals. */
export const desks: Desk[] = [
  {
    kind: 'board',
    id: 'coffee-deals',
    title: t('Оборудование и ЗИП', 'Machines and spare parts'),
    roles: everybody,
    pipeline: 'coffee-deals',
    ...needs('CO-60.1'),
  },
  {
    kind: 'tasks',
    id: 'coffee-my-tasks',
    title: t('Мои задачи', 'My tasks'),
    roles: everybody,
    of: 'task',
  },
];
