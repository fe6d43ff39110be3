import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';
import { moneyMessages } from './money-messages.ts';

/** What people are told. */
export const messages: Pack['messages'] = {
  ...moneyMessages,
  'client-wrote': {
    subject: t('{{number}}: клиент написал', '{{number}}: the client wrote', '{{number}}: clientul a scris'),
    body: t(
      'Заказ {{number}} «{{title}}»: новое сообщение или комментарий клиента ({{channel}}). Стадия: {{stage}}.',
      'Order {{number}} “{{title}}”: a new message or comment of the client ({{channel}}). Stage: {{stage}}.',
      'Comanda {{number}} „{{title}}”: mesaj sau comentariu nou de la client ({{channel}}). Etapa: {{stage}}.',
    ),
  },
  'client-wrote-unclaimed': {
    subject: t(
      '{{number}}: обращение ждёт менеджера',
      '{{number}}: a request waits',
      '{{number}}: o cerere așteaptă',
    ),
    body: t(
      'Обращение {{number}} «{{title}}» ({{channel}}) пока ни у кого. Кто первый возьмёт, тот и ведёт.',
      'Request {{number}} “{{title}}” ({{channel}}) is nobody’s yet. The first who takes it has it.',
      'Cererea {{number}} „{{title}}” ({{channel}}) nu este încă preluată. Primul care o preia o conduce.',
    ),
  },
  'answer-refused': {
    subject: t(
      '{{number}}: ответ не доставлен',
      '{{number}}: the answer did not arrive',
      '{{number}}: răspunsul nu a ajuns',
    ),
    body: t(
      'Сеть не приняла ваш ответ по заказу {{number}} «{{title}}». Причина и текст — в переписке.',
      'The network refused your answer on order {{number}} “{{title}}”. The reason and the text are in the conversation.',
      'Rețeaua nu a acceptat răspunsul la comanda {{number}} „{{title}}”. Motivul și textul sunt în corespondență.',
    ),
  },
  'handed-over': {
    subject: t(
      '{{number}}: другой ответственный',
      '{{number}}: another manager',
      '{{number}}: alt responsabil',
    ),
    body: t(
      'Заказ {{number}} «{{title}}» теперь ведёт {{responsible}}.',
      'Order {{number}} “{{title}}” is now with {{responsible}}.',
      'Comanda {{number}} „{{title}}” este acum la {{responsible}}.',
    ),
  },
  'returned-by-accountant': {
    subject: t(
      '{{number}}: бухгалтер вернул',
      '{{number}}: returned by the accountant',
      '{{number}}: returnat de contabil',
    ),
    body: t(
      'Заказ {{number}} «{{title}}»: бухгалтер не подтвердил деньги. Комментарий — в истории заказа.',
      'Order {{number}} “{{title}}”: the accountant did not confirm the money. The comment is in the history.',
      'Comanda {{number}} „{{title}}”: contabilul nu a confirmat banii. Comentariul este în istoric.',
    ),
  },
  'ready-to-ship': {
    subject: t(
      '{{number}}: готово к отправке',
      '{{number}}: ready to ship',
      '{{number}}: gata pentru expediere',
    ),
    body: t(
      'Заказ {{number}} «{{title}}» готов. Уточните у клиента условия оплаты.',
      'Order {{number}} “{{title}}” is ready. Agree with the client how it is paid.',
      'Comanda {{number}} „{{title}}” este gata. Clarificați cu clientul condițiile de plată.',
    ),
  },
  'dispatch-permitted': {
    subject: t(
      '{{number}}: отправка разрешена',
      '{{number}}: dispatch permitted',
      '{{number}}: expediere permisă',
    ),
    body: t(
      'Заказ {{number}} «{{title}}» оплачен, посылку можно отправлять.',
      'Order {{number}} “{{title}}” is paid; the parcel may leave.',
      'Comanda {{number}} „{{title}}” este plătită, coletul poate fi expediat.',
    ),
  },
  'parcel-overdue': {
    subject: t(
      '{{number}}: получена ли посылка?',
      '{{number}}: has the parcel come?',
      '{{number}}: a ajuns coletul?',
    ),
    body: t(
      'Посылка {{parcelNumber}} по заказу {{number}} «{{title}}» отправлена {{shippedAt}}. Спросите клиента, получил ли он её.',
      'Parcel {{parcelNumber}} of order {{number}} “{{title}}” left {{shippedAt}}. Ask the client whether it has come.',
      'Coletul {{parcelNumber}} al comenzii {{number}} „{{title}}” a plecat {{shippedAt}}. Întrebați clientul dacă l-a primit.',
    ),
  },
};
