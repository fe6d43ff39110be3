import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told on the side of leads. */
export const leadMessages: Pack['messages'] = {
  'coffee-lead-accepted': {
    subject: t('Заявка {{number}} принята', 'Request {{number}} is accepted'),
    body: t(
      'Ваша заявка принята в работу. Номер {{number}}',
      'Your request is being worked on. Its number is {{number}}',
    ),
  },
  'coffee-lead-not-confirmed': {
    subject: t('{{number}}: клиент не получил номер', '{{number}}: the client has not got the number'),
    body: t(
      'Ни SMS, ни письмо о заявке {{number}} «{{title}}» до клиента не дошли. Позвоните ему.',
      'Neither an SMS nor a letter about lead {{number}} “{{title}}” reached the client. Call them.',
    ),
  },
  'coffee-lead-named': {
    subject: t('{{number}}: заявка ваша', '{{number}}: the lead is yours'),
    body: t(
      'Вам назначена заявка {{number}} «{{title}}». Обработайте её в течение одного рабочего дня.',
      'Lead {{number}} “{{title}}” is yours. Process it within one working day.',
    ),
  },
  'coffee-lead-taken': {
    subject: t('{{number}}: заявка передана', '{{number}}: the lead is handed over'),
    body: t(
      'Заявкой {{number}} «{{title}}» теперь занимается {{responsible}}.',
      '{{responsible}} now has lead {{number}} “{{title}}”.',
    ),
  },
  'coffee-lead-reminded': {
    subject: t('{{number}}: заявка ждёт вас', '{{number}}: the lead waits for you'),
    body: t(
      'Заявка {{number}} «{{title}}» не обработана за день. Руководитель просит заняться ею сегодня.',
      'Lead {{number}} “{{title}}” was not processed within a day. Your head asks you to see to it today.',
    ),
  },
  'coffee-lead-unnamed': {
    subject: t('{{number}}: менеджер не назначен', '{{number}}: no manager is named'),
    body: t(
      'По заявке {{number}} «{{title}}» ответственный не назначен. Уровень эскалации: {{ladderLevel}}.',
      'Nobody is named for lead {{number}} “{{title}}”. Level of escalation: {{ladderLevel}}.',
    ),
  },
  'coffee-lead-unprocessed': {
    subject: t('{{number}}: заявка не обработана', '{{number}}: the lead is not processed'),
    body: t(
      'Заявка {{number}} «{{title}}» не обработана, ответственный {{responsible}}. Уровень эскалации: {{ladderLevel}}.',
      'Lead {{number}} “{{title}}” is not processed; it is with {{responsible}}. Level of escalation: {{ladderLevel}}.',
    ),
  },
};
