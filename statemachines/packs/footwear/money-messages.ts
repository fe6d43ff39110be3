import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told of money. */
export const moneyMessages: Pack['messages'] = {
  'archive-unsettled': {
    subject: t(
      '{{number}}: рано в архив',
      '{{number}}: too early to archive',
      '{{number}}: prea devreme în arhivă',
    ),
    body: t(
      'Заказ {{number}} «{{title}}» возвращён из архива: не сходятся оплаты ({{paidTotal}} из {{orderTotal}}) или не начислена зарплата.',
      'Order {{number}} “{{title}}” is back from the archive: the payments differ ({{paidTotal}} of {{orderTotal}}), or pay is not granted.',
      'Comanda {{number}} „{{title}}” a revenit din arhivă: plățile diferă ({{paidTotal}} din {{orderTotal}}) sau salariul nu este calculat.',
    ),
  },
};
