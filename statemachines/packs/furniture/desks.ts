import type { Desk } from '../../../schemas/pack.ts';
import { needs, t } from '../../vocabulary/index.ts';
import { workshop } from './roles.ts';

const office = ['furniture-manager', 'furniture-executive', 'furniture-admin'];
const crews = ['furniture-measurer', 'furniture-installer', 'furniture-delivery'];

/** What each role sees first. */
export const desks: Desk[] = [
  {
    kind: 'board',
    id: 'furniture-orders',
    title: t('Заказы', 'Orders'),
    roles: office,
    pipeline: 'furniture-order',
    ...needs('FU-00.1', 'FU-08.2', 'FU-60.1'),
  },
  {
    kind: 'board',
    id: 'furniture-production-board',
    title: t('Производство', 'Production'),
    roles: [...office, 'furniture-production'],
    pipeline: 'furniture-order',
    stages: workshop,
    ...needs('FU-60.2'),
  },
  {
    kind: 'visits',
    id: 'furniture-my-visits',
    title: t('Мои выезды', 'My visits'),
    roles: crews,
    columns: ['siteAddress', 'mapLink', 'buyerName', 'buyerPhone', 'productKinds'],
    ...needs('FU-07.3', 'FU-60.3'),
  },
  {
    kind: 'tasks',
    id: 'furniture-my-tasks',
    title: t('Мои задачи', 'My tasks'),
    roles: [...office, ...crews, 'furniture-production', 'furniture-warehouse'],
    of: 'task',
    ...needs('FU-07.3'),
  },
  {
    kind: 'crews',
    id: 'furniture-measurers',
    title: t('Занятость замерщиков', 'Measurer workload'),
    roles: office,
    of: ['furniture-measurer'],
    ...needs('FU-60.4'),
  },
  {
    kind: 'crews',
    id: 'furniture-crews',
    title: t('Календарь бригад', 'Calendar of crews'),
    roles: ['furniture-executive', 'furniture-admin', 'furniture-manager'],
    of: ['furniture-measurer', 'furniture-delivery', 'furniture-installer'],
    ...needs('FU-50.4'),
  },
];
