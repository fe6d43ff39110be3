import { t } from '../../vocabulary/index.ts';

/** Why a task that asks for a date is not closed. */
export const noDate = t(
  'Заполните дату: без неё задачу закрыть нельзя.',
  'Fill the date: the task cannot be closed without it.',
);

/** Why the final payment is not closed. */
export const unpaid = t(
  'Сделка оплачена не полностью, осталось {{debt}}.',
  'The deal is not paid in full, {{debt}} remain.',
);
