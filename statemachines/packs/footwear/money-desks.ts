import type { Desk } from '../../../schemas/pack.ts';
import { needs, t } from '../../vocabulary/index.ts';

const pipelines = ['footwear-order'];

/** Where money is decided on: the accountant's two stages, and the head's last one. */
export const moneyDesks: Desk[] = [
  {
    kind: 'tasks',
    id: 'footwear-money-decisions',
    title: t('Решения по деньгам', 'Decisions on money', 'Decizii privind banii'),
    roles: ['footwear-accountant'],
    of: 'approval',
    ...needs('FW-60.2'),
  },
  {
    kind: 'deals',
    id: 'footwear-money',
    title: t('Авансы и доплаты', 'Advances and additional payments', 'Avansuri și plăți suplimentare'),
    roles: ['footwear-accountant', 'footwear-admin'],
    pipelines,
    filter: "stage = 'advance-check' or stage = 'additional-payment'",
    columns: ['number', 'title', 'stage', 'responsible', 'orderTotal', 'awaited', 'paidTotal', 'remaining'],
    ...needs('FW-03.1', 'FW-06.1', 'FW-60.2'),
  },
  {
    kind: 'deals',
    id: 'footwear-final-check',
    title: t('Финальная проверка', 'Final check', 'Verificare finală'),
    roles: ['footwear-head-of-sales', 'footwear-admin'],
    pipelines,
    filter: "stage = 'final-check'",
    columns: ['number', 'title', 'responsible', 'orderTotal', 'paidTotal', 'remaining'],
    ...needs('FW-60.4'),
  },
];
