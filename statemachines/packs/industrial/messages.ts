import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told. Letters to clients first, then what staff reads. */
export const messages: Pack['messages'] = {
  'goods-ready': {
    subject: t('Заказ {{number}} готов к выдаче', 'Order {{number}} is ready for collection'),
    body: t(
      'Здравствуйте!\n\nВаш заказ {{number}} собран и ждёт вас на складе. Забрать его можно в рабочие дни с 9:00 до 18:00.\n\nВсё о заказе: {{trackingLink}}\n\nВаш менеджер: {{responsible}}',
      'Hello,\n\nyour order {{number}} is packed and waits for you at our warehouse. It can be collected on working days from 9:00 to 18:00.\n\nAll of the order: {{trackingLink}}\n\nYour manager: {{responsible}}',
    ),
  },
  'track-number': {
    subject: t('Заказ {{number}} отправлен', 'Order {{number}} is on its way'),
    body: t(
      'Здравствуйте!\n\nЗаказ {{number}} передан в доставку. Трек-номер: {{trackNumber}}.\n\nГде посылка и что с заказом: {{trackingLink}}\n\nВаш менеджер: {{responsible}}',
      'Hello,\n\norder {{number}} was handed over for delivery. Track number: {{trackNumber}}.\n\nWhere the parcel is, and all of the order: {{trackingLink}}\n\nYour manager: {{responsible}}',
    ),
  },

  'pay-link': {
    subject: t('Оплата заказа {{number}}', 'Payment of order {{number}}'),
    body: t(
      'Здравствуйте!\n\nК оплате по заказу {{number}}: {{payAmount}}. Оплатить можно картой или через СБП по ссылке:\n\n{{payLink}}\n\nСледить за заказом: {{trackingLink}}\n\nЧек придёт на этот адрес. Ваш менеджер: {{responsible}}',
      'Hello,\n\nto pay for order {{number}}: {{payAmount}}. You can pay by card or by instant transfer here:\n\n{{payLink}}\n\nFollow the order: {{trackingLink}}\n\nThe receipt comes to this address. Your manager: {{responsible}}',
    ),
  },

  'identification-late': {
    subject: t('{{number}}: идентификация не завершена', '{{number}}: identification is not finished'),
    body: t(
      'Сделка {{number}} «{{title}}»: задача «{{task}}» открыта, срок был {{due}}.\n\nОтветственный: {{responsible}}',
      'Deal {{number}} “{{title}}”: the task “{{task}}” is open, it was due {{due}}.\n\nResponsible: {{responsible}}',
    ),
  },
  'complexity-assumed': {
    subject: t('{{number}}: сложность не указана', '{{number}}: no complexity given'),
    body: t(
      'В сделке {{number}} «{{title}}» не указана сложность случая. Срок КП взят как для простого.',
      'Deal {{number}} “{{title}}” has no case complexity. The quote is due as for a simple case.',
    ),
  },
  'quote-late': {
    subject: t('{{number}}: КП не отправлено', '{{number}}: the quote is not sent'),
    body: t(
      'Сделка {{number}} «{{title}}»: срок задачи «{{task}}» вышел ({{due}}).',
      'Deal {{number}} “{{title}}”: the task “{{task}}” was due {{due}}.',
    ),
  },
  'prep-sheet-late': {
    subject: t('{{number}}: лист о подготовке не отправлен', '{{number}}: the preparation sheet is not sent'),
    body: t(
      'Сделка {{number}} «{{title}}»: срок задачи «{{task}}» вышел ({{due}}).',
      'Deal {{number}} “{{title}}”: the task “{{task}}” was due {{due}}.',
    ),
  },
  'quote-feedback-late': {
    subject: t('{{number}}: пора получить обратную связь', '{{number}}: feedback is due'),
    body: t(
      'Сделка {{number}} «{{title}}»: срок задачи «{{task}}» — {{due}}. Свяжитесь с клиентом или назначьте новую дату.',
      'Deal {{number}} “{{title}}”: the task “{{task}}” is due {{due}}. Call the client or set a new date.',
    ),
  },
  'quote-feedback-soon': {
    subject: t('{{number}}: скоро обратная связь по КП', '{{number}}: quote feedback soon'),
    body: t(
      'Сделка {{number}} «{{title}}»: обратная связь по КП назначена на {{due}}.',
      'Deal {{number}} “{{title}}”: quote feedback is due {{due}}.',
    ),
  },
  'contract-feedback-due': {
    subject: t('{{number}}: обратная связь по договору', '{{number}}: contract feedback is due'),
    body: t(
      'Сделка {{number}} «{{title}}»: наступила дата обратной связи по договору ({{due}}).',
      'Deal {{number}} “{{title}}”: the contract feedback date has come ({{due}}).',
    ),
  },
  'letter-failed': {
    subject: t('{{number}}: письмо клиенту не ушло', '{{number}}: a letter to the client was not sent'),
    body: t(
      'Письмо по сделке {{number}} «{{title}}» отправить не удалось. Проверьте адрес контакта.',
      'A letter of deal {{number}} “{{title}}” could not be sent. Check the address of the contact.',
    ),
  },
  'place-missing': {
    subject: t('{{number}}: посылка СДЭК не заказана', '{{number}}: no parcel was ordered'),
    body: t(
      'Сделка {{number}} «{{title}}» уходит СДЭК, но пункт выдачи и адрес не указаны. Заполните их и закажите посылку, или впишите трек-номер сами.',
      'Deal {{number}} “{{title}}” goes by the carrier, and neither a point nor an address is given. Fill one and order the parcel, or write the track number yourself.',
    ),
  },
  'parcel-order-late': {
    subject: t('{{number}}: СДЭК ещё не оформил посылку', '{{number}}: the carrier has not taken the parcel'),
    body: t(
      'Сделка {{number}} «{{title}}»: посылка заказана, номера всё ещё нет. Проверьте задачи сделки и исходящие.',
      'Deal {{number}} “{{title}}”: a parcel was ordered and still has no number. Look at the tasks of the deal and at the outbox.',
    ),
  },
  'scans-late': {
    subject: t('{{number}}: нет сканов документов', '{{number}}: no scans of the documents'),
    body: t(
      'Сделка {{number}} «{{title}}»: сканы закрывающих документов ещё не получены.',
      'Deal {{number}} “{{title}}”: the scans of the closing documents are not here yet.',
    ),
  },
  'originals-due': {
    subject: t('{{number}}: дата получения оригиналов', '{{number}}: the originals are due'),
    body: t(
      'Сделка {{number}} «{{title}}»: пора получить оригиналы документов.',
      'Deal {{number}} “{{title}}”: it is time to have the original documents.',
    ),
  },
  'readiness-soon': {
    subject: t('{{number}}: скоро выезд', '{{number}}: a visit is near'),
    body: t(
      'Сделка {{number}} «{{title}}»: объект готов {{plannedReadinessDate}}, выезжаете вы.',
      'Deal {{number}} “{{title}}”: the site is ready {{plannedReadinessDate}}, you are the one to go.',
    ),
  },
  'invoice-prep-due': {
    subject: t(
      '{{number}}: отправьте счет и лист о подготовке',
      '{{number}}: send the invoice and preparation sheet',
    ),
    body: t(
      'Сделка {{number}} «{{title}}»: задача «{{task}}» ещё открыта.',
      'Deal {{number}} “{{title}}”: the task “{{task}}” is still open.',
    ),
  },
  'payment-missing': {
    subject: t('{{number}}: нет окончательного расчета', '{{number}}: the final payment is missing'),
    body: t(
      'Сделка {{number}} «{{title}}»: осталось получить {{debt}} из {{dealTotal}}.',
      'Deal {{number}} “{{title}}”: {{debt}} of {{dealTotal}} are still to come.',
    ),
  },
  'contract-approved': {
    subject: t('{{number}}: договор утверждён', '{{number}}: the contract is approved'),
    body: t(
      'Согласование {{number}} «{{title}}» завершено: договор утверждён.',
      'Approval {{number}} “{{title}}” is over: the contract is approved.',
    ),
  },
  'trip-approved': {
    subject: t('{{number}}: командировка согласована', '{{number}}: the trip is approved'),
    body: t(
      'Командировка {{number}} ({{place}}) согласована. Бухгалтер готовит {{amount}}.',
      'Trip {{number}} ({{place}}) is approved. The accountant prepares {{amount}}.',
    ),
  },
  'trip-refused': {
    subject: t('{{number}}: командировка не согласована', '{{number}}: the trip is refused'),
    body: t(
      'Командировка {{number}} ({{place}}) не согласована. Причина: {{comment}}',
      'Trip {{number}} ({{place}}) is refused. The reason: {{comment}}',
    ),
  },
  'trip-cash-issued': {
    subject: t('{{number}}: деньги выданы', '{{number}}: the money is handed out'),
    body: t(
      'Деньги на командировку {{number}} ({{place}}) выданы: {{amount}}.',
      'The money for trip {{number}} ({{place}}) is handed out: {{amount}}.',
    ),
  },
};
