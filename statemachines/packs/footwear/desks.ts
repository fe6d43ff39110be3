import type { Desk } from '../../../schemas/pack.ts';
import { needs, t } from '../../vocabulary/index.ts';
import { moneyDesks } from './money-desks.ts';

const sales = ['footwear-manager', 'footwear-head-of-sales', 'footwear-admin'];

export const desks: Desk[] = [
  ...moneyDesks,
  {
    kind: 'board',
    id: 'footwear-orders',
    title: t('Заказы', 'Orders', 'Comenzi'),
    roles: sales,
    pipeline: 'footwear-order',
    ...needs('FW-60.1'),
  },
];
