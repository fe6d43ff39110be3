import type { Desk } from '../../../schemas/pack.ts';
import { all, any, empty, is, needs, t } from '../../vocabulary/index.ts';
import { moneyDesks } from './money-desks.ts';

const sales = ['footwear-manager', 'footwear-head-of-sales', 'footwear-admin'];
const order = 'footwear-order';

/** What each role sees first. */
export const desks: Desk[] = [
  ...moneyDesks,
  {
    kind: 'board',
    id: 'footwear-orders',
    title: t('Заказы', 'Orders', 'Comenzi'),
    roles: sales,
    pipeline: order,
    blocks: ['footwear-urgent', 'footwear-favourites'],
    ...needs('FW-00.3', 'FW-60.1'),
  },
  {
    kind: 'deals',
    id: 'footwear-urgent',
    title: t('Срочные', 'Urgent', 'Urgente'),
    roles: sales,
    pipelines: [order],
    filter: all(is('urgent', true), empty('outcome')),
    columns: ['channel', 'itemCount', 'orderTotal'],
    ...needs('FW-00.3', 'FW-00.4'),
  },
  {
    kind: 'favourites',
    id: 'footwear-favourites',
    title: t('Избранные', 'Favourites', 'Favorite'),
    roles: sales,
    pipeline: order,
    columns: ['channel', 'itemCount', 'orderTotal'],
    ...needs('FW-00.3', 'FW-00.4'),
  },
  {
    kind: 'deals',
    id: 'footwear-to-make',
    title: t('Произвести', 'To make', 'De produs'),
    roles: ['footwear-production', 'footwear-admin'],
    pipelines: [order],
    filter: is('stage', 'production'),
    columns: ['items', 'itemCount', 'productPhoto'],
    ...needs('FW-60.3'),
  },
  {
    kind: 'deals',
    id: 'footwear-to-ship',
    title: t('Отправить', 'To ship', 'De expediat'),
    roles: ['footwear-dispatcher', 'footwear-admin'],
    pipelines: [order],
    filter: any(
      all(is('stage', 'additional-payment'), is('shippingAllowed', true)),
      all(is('stage', 'ready-to-ship'), any(is('paymentMode', 'on-delivery'), is('shippingAllowed', true))),
    ),
    columns: ['items', 'itemCount', 'shipTo', 'paymentMode', 'remaining'],
    ...needs('FW-60.3'),
  },
];
