import { field, setting, t } from '../../vocabulary/index.ts';
import { cancelReasons } from './cancel-reasons.ts';
import { fieldRoles, office } from './who.ts';

const commercial = { hiddenFrom: fieldRoles, writtenBy: office };
const agreed = { writtenBy: office };
const visit = { booked: 'visit-booked', moved: 'visit-moved', cancelled: 'visit-cancelled' };

/** Dates that tasks stamp when they are done: nobody writes them by hand. */
const stamp = { system: true };

/** What an order knows. */
export const fields = {
  contact: field.contact(t('Данные покупателя', 'Buyer'), agreed),
  company: field.company(t('Компания покупателя', "Buyer's company"), agreed),
  /** of the buyer's card, so that crews read them on the order and need no right to contacts */
  buyerName: field.text(t('Имя покупателя', "Buyer's name"), {
    follows: { card: 'contact', field: 'name' },
    personal: true,
  }),
  buyerPhone: field.text(t('Телефон покупателя', "Buyer's phone"), {
    follows: { card: 'contact', field: 'phone' },
    personal: true,
  }),
  segment: field.enumeration(
    t('Сегмент', 'Segment'),
    { retail: t('Розница', 'Retail'), corporate: t('Юрлицо', 'Corporate') },
    agreed,
  ),
  productKinds: field.several(
    t('Изделия', 'Products'),
    { furniture: t('Мебель', 'Furniture'), doors: t('Двери', 'Doors') },
    agreed,
  ),
  siteAddress: field.text(t('Адрес объекта', 'Site address'), { ...agreed, personal: true, max: 300 }),
  mapLink: field.text(t('Ссылка на карту', 'Map link'), { ...agreed, personal: true, max: 300 }),

  contractDraft: field.file(t('Проект договора', 'Contract draft'), { ...commercial, personal: true }),
  buyerRequirements: field.file(t('Требования покупателя', "Buyer's requirements"), agreed),
  buyerWishes: field.text(t('Требования покупателя, текстом', "Buyer's requirements in words"), agreed),
  techCalculations: field.file(
    t('Первичные технологические расчеты', 'Primary technological calculations'),
    agreed,
  ),

  paidByLink: field.total(t('Оплачено по ссылкам', 'Paid by links'), 'RUB', ['payment', 'refund'], {
    hiddenFrom: fieldRoles,
  }),

  measurementAt: field.slot(t('Дата выхода на замер', 'Measurement visit'), {
    role: 'furniture-measurer',
    length: setting('measurementLength'),
    tell: visit,
    ...agreed,
  }),
  ownSizes: field.boolean(t('Замер не нужен: размеры покупателя', "No visit: the buyer's own sizes"), agreed),
  measurements: field.rows(t('Данные замера', 'Measurements'), {
    place: { type: 'text', title: t('Место', 'Place'), required: true },
    width: { type: 'number', title: t('Ширина, мм', 'Width, mm') },
    height: { type: 'number', title: t('Высота, мм', 'Height, mm') },
    depth: { type: 'number', title: t('Глубина, мм', 'Depth, mm') },
    note: { type: 'text', title: t('Примечание', 'Note') },
  }),
  measurementFiles: field.files(t('Файлы и фото замера', 'Files and photos of the measurement')),
  measuredAt: field.date(t('Замер выполнен', 'Measured'), stamp),

  decor: field.text(t('Декор', 'Decor'), agreed),
  finishing: field.text(t('Обработка', 'Finishing'), agreed),
  extraWorks: field.rows(
    t('Дополнительные работы', 'Extra works'),
    {
      title: { type: 'text', title: t('Работа', 'Work'), required: true },
      price: {
        type: 'money',
        currency: 'RUB',
        title: t('Цена', 'Price'),
        required: true,
        hiddenFrom: fieldRoles,
      },
    },
    agreed,
  ),
  paymentTerms: field.enumeration(
    t('Условия оплаты', 'Payment terms'),
    {
      prepaid: t('100 % предоплата', 'Prepaid in full'),
      half: t('50/50', 'Half and half'),
      'on-fact': t('По факту', 'On completion'),
    },
    commercial,
  ),
  paymentNote: field.text(t('Условия оплаты, пояснение', 'Payment terms, note'), commercial),
  baseTotal: field.money(t('Стоимость изделий', 'Price of the products'), 'RUB', commercial),
  total: field.computedMoney(
    t('Сумма заказа', 'Order total'),
    'RUB',
    'baseTotal + ($exists(extraWorks) ? $sum(extraWorks.price) : 0)',
    { hiddenFrom: fieldRoles },
  ),
  contractFile: field.file(t('Договор', 'Contract'), { ...commercial, personal: true }),
  contractSignedAt: field.date(t('Договор заключен', 'Contract concluded'), stamp),

  productionDueAt: field.date(t('Срок производства', 'Production due'), agreed),
  producedAt: field.date(t('Изготовлено', 'Made'), stamp),
  preparedAt: field.date(t('Подготовлено к отгрузке', 'Prepared for shipment'), stamp),

  deliveryAt: field.slot(t('Дата доставки', 'Delivery'), {
    role: 'furniture-delivery',
    length: setting('deliveryLength'),
    tell: visit,
    ...agreed,
  }),
  deliveredAt: field.date(t('Доставлено', 'Delivered'), stamp),

  installationAt: field.slot(t('Дата монтажа', 'Installation'), {
    role: 'furniture-installer',
    length: setting('installationLength'),
    people: 'several',
    tell: visit,
    ...agreed,
  }),
  installPhotos: field.files(
    t('Фотографии собранной мебели / установленных дверей', 'Photos of the work done'),
    { images: true },
  ),
  installResult: field.enumeration(t('Результат монтажа', 'Result of the installation'), {
    ok: t('Без замечаний', 'No remarks'),
    issues: t('Есть замечания', 'Issues'),
  }),
  installNotes: field.text(t('Замечания по монтажу', 'Issues of the installation')),
  installedAt: field.date(t('Смонтировано', 'Installed'), stamp),

  reworkNotes: field.text(t('Что доработать', 'What to rework'), agreed),
  reworkBy: field.user(t('Кто дорабатывает', 'Who reworks'), agreed),
  reworkPhotos: field.files(t('Фото доработки', 'Photos of the rework'), { images: true }),
  reworkPhotoCount: field.computed(
    t('Фото доработки, штук', 'Photos of the rework, how many'),
    '$exists(reworkPhotos) ? $count(reworkPhotos) : 0',
  ),
  reworkedAt: field.date(t('Доработано', 'Reworked'), stamp),
  reworkRound: field.number(t('Круг доработки', 'Round of rework'), stamp),

  cancelReason: field.enumeration(t('Причина отмены', 'Reason of the cancellation'), cancelReasons, agreed),
  result: field.computed(
    t('Итог', 'Result'),
    "$exists(outcome) ? (outcome = 'lost' ? 'cancelled' : $exists(reworkRound) ? 'success-after-rework' : 'success')",
  ),
  leadTimeDays: field.computed(
    t('Срок выполнения, дней', 'Lead time, days'),
    '$daysBetween($substring(createdAt, 0, 10), $substring(closedAt, 0, 10))',
  ),
} as const;
