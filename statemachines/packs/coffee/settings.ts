import type { Pack } from '../../../schemas/pack.ts';
import { days, hours, t, workdays } from '../../vocabulary/index.ts';

/** Every figure of the processes of deals. */
export const settings: Pack['settings'] = {
  fulfilTime: {
    type: 'duration',
    title: t('Срок выполнения заказа', 'Time to fulfil an order'),
    value: days(3),
    min: hours(1),
    max: days(60),
  },
  approvalStepTime: {
    type: 'duration',
    title: t('Срок одного шага согласования', 'Time for one step of an approval'),
    value: workdays(1),
    min: hours(1),
    max: days(10),
  },
  payInvoiceTime: {
    type: 'duration',
    title: t('Срок оплаты счёта', 'Time to pay an invoice'),
    value: workdays(1),
    min: hours(1),
    max: days(30),
  },
  paymentsTest: {
    type: 'boolean',
    title: t('Платежи в тестовом режиме: деньги не списываются', 'Payments in test mode: no money is taken'),
    value: false,
  },
};
