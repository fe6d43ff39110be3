import { goto, needs, t, task } from '../../vocabulary/index.ts';
import { headOfSales, heads, workers } from './who.ts';

/** The head verifies the payments and grants the pay. */
export const finalCheck = {
  title: t('Финальная проверка', 'Final check', 'Verificare finală'),
  aim: t(
    'Оплаты сверены, зарплата начислена.',
    'The payments are verified and the pay is granted.',
    'Plățile sunt verificate, salariul e calculat.',
  ),
  work: [
    task('grant-pay', {
      title: t('Начислить зарплату', 'Grant the pay', 'Calculează salariul'),
      who: headOfSales,
      guard: '$exists(payDate) and paidTotal = orderTotal',
      refusal: t(
        'Оплаты не сходятся с суммой сделки: {{paidTotal}} из {{orderTotal}}, или нет даты начисления',
        'The payments differ from the total: {{paidTotal}} of {{orderTotal}}, or the pay date is missing',
        'Plățile diferă de suma tranzacției: {{paidTotal}} din {{orderTotal}}, sau lipsește data calculării',
      ),
      fields: ['payDate'],
      ...needs('FW-09.1', 'FW-09.2', 'FW-09.6'),
    }),
    goto('archive', needs('FW-09.7')),
  ],
  editedBy: workers,
  moves: [
    { to: 'return', by: workers },
    { to: 'archive', by: [...heads, 'system'] },
  ],
} as const;
