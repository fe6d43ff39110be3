import {
  accrue,
  approval,
  goto,
  move,
  needs,
  responsible,
  set,
  share,
  t,
  task,
  value,
} from '../../vocabulary/index.ts';
import { headOfSales, heads, moneyKeepers, workers } from './who.ts';

/** The head verifies the payments and grants the pay, in one click. */
export const finalCheck = {
  title: t('Финальная проверка', 'Final check', 'Verificare finală'),
  aim: t(
    'Оплаты сверены, зарплата начислена.',
    'The payments are verified and the pay is granted.',
    'Plățile sunt verificate, salariul e calculat.',
  ),
  work: [
    approval('grant-pay', {
      title: t('Начислить зарплату', 'Grant the pay', 'Calculează salariul'),
      who: headOfSales,
      fields: [
        'payDate',
        'orderTotal',
        'paidTotal',
        'paidByBank',
        'paidByCard',
        'paidByPost',
        'paidOther',
        'remaining',
      ],
      settles: true,
      guard: '$exists(payDate) and paidTotal = orderTotal',
      refusal: t(
        'Оплаты не сходятся с суммой сделки: {{paidTotal}} из {{orderTotal}}, или нет даты начисления',
        'The payments differ from the total: {{paidTotal}} of {{orderTotal}}, or the pay date is missing',
        'Plățile diferă de suma tranzacției: {{paidTotal}} din {{orderTotal}}, sau lipsește data calculării',
      ),
      rework: task('mend-payments', {
        title: t('Исправить оплаты', 'Mend the payments', 'Corectează plățile'),
        who: responsible,
      }),
      ...needs('FW-09.1', 'FW-09.2', 'FW-09.6'),
    }),
    accrue(
      'pay',
      'paidTotal',
      [
        share(
          responsible,
          { setting: 'managerPercent' },
          t('Менеджер по продажам', 'Sales manager', 'Manager de vânzări'),
        ),
        share(
          headOfSales,
          { setting: 'headPercent' },
          t('Руководитель отдела продаж', 'Head of sales', 'Șeful departamentului de vânzări'),
        ),
      ],
      { day: 'payDate', ...needs('FW-09.3', 'FW-09.4', 'FW-09.5', 'FW-10.3') },
    ),
    set('granted', { payGranted: value(true) }),
    goto('archive', needs('FW-09.7')),
  ],
  editedBy: moneyKeepers,
  moves: [move('return', workers), move('archive', [...heads, 'system'])],
} as const;
