import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told of calculations, service requests and tasks. */
export const calculationMessages: Pack['messages'] = {
  'climate-calculation-new': {
    subject: t('{{number}}: новый просчет', '{{number}}: a new calculation'),
    body: t(
      'Просчет {{number}} «{{title}}»: {{category}}. Объект: {{siteName}}, бренд: {{brand}}.',
      'Calculation {{number}} “{{title}}”: {{category}}. Site: {{siteName}}, brand: {{brand}}.',
    ),
  },
  'climate-calculation-yours': {
    subject: t('{{number}}: просчет передан вам', '{{number}}: the calculation is yours'),
    body: t(
      'Просчет {{number}} «{{title}}» передан вам. Объект: {{siteName}}. Плановая дата: {{plannedOn}}.',
      'Calculation {{number}} “{{title}}” was handed to you. Site: {{siteName}}. Planned on {{plannedOn}}.',
    ),
  },
  'climate-calculation-slow': {
    subject: t('{{number}}: просчет ждёт два рабочих дня', '{{number}}: two working days without a result'),
    body: t('Просчет {{number}} «{{title}}» не выполнен.', 'Calculation {{number}} “{{title}}” is not done.'),
  },
  'climate-calculation-late': {
    subject: t('{{number}}: просчет опаздывает', '{{number}}: the calculation is late'),
    body: t(
      'Просчет {{number}} «{{title}}» не выполнен на третий рабочий день. Исполнитель: {{responsible}}.',
      'Calculation {{number}} “{{title}}” is not done on the third working day. It is with {{responsible}}.',
    ),
  },
  'climate-calculation-check': {
    subject: t('{{number}}: проверить выполненную работу', '{{number}}: check the work done'),
    body: t(
      'Просчет {{number}} «{{title}}» выполнен: {{performer}}. Примите работу или верните с комментарием.',
      'Calculation {{number}} “{{title}}” is done by {{performer}}. Accept it, or return it with a comment.',
    ),
  },
  'climate-calculation-returned': {
    subject: t('{{number}}: просчет возвращён', '{{number}}: the calculation is returned'),
    body: t(
      'Просчет {{number}} «{{title}}» возвращён в работу: {{comment}}',
      'Calculation {{number}} “{{title}}” goes back to work: {{comment}}',
    ),
  },
  'climate-quote-ready': {
    subject: t('{{number}}: КП готово к отправке', '{{number}}: the quote may be sent'),
    body: t(
      'Просчет по объекту «{{siteName}}» завершён, КП можно отправлять клиенту.',
      'The calculation for “{{siteName}}” is completed; the quote may be sent to the client.',
    ),
  },
  'climate-service-yours': {
    subject: t('{{number}}: сервисная заявка', '{{number}}: a service request'),
    body: t(
      'Заявка {{number}} «{{title}}» у вас: {{description}}. На гарантии: {{inWarranty}}.',
      'Request {{number}} “{{title}}” is with you: {{description}}. In warranty: {{inWarranty}}.',
    ),
  },
  'climate-service-done': {
    subject: t('{{number}}: сервисная заявка выполнена', '{{number}}: the service request is done'),
    body: t(
      'Заявка {{number}} «{{title}}» выполнена: {{responsible}}.',
      'Request {{number}} “{{title}}” was carried out by {{responsible}}.',
    ),
  },
  'climate-task-yours': {
    subject: t('{{number}}: новая задача', '{{number}}: a new task'),
    body: t(
      '«{{title}}», срок {{due}}. Поставил: {{initiator}}.',
      '“{{title}}”, due {{due}}, set by {{initiator}}.',
    ),
  },
  'climate-task-late': {
    subject: t('{{number}}: срок задачи вышел', '{{number}}: the task is late'),
    body: t('«{{title}}»: срок был {{due}}.', '“{{title}}”: it was due {{due}}.'),
  },
};
