import {
  any,
  cycle,
  is,
  needs,
  notify,
  responsible,
  setting,
  t,
  tell,
  wait,
} from '../../vocabulary/index.ts';
import { notAllowed } from './refusals.ts';
import { moneyKeepers, workers } from './who.ts';

/** The parcel travels; whoever has the order asks whether it has come. */
export const inTransit = {
  title: t('Посылка в пути', 'In transit', 'Colet în drum'),
  aim: t(
    'Клиент получил посылку и доволен.',
    'The client has the parcel and is content.',
    'Clientul a primit coletul și este mulțumit.',
  ),
  enter: {
    required: ['parcelNumber', 'shippedAt'],
    conditions: [
      { condition: any(is('shippingAllowed', true), is('paymentMode', 'on-delivery')), refusal: notAllowed },
    ],
    ...needs('FW-07.1', 'FW-07.5'),
  },
  work: [
    wait('first-week', setting('parcelReminderFirst'), {
      title: t(
        'Ждём, пока клиент получит посылку',
        'See whether the client gets the parcel',
        'Așteptăm să primească clientul coletul',
      ),
    }),
    cycle('still-travelling', {
      title: t('Напоминания о посылке', 'Reminders of the parcel', 'Reamintiri despre colet'),
      every: setting('parcelReminderEvery'),
      first: 'now',
      body: notify('parcel-overdue', tell([responsible], 'parcel-overdue')),
      ...needs('FW-07.4'),
    }),
  ],
  editedBy: moneyKeepers,
  moves: [
    { to: 'final-check', by: workers, ...needs('FW-07.2') },
    { to: 'return', by: workers, ...needs('FW-07.3') },
  ],
} as const;
