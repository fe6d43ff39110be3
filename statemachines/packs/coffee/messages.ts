import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told on the side of deals. */
export const messages: Pack['messages'] = {
  'coffee-deal-not-closed': {
    subject: t('{{number}}: сделку нельзя закрыть', '{{number}}: the deal cannot be closed'),
    body: t(
      'Сделка {{number}} «{{title}}» вернулась назад: для закрытия нужны сумма, компания или контакт и документ оплаты.\n\nОтветственный: {{responsible}}',
      'Deal {{number}} “{{title}}” went back: closing it takes an amount, a company or a contact, and the payment document.\n\nResponsible: {{responsible}}',
    ),
  },
};
