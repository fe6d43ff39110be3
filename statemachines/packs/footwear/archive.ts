import { any, anyWith, is, move, needs, t, tell } from '../../vocabulary/index.ts';
import { notGranted, notSettled } from './refusals.ts';
import { headOfSales } from './who.ts';

/** The order is over. One that came here unsettled goes back, and the head hears of it. */
export const archive = {
  title: t('Архив', 'Archive', 'Arhivă'),
  aim: t('Заказ завершён.', 'The order is finished.', 'Comanda este finalizată.'),
  outcome: 'won',
  enter: {
    conditions: [
      { condition: 'paidTotal = orderTotal', refusal: notSettled },
      { condition: any(is('payGranted', true), 'paidTotal = 0'), refusal: notGranted },
    ],
    unmet: 'rollback',
    tell: tell([headOfSales], 'archive-unsettled'),
    ...needs('FW-09.8', 'FW-10.3'),
  },
  moves: [move('negotiation', ['system', anyWith('footwear-admin')], needs('FW-10.1'))],
} as const;
