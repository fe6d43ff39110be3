import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What people are told: the buyer first. None of it holds a price: field crews read the same words. */
export const messages: Pack['messages'] = {
  'order-in-work': {
    subject: t('Заказ {{number}} в производстве', 'Order {{number}} is being made'),
    body: t(
      'Здравствуйте!\n\nВаш заказ {{number}} в производстве, срок — {{productionDueAt}}. Что с ним происходит, видно здесь:\n\n{{trackingLink}}\n\nВаш менеджер: {{responsible}}',
      'Hello,\n\nyour order {{number}} is being made and will be ready by {{productionDueAt}}. What becomes of it is seen here:\n\n{{trackingLink}}\n\nYour manager: {{responsible}}',
    ),
  },
  'visit-booked': {
    subject: t('{{number}}: вы назначены на выезд', '{{number}}: a visit is planned for you'),
    body: t(
      'Заказ {{number}} «{{title}}».\n\nЗамер: {{measurementAt}}\nДоставка: {{deliveryAt}}\nМонтаж: {{installationAt}}\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Order {{number}} “{{title}}”.\n\nMeasurement: {{measurementAt}}\nDelivery: {{deliveryAt}}\nInstallation: {{installationAt}}\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },
  'visit-moved': {
    subject: t('{{number}}: выезд перенесён', '{{number}}: your visit was moved'),
    body: t(
      'Заказ {{number}} «{{title}}», новое время.\n\nЗамер: {{measurementAt}}\nДоставка: {{deliveryAt}}\nМонтаж: {{installationAt}}',
      'Order {{number}} “{{title}}”, a new time.\n\nMeasurement: {{measurementAt}}\nDelivery: {{deliveryAt}}\nInstallation: {{installationAt}}',
    ),
  },
  'visit-cancelled': {
    subject: t('{{number}}: выезд отменён', '{{number}}: your visit is cancelled'),
    body: t(
      'Заказ {{number}} «{{title}}»: ехать не нужно. Было назначено:\n\nЗамер: {{measurementAt}}\nДоставка: {{deliveryAt}}\nМонтаж: {{installationAt}}',
      'Order {{number}} “{{title}}”: you need not go. It was planned:\n\nMeasurement: {{measurementAt}}\nDelivery: {{deliveryAt}}\nInstallation: {{installationAt}}',
    ),
  },
  'measurement-tomorrow': {
    subject: t('{{number}}: завтра замер', '{{number}}: a measurement tomorrow'),
    body: t(
      'Замер: {{measurementAt}}.\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Measurement: {{measurementAt}}.\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },
  'measurement-today': {
    subject: t('{{number}}: сегодня замер', '{{number}}: a measurement today'),
    body: t(
      'Замер: {{measurementAt}}.\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Measurement: {{measurementAt}}.\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },
  'delivery-tomorrow': {
    subject: t('{{number}}: завтра доставка', '{{number}}: a delivery tomorrow'),
    body: t(
      'Доставка: {{deliveryAt}}.\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Delivery: {{deliveryAt}}.\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },
  'delivery-today': {
    subject: t('{{number}}: сегодня доставка', '{{number}}: a delivery today'),
    body: t(
      'Доставка: {{deliveryAt}}.\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Delivery: {{deliveryAt}}.\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },
  'installation-tomorrow': {
    subject: t('{{number}}: завтра монтаж', '{{number}}: an installation tomorrow'),
    body: t(
      'Монтаж: {{installationAt}}.\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Installation: {{installationAt}}.\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },
  'installation-today': {
    subject: t('{{number}}: сегодня монтаж', '{{number}}: an installation today'),
    body: t(
      'Монтаж: {{installationAt}}.\n\nАдрес: {{siteAddress}}\nПокупатель: {{buyerName}}, {{buyerPhone}}',
      'Installation: {{installationAt}}.\n\nAddress: {{siteAddress}}\nBuyer: {{buyerName}}, {{buyerPhone}}',
    ),
  },

  'order-moved': {
    subject: t('{{number}}: {{stage}}', '{{number}}: {{stage}}'),
    body: t(
      'Заказ {{number}} «{{title}}» перешёл на стадию «{{stage}}».',
      'Order {{number}} “{{title}}” has come to “{{stage}}”.',
    ),
  },
  'task-done': {
    subject: t('{{number}}: «{{task}}» выполнена', '{{number}}: “{{task}}” is done'),
    body: t(
      'Заказ {{number}} «{{title}}»: задача «{{task}}» закрыта.',
      'Order {{number}} “{{title}}”: the task “{{task}}” is closed.',
    ),
  },
  measured: {
    subject: t('{{number}}: замер выполнен', '{{number}}: measured'),
    body: t(
      'Заказ {{number}} «{{title}}»: данные замера загружены. Уточните детали с заказчиком и заключите договор.',
      'Order {{number}} “{{title}}”: the data of the measurement are loaded. Agree on the details and conclude the contract.',
    ),
  },
  produced: {
    subject: t('{{number}}: заказ изготовлен', '{{number}}: the order is made'),
    body: t(
      'Заказ {{number}} «{{title}}» изготовлен. Передайте его в подготовку к отгрузке.',
      'Order {{number}} “{{title}}” is made. Move it on to the preparation for shipment.',
    ),
  },
  prepared: {
    subject: t('{{number}}: готово к отгрузке', '{{number}}: ready for shipment'),
    body: t(
      'Заказ {{number}} «{{title}}» упакован и проверен. Назначьте доставку.',
      'Order {{number}} “{{title}}” is packed and checked. Plan the delivery.',
    ),
  },
  delivered: {
    subject: t('{{number}}: доставлено', '{{number}}: delivered'),
    body: t(
      'Заказ {{number}} «{{title}}» доставлен. Назначьте монтаж.',
      'Order {{number}} “{{title}}” is delivered. Plan the installation.',
    ),
  },
  installed: {
    subject: t('{{number}}: монтаж выполнен, {{installResult}}', '{{number}}: installed, {{installResult}}'),
    body: t(
      'Заказ {{number}} «{{title}}»: {{installResult}}. {{installNotes}}\n\nБез замечаний заказ можно закрыть, с замечаниями — передать на доработку. Решаете вы.',
      'Order {{number}} “{{title}}”: {{installResult}}. {{installNotes}}\n\nWithout remarks the order may be closed, with issues it goes to rework. You decide.',
    ),
  },
  reworked: {
    subject: t('{{number}}: доработано', '{{number}}: reworked'),
    body: t(
      'Заказ {{number}} «{{title}}»: замечания устранены, новое фото загружено.',
      'Order {{number}} “{{title}}”: the issues are mended, a new photo is loaded.',
    ),
  },
  'production-late': {
    subject: t('{{number}}: срок производства вышел', '{{number}}: production is late'),
    body: t(
      'Заказ {{number}} «{{title}}»: срок был {{due}}, задача «{{task}}» открыта.',
      'Order {{number}} “{{title}}”: it was due {{due}}, the task “{{task}}” is open.',
    ),
  },
  'move-undone': {
    subject: t('{{number}}: переход отменён', '{{number}}: a move was undone'),
    body: t(
      'Заказ {{number}} «{{title}}» возвращён на стадию «{{stage}}». Не хватает: {{missing}}',
      'Order {{number}} “{{title}}” is back on “{{stage}}”. Missing: {{missing}}',
    ),
  },
  'chat-message': {
    subject: t('{{number}}: сообщение в чате', '{{number}}: a message in the chat'),
    body: t('{{author}}: {{comment}}', '{{author}}: {{comment}}'),
  },
  'chat-mention': {
    subject: t('{{number}}: {{author}} обращается к вам', '{{number}}: {{author}} calls you'),
    body: t('{{author}}: {{comment}}', '{{author}}: {{comment}}'),
  },
};
