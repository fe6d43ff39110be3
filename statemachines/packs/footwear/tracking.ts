import { t } from '../../vocabulary/index.ts';

/** What a client sees of their order. */
export const tracking = {
  stages: {
    'new-request': t('Запрос получен', 'We have your request', 'Cererea este primită'),
    negotiation: t('Согласуем заказ', 'The order is being agreed', 'Stabilim comanda'),
    'advance-check': t('Проверяем аванс', 'Your advance is being checked', 'Verificăm avansul'),
    production: t('Шьём вашу обувь', 'Your shoes are being made', 'Vă confecționăm încălțămintea'),
    'ready-to-ship': t('Готово к отправке', 'Ready to be sent', 'Gata pentru expediere'),
    'additional-payment': t('Ждём доплату', 'The rest is to be paid', 'Așteptăm restul de plată'),
    'in-transit': t('Посылка в пути', 'The parcel is on its way', 'Coletul este pe drum'),
    return: t('Оформляем возврат', 'The return is being arranged', 'Perfectăm returul'),
    'final-check': t(
      'Заказ выполнен, спасибо',
      'The order is complete, thank you',
      'Comanda este îndeplinită, mulțumim',
    ),
    archive: t(
      'Заказ выполнен, спасибо',
      'The order is complete, thank you',
      'Comanda este îndeplinită, mulțumim',
    ),
    refused: t('Заказ отменён', 'The order was cancelled', 'Comanda este anulată'),
  },
  fields: ['orderTotal', 'paidTotal', 'remaining', 'parcelNumber', 'shippedAt'],
} as const;
