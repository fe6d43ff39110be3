import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** What managers answer with one click; the head of sales keeps the list. */
export const directories: Pack['directories'] = [
  {
    id: 'quick-replies',
    title: t('Быстрые ответы', 'Quick replies', 'Răspunsuri rapide'),
    editedBy: ['footwear-head-of-sales'],
    entries: [
      {
        id: 'price-and-sizes',
        title: t('Цена и размеры', 'Price and sizes', 'Prețul și mărimile'),
        data: {
          order: 1,
          text: t(
            'Здравствуйте! Напишите, пожалуйста, модель и длину стопы — подскажем цену и размер.',
            'Hello! Please tell us the model and the length of your foot: we will name the price and the size.',
            'Bună ziua! Scrieți-ne modelul și lungimea tălpii, vă spunem prețul și mărimea.',
          ),
        },
        active: true,
      },
      {
        id: 'delivery',
        title: t('Доставка', 'Delivery', 'Livrarea'),
        data: {
          order: 2,
          text: t(
            'Отправляем почтой или курьером по всей стране, 1–3 дня.',
            'We ship by post or courier all over the country, 1 to 3 days.',
            'Expediem prin poștă sau curier în toată țara, 1–3 zile.',
          ),
        },
        active: true,
      },
      {
        id: 'where-is-it',
        title: t('Где мой заказ', 'Where is my order', 'Unde este comanda mea'),
        data: {
          order: 3,
          text: t(
            'Состояние заказа и номер посылки: {{trackingLink}}',
            'The state of your order and the parcel number: {{trackingLink}}',
            'Starea comenzii și numărul coletului: {{trackingLink}}',
          ),
        },
        active: true,
      },
    ],
  },
];
