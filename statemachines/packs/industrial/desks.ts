import type { Desk } from '../../../schemas/pack.ts';
import { all, any, empty, is, isBelow, isNot, needs, t } from '../../vocabulary/index.ts';

const sales = ['manager', 'head', 'executive', 'admin'];

/** What each role sees first. */
export const desks: Desk[] = [
  {
    kind: 'board',
    id: 'goods',
    title: t('Товары', 'Goods'),
    roles: [...sales, 'product-manager'],
    pipeline: 'goods',
    ...needs('IN-X-60.1'),
  },
  {
    kind: 'board',
    id: 'services',
    title: t('Услуги', 'Services'),
    roles: [...sales, 'work-executor'],
    pipeline: 'services',
    ...needs('IN-X-60.1'),
  },
  {
    kind: 'tasks',
    id: 'my-tasks',
    title: t('Мои задачи', 'My tasks'),
    roles: [...sales, 'work-executor'],
    of: 'task',
    ...needs('IN-X-60.2'),
  },
  {
    kind: 'tasks',
    id: 'approvals',
    title: t('Согласования', 'Approvals'),
    roles: ['contract-approver', 'trip-approver', 'executive'],
    of: 'approval',
    ...needs('IN-X-60.3'),
  },
  {
    kind: 'deals',
    id: 'unpaid',
    title: t('Неоплаченные сделки', 'Unpaid deals'),
    roles: ['accountant', 'executive', 'admin'],
    pipelines: ['goods', 'services'],
    filter: isBelow('paidTotal', 'dealTotal'),
    sort: 'debt',
    columns: ['company', 'dealTotal', 'paidTotal', 'debt'],
    ...needs('IN-X-60.4'),
  },
  {
    kind: 'tasks',
    id: 'trip-cash',
    title: t('Выдача денег на командировки', 'Trip money to hand out'),
    roles: ['accountant'],
    of: 'task',
    ...needs('IN-X-60.4'),
  },
  {
    kind: 'planner',
    id: 'visits',
    title: t('Выезды', 'Visits'),
    roles: [...sales, 'work-executor'],
    pipeline: 'services',
    person: 'workExecutor',
    date: 'plannedReadinessDate',
    ...needs('IN-X-60.5'),
  },
  {
    kind: 'deals',
    id: 'goods-documents',
    title: t('Документы: товары', 'Documents: goods'),
    roles: sales,
    pipelines: ['goods'],
    filter: any(
      is('stage', 'contract'),
      all(is('stage', 'wrap-up'), empty('scansReceivedAt')),
      all(is('stage', 'won'), isNot('hasOriginals', true)),
    ),
    sort: 'originalsPlannedDate',
    columns: ['company', 'contractFeedbackDate', 'scansReceivedAt', 'originalsPlannedDate', 'hasOriginals'],
    ...needs('IN-X-60.6'),
  },
  {
    kind: 'deals',
    id: 'services-documents',
    title: t('Документы: услуги', 'Documents: services'),
    roles: sales,
    pipelines: ['services'],
    filter: any(
      is('stage', 'contract'),
      all(is('stage', 'wrap-up'), empty('originalsSentAt')),
      all(is('stage', 'won'), isNot('hasOriginals', true)),
    ),
    sort: 'contractFeedbackDate',
    columns: ['company', 'contractFeedbackDate', 'originalsSentAt', 'hasOriginals'],
    ...needs('IN-X-60.6'),
  },
];
