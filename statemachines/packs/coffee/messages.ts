import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told on the side of deals. */
export const messages: Pack['messages'] = {
  'coffee-discount-waits': {
    subject: t('{{number}}: скидка ждёт вашего решения', '{{number}}: a discount waits for your decision'),
    body: t(
      'Запрос {{number}} «{{title}}»: {{requestedRate}} % вместо {{currentRate}} %. Срок был {{due}}.\n\n{{justification}}',
      'Request {{number}} “{{title}}”: {{requestedRate}} % instead of {{currentRate}} %. It was due {{due}}.\n\n{{justification}}',
    ),
  },
  'coffee-discount-approved': {
    subject: t('{{number}}: скидка согласована', '{{number}}: the discount is approved'),
    body: t(
      'По запросу {{number}} «{{title}}» действует скидка {{requestedRate}} %. Открытые сделки компании пересчитаны.',
      'By request {{number}} “{{title}}” a discount of {{requestedRate}} % holds. Open deals of the company follow it.',
    ),
  },
  'coffee-discount-rejected': {
    subject: t('{{number}}: скидка отклонена', '{{number}}: the discount is rejected'),
    body: t(
      'Запрос {{number}} «{{title}}» отклонён: {{comment}}\n\nСкидка остаётся {{currentRate}} %.',
      'Request {{number}} “{{title}}” was rejected: {{comment}}\n\nThe discount stays {{currentRate}} %.',
    ),
  },
  'coffee-invoice-waits': {
    subject: t('{{number}}: счёт ждёт вашего решения', '{{number}}: an invoice waits for your decision'),
    body: t(
      'Счёт {{invoiceNumber}} на {{amount}}, {{title}}. Срок был {{due}}.',
      'Invoice {{invoiceNumber}} of {{amount}}, {{title}}. It was due {{due}}.',
    ),
  },
  'coffee-invoice-approved': {
    subject: t('{{number}}: счёт согласован', '{{number}}: the invoice is approved'),
    body: t(
      'Счёт {{invoiceNumber}} на {{amount}} согласован и передан в оплату.',
      'Invoice {{invoiceNumber}} of {{amount}} is approved and goes to the accountant.',
    ),
  },
  'coffee-invoice-rejected': {
    subject: t('{{number}}: счёт возвращён', '{{number}}: the invoice is returned'),
    body: t(
      'Счёт {{invoiceNumber}} на {{amount}} отклонён: {{comment}}\n\nИсправьте его и запустите согласование заново.',
      'Invoice {{invoiceNumber}} of {{amount}} was rejected: {{comment}}\n\nMend it and start the approval again.',
    ),
  },
  'coffee-deal-not-closed': {
    subject: t('{{number}}: сделку нельзя закрыть', '{{number}}: the deal cannot be closed'),
    body: t(
      'Сделка {{number}} «{{title}}» вернулась назад: для закрытия нужны сумма, компания или контакт и документ оплаты.\n\nОтветственный: {{responsible}}',
      'Deal {{number}} “{{title}}” went back: closing it takes an amount, a company or a contact, and the payment document.\n\nResponsible: {{responsible}}',
    ),
  },
};
