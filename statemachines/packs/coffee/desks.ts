import type { Desk } from '../../../schemas/pack.ts';
import { all, empty, filled, is, needs, t } from '../../vocabulary/index.ts';

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
    roles: [...everybody, 'coffee-accountant'],
    of: 'task',
  },
  {
    kind: 'tasks',
    id: 'coffee-approvals',
    title: t('На согласование', 'To approve'),
    roles: [...everybody, 'coffee-accountant'],
    of: 'approval',
    ...needs('CO-60.4'),
  },
  {
    kind: 'deals',
    id: 'coffee-running-approvals',
    title: t('Идущие согласования', 'Approvals under way'),
    roles: everybody,
    pipelines: ['coffee-discounts', 'coffee-invoices'],
    filter: filled('approver'),
    columns: ['company', 'approver', 'requestedRate', 'invoiceNumber', 'amount'],
    ...needs('CO-60.4'),
  },
  {
    kind: 'deals',
    id: 'coffee-to-pay',
    title: t('Счета к оплате', 'Invoices to pay'),
    roles: ['coffee-accountant', 'coffee-exec-director', 'coffee-director', 'coffee-admin'],
    pipelines: ['coffee-invoices'],
    filter: all(is('stage', 'approved'), empty('paidAt')),
    columns: ['company', 'invoiceNumber', 'invoiceType', 'payee', 'amount'],
    ...needs('CO-60.5'),
  },
];
