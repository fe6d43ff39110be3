import type { Desk } from '../../../schemas/pack.ts';
import { all, any, empty, filled, is, needs, t } from '../../vocabulary/index.ts';

/** What is seen first, of the side of leads. */
export const leadDesks: Desk[] = [
  {
    kind: 'board',
    id: 'coffee-leads',
    title: t('Заявки', 'Leads'),
    roles: [
      'coffee-manager',
      'coffee-client-head',
      'coffee-exec-director',
      'coffee-director',
      'coffee-admin',
    ],
    pipeline: 'coffee-leads',
    ...needs('CO-60.1'),
  },
  {
    kind: 'intake',
    id: 'coffee-letters',
    title: t('Входящие письма', 'Letters that came'),
    roles: ['coffee-manager', 'coffee-client-head', 'coffee-admin'],
    ...needs('CO-60.2', 'CO-01.1', 'CO-01.2', 'CO-01.3', 'CO-01.4'),
  },
  {
    kind: 'deals',
    id: 'coffee-to-assign',
    title: t('Назначить ответственного', 'To assign'),
    roles: ['coffee-client-head', 'coffee-admin'],
    pipelines: ['coffee-leads'],
    filter: any(
      all(is('stage', 'new-lead'), empty('responsible')),
      all(filled('ladderLevel'), 'ladderLevel > 0'),
    ),
    sort: 'stageSince',
    columns: ['ladderLevel', 'assignedAt', 'responsible', 'source'],
    ...needs('CO-60.3'),
  },
];
