import { t } from '../../vocabulary/index.ts';

const asked = t('Запрос получен, скоро ответим', 'We have your request and will answer soon');
const offered = t('Готовим предложение', 'We are preparing an offer');
const agreed = t('Согласуем договор', 'The contract is being agreed');
const thanks = t('Заказ выполнен, спасибо', 'The order is complete, thank you');
const over = t('Заказ отменён', 'The order was cancelled');

/** What the client of an order of goods sees. */
export const trackingOfGoods = {
  stages: {
    unprocessed: asked,
    'express-identification': asked,
    'invoice-quote': offered,
    contract: agreed,
    picking: t('Собираем заказ', 'The order is being packed'),
    shipment: t('Отправляем заказ', 'The order is being sent'),
    'wrap-up': t('Заказ передан вам', 'The order was handed over'),
    won: thanks,
    lost: over,
  },
  fields: ['dealTotal', 'paidTotal', 'deliveryTerms', 'trackNumber'],
  documents: ['quoteFile', 'invoiceFile'],
  pay: true,
  parcel: true,
} as const;

/** What the client of a service sees. */
export const trackingOfServices = {
  stages: {
    unprocessed: asked,
    'primary-identification': asked,
    'invoice-quote': offered,
    contract: agreed,
    'awaiting-visit': t('Готовим выезд к вам', 'The visit to you is being prepared'),
    'in-progress': t('Работы идут', 'The work is under way'),
    'wrap-up': t('Работы выполнены, готовим документы', 'The work is done, the documents are being prepared'),
    won: thanks,
    lost: over,
  },
  fields: ['dealTotal', 'paidTotal', 'plannedReadinessDate'],
  documents: ['quoteFile', 'invoiceFile', 'reportFile'],
  pay: true,
} as const;
