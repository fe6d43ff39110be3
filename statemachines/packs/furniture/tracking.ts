import { t } from '../../vocabulary/index.ts';

/** What a buyer sees of their order. */
export const tracking = {
  stages: {
    'order-intake': t('Заказ принят', 'The order was taken'),
    measurement: t('Назначаем замер', 'A measurement is being arranged'),
    'deal-conclusion': t('Готовим договор', 'The contract is being prepared'),
    production: t('Заказ в производстве', 'The order is being made'),
    'shipment-prep': t('Готовим к отправке', 'The order is being packed'),
    delivery: t('Заказ едет к вам', 'The order is on its way to you'),
    installation: t('Монтаж', 'Installation'),
    rework: t('Исправляем замечания', 'Your remarks are being worked on'),
    closed: t('Заказ закончен, спасибо', 'The order is complete, thank you'),
  },
  fields: ['total', 'measurementAt', 'productionDueAt', 'deliveryAt', 'installationAt'],
  documents: ['contractFile'],
} as const;
