import { field, t } from '../../vocabulary/index.ts';
import { moneyFields } from './money-fields.ts';

const currency = 'MDL';

/** Roles that see no money and no client: they make the shoes. */
const makers = ['footwear-production'];
const hidden = { hiddenFrom: makers };

/** What an order knows. */
export const fields = {
  client: field.contact(t('Клиент', 'Client', 'Client'), hidden),
  channel: field.enumeration(t('Канал', 'Channel', 'Canal'), {
    instagram: t('Instagram', 'Instagram', 'Instagram'),
    facebook: t('Facebook', 'Facebook', 'Facebook'),
  }),
  urgent: field.boolean(t('Срочно', 'Urgent', 'Urgent')),
  items: field.rows(t('Товары', 'Items', 'Produse'), {
    model: { title: t('Модель', 'Model', 'Model'), type: 'text', required: true },
    size: { title: t('Размер', 'Size', 'Mărime'), type: 'text', required: true },
    colour: { title: t('Цвет', 'Colour', 'Culoare'), type: 'text', required: true },
    qty: { title: t('Количество', 'Quantity', 'Cantitate'), type: 'number', required: true },
    price: { title: t('Цена', 'Price', 'Preț'), type: 'money', currency, required: true, ...hidden },
    photo: { title: t('Фото', 'Photo', 'Fotografie'), type: 'file' },
    fromStock: { title: t('Со склада', 'From stock', 'Din depozit'), type: 'boolean' },
    sent: { title: t('Отправлено', 'Sent', 'Expediat'), type: 'boolean' },
    /** the client gave it back; the line stays as it was */
    returned: { title: t('Возвращено', 'Returned', 'Returnat'), type: 'boolean' },
  }),
  productPhoto: field.files(t('Фотография товара', 'Product photo', 'Fotografia produsului'), {
    images: true,
    max: 10,
  }),
  itemCount: field.computed(
    t('Количество товара', 'Number of items', 'Cantitatea produselor'),
    '$sum(items[$not(returned = true)].qty)',
  ),
  /** of those the client keeps: how many still have to be made */
  toMake: field.computed(
    t('Изготовить', 'To make', 'De produs'),
    '$sum(items[$not(returned = true) and $not(fromStock = true) and $not(sent = true)].qty)',
  ),
  returnedCount: field.computed(
    t('Возвращено штук', 'Items returned', 'Bucăți returnate'),
    '$sum(items[returned = true].qty)',
  ),
  discount: field.money(t('Скидка', 'Discount', 'Reducere'), currency, hidden),
  advanceDue: field.money(t('Аванс', 'Advance', 'Avans'), currency, hidden),
  paymentMode: field.enumeration(
    t('Условия оплаты', 'Payment terms', 'Condiții de plată'),
    {
      'full-before-dispatch': t(
        'Полная оплата до отправки',
        'In full before dispatch',
        'Plata integrală înainte de expediere',
      ),
      'on-delivery': t(
        'Оплата на почте при получении',
        'At the post office on receipt',
        'Plată la oficiu la primire',
      ),
    },
    hidden,
  ),
  shippingAllowed: field.boolean(t('Отправка разрешена', 'Dispatch permitted', 'Expediere permisă')),
  shipTo: field.text(t('Адрес', 'Address', 'Adresa'), { max: 500, personal: true, ...hidden }),
  parcelNumber: field.text(t('Номер посылки', 'Parcel number', 'Număr colet'), {
    max: 60,
    personal: true,
    search: true,
  }),
  shippedAt: field.datetime(t('Дата отправки', 'Shipped', 'Data expedierii')),
  returnReason: field.enumeration(t('Причина возврата', 'Reason of the return', 'Motivul returnării'), {
    size: t('Не подошёл размер', 'The size does not fit', 'Mărimea nu se potrivește'),
    model: t('Не понравилась модель', 'The model is not liked', 'Modelul nu place'),
    other: t('Другое', 'Other', 'Altele'),
  }),
  returnMode: field.enumeration(t('Возврат или обмен', 'Return or exchange', 'Retur / Schimb'), {
    return: t('Возврат', 'Return', 'Returnare'),
    exchange: t('Обмен товара', 'Exchange', 'Schimb de produse'),
  }),
  refusalReason: field.enumeration(t('Причина отказа', 'Reason of the refusal', 'Motivul refuzului'), {
    price: t('Дорого', 'Too expensive', 'Prea scump'),
    size: t('Нет размера', 'No such size', 'Nu este mărimea'),
    term: t('Долго ждать', 'Takes too long', 'Termen prea lung'),
    silent: t('Клиент не отвечает', 'Client does not answer', 'Clientul nu răspunde'),
    other: t('Другое', 'Other', 'Altele'),
  }),
  ...moneyFields,
} as const;
