import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';
import { calculationMessages } from './messages-calculation.ts';

/** What people are told. The letter to the client first, then what staff reads. */
export const messages: Pack['messages'] = {
  quote: {
    subject: t('Коммерческое предложение: {{siteName}}', 'Commercial proposal: {{siteName}}'),
    body: t(
      'Здравствуйте!\n\nВысылаем коммерческое предложение по объекту «{{siteName}}». Файл во вложении.\n\nВаш менеджер: {{responsible}}',
      'Hello,\n\nhere is our commercial proposal for “{{siteName}}”. The file is attached.\n\nYour manager: {{responsible}}',
    ),
  },
  'deal-assigned': {
    subject: t('{{number}}: вам назначен объект', '{{number}}: a site is yours'),
    body: t('Вам назначена сделка {{number}} «{{siteName}}».', 'Deal {{number}} “{{siteName}}” is yours.'),
  },
  'quote-failed': {
    subject: t('{{number}}: КП не отправлено', '{{number}}: the quote was not sent'),
    body: t(
      'КП по объекту «{{siteName}}» не ушло: проверьте файл и почту контакта. Сделка осталась на стадии «{{stage}}».',
      'The quote for “{{siteName}}” has not left: look at the file and at the contact’s address. The deal stays on “{{stage}}”.',
    ),
  },
  'letter-failed': {
    subject: t('{{number}}: письмо клиенту не дошло', '{{number}}: a letter to the client did not arrive'),
    body: t(
      'Письмо по сделке {{number}} «{{siteName}}» не дошло: {{missing}}. Проверьте адрес и отправьте ещё раз.',
      'A letter of deal {{number}} “{{siteName}}” did not arrive: {{missing}}. Look at the address and send it again.',
    ),
  },
  thawed: {
    subject: t('{{number}}: сделка разморожена', '{{number}}: the deal is back'),
    body: t(
      'Сделка {{number}} «{{siteName}}» вернулась из ожидания. Свяжитесь с клиентом сегодня.',
      'Deal {{number}} “{{siteName}}” is back from hold. Contact the client today.',
    ),
  },
  'refusal-unexplained': {
    subject: t('{{number}}: укажите причину отказа', '{{number}}: say why it was refused'),
    body: t(
      'Сделка {{number}} «{{siteName}}» закрыта отказом без причины или примечания. Заполните их.',
      'Deal {{number}} “{{siteName}}” was refused without a reason or a note. Fill them in.',
    ),
  },
  'deal-closing': {
    subject: t('{{number}}: заключение сделки', '{{number}}: the deal is being closed'),
    body: t(
      'Сделка {{number}} «{{siteName}}» перешла к оформлению. Вы добавлены аудитором.',
      'Deal {{number}} “{{siteName}}” has come to its paperwork. You watch it now.',
    ),
  },
  'payment-dated': {
    subject: t(
      '{{number}}: оплата поступила {{paymentReceivedAt}}',
      '{{number}}: paid on {{paymentReceivedAt}}',
    ),
    body: t(
      'По сделке {{number}} «{{siteName}}» оплата поступила {{paymentReceivedAt}}.',
      'The payment for deal {{number}} “{{siteName}}” came on {{paymentReceivedAt}}.',
    ),
  },
  'order-goods': {
    subject: t(
      '{{number}}: есть оплата и нужно заказать товар',
      '{{number}}: paid, the goods are to be ordered',
    ),
    body: t(
      'Сделка {{number}} «{{siteName}}»: есть оплата и нужно заказать товар. Оплата поступила {{paymentReceivedAt}}.',
      'Deal {{number}} “{{siteName}}”: it is paid and the goods are to be ordered. The payment came on {{paymentReceivedAt}}.',
    ),
  },
  'payment-arrived': {
    subject: t('{{number}}: поступили деньги', '{{number}}: money came'),
    body: t(
      'По сделке {{number}} «{{siteName}}» получено {{receivedUah}}, это {{receivedUsd}}.',
      'Deal {{number}} “{{siteName}}” has received {{receivedUah}}, that is {{receivedUsd}}.',
    ),
  },
  'not-ready-to-ship': {
    subject: t('{{number}}: не готова к отгрузке', '{{number}}: not ready to ship'),
    body: t(
      'Сделка {{number}} «{{siteName}}» возвращена на прежнюю стадию. {{missing}}.',
      'Deal {{number}} “{{siteName}}” went back to the stage before. {{missing}}.',
    ),
  },
  'part-shipped': {
    subject: t('{{number}}: отгрузка', '{{number}}: shipped'),
    body: t(
      'По сделке {{number}} «{{siteName}}» записана отгрузка. Всего отгружено {{shippedUsd}}, осталось {{unshippedUsd}}.',
      'A shipment of deal {{number}} “{{siteName}}” was entered. Shipped {{shippedUsd}}, {{unshippedUsd}} remain.',
    ),
  },
  'serials-wanted': {
    subject: t('{{number}}: заполните серийные номера', '{{number}}: serial numbers are wanted'),
    body: t(
      'По сделке {{number}} «{{siteName}}» отгружено {{shippedUsd}} при полученных {{receivedUsd}}. Заполните «Документ с серийными номерами».',
      'Deal {{number}} “{{siteName}}” has shipped {{shippedUsd}} of {{receivedUsd}} received. Attach the document of serial numbers.',
    ),
  },
  'serials-missing': {
    subject: t('{{number}}: нет документа с серийными номерами', '{{number}}: no document of serial numbers'),
    body: t(
      'В сделке {{number}} «{{siteName}}» нет документа с серийными номерами. Без него она не уйдёт в архив.',
      'Deal {{number}} “{{siteName}}” has no document of serial numbers. It does not go to the archive without it.',
    ),
  },
  'warranty-missing': {
    subject: t('{{number}}: не заполнена гарантия', '{{number}}: the warranty is not filled in'),
    body: t(
      'Сделка {{number}} «{{siteName}}» не ушла в архив. {{missing}}.',
      'Deal {{number}} “{{siteName}}” did not go to the archive. {{missing}}.',
    ),
  },

  ...calculationMessages,
};
