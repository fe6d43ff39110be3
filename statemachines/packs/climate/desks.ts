import type { Pack } from '../../../schemas/pack.ts';
import { needs, t } from '../../vocabulary/index.ts';

const sales = ['climate-manager', 'climate-head-of-sales', 'climate-company-head', 'climate-admin'];
const money = ['number', 'siteName', 'responsible', 'dealTotalUsd', 'receivedUsd', 'shippedUsd'];

/** Views of a day's work, by role. */
export const desks: Pack['desks'] = [
  {
    kind: 'board',
    id: 'climate-sales-board',
    title: t('Продажи', 'Sales'),
    roles: sales,
    pipeline: 'climate-sales',
    ...needs('CL-60.1'),
  },
  {
    kind: 'deals',
    id: 'climate-logistics',
    title: t('Логистика', 'Logistics'),
    roles: ['climate-logist', 'climate-company-head', 'climate-admin'],
    pipelines: ['climate-sales'],
    filter:
      "stage = 'awaiting-shipment' or stage = 'deal-closing' and $exists(paymentReceivedAt) and $exists(order1cNumber) = false",
    columns: [...money, 'stage', 'unshippedUsd'],
    ...needs('CL-60.4'),
  },
  {
    kind: 'deals',
    id: 'climate-accounting',
    title: t('Бухгалтерия', 'Accounting'),
    roles: ['climate-accountant', 'climate-company-head', 'climate-admin'],
    pipelines: ['climate-sales'],
    filter:
      "stage in ['deal-closing', 'awaiting-shipment'] and ($exists(balanceUsd) = false or balanceUsd > 0) or stage = 'completed-success' and bonusUnpaid > 0",
    columns: [...money, 'stage', 'balanceUsd', 'bonusUnpaid'],
    ...needs('CL-60.5'),
  },
  {
    kind: 'planner',
    id: 'climate-warranties',
    title: t('Гарантии по дате окончания', 'Warranties by the day they end'),
    roles: ['climate-head-of-service', 'climate-company-head', 'climate-admin'],
    pipeline: 'climate-sales',
    person: 'responsible',
    date: 'warrantyEnd',
    shelved: true,
    ...needs('CL-60.6'),
  },
  {
    kind: 'deals',
    id: 'climate-archive',
    title: t('Архив', 'Archive'),
    roles: [...sales, 'climate-accountant', 'climate-logist', 'climate-head-of-service'],
    pipelines: ['climate-sales'],
    filter: "stage = 'archive'",
    sort: 'closedAt',
    columns: ['number', 'siteName', 'responsible', 'dealTotalUsd', 'warrantyEnd'],
    ...needs('CL-09.3'),
  },
  {
    kind: 'deals',
    id: 'climate-on-hold',
    title: t('Ожидание', 'On hold'),
    roles: sales,
    pipelines: ['climate-sales'],
    filter: "stage = 'on-hold'",
    sort: 'unfreezeOn',
    columns: ['number', 'siteName', 'responsible', 'unfreezeOn'],
    ...needs('CL-10.2'),
  },
  {
    kind: 'deals',
    id: 'climate-refused-without-reason',
    title: t('Отказы без причины', 'Refused without a reason'),
    roles: sales,
    pipelines: ['climate-sales'],
    filter: "stage = 'refused' and ($exists(refusalReason) = false or $exists(refusalNote) = false)",
    columns: ['number', 'siteName', 'responsible', 'refusalReason', 'refusalNote'],
    ...needs('CL-11.4'),
  },
];
