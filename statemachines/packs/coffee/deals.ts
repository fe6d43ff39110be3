import {
  all,
  any,
  anyWith,
  field,
  filled,
  goto,
  headOf,
  is,
  move,
  needs,
  offer,
  pipeline,
  responsible,
  setting,
  t,
  task,
  tell,
  until,
} from '../../vocabulary/index.ts';
import { brands } from './brands.ts';
import { categories, discounts } from './cards.ts';
import { lossReasons } from './loss-reasons.ts';

const toLost = move('lost', ['responsible'], needs('CO-00.7'));
const admin = anyWith('coffee-admin');

/** Another discount may be asked for as long as the offer may change; an invoice of a supplier as long as the deal is open. */
const askDiscount = offer('coffee-discounts', {
  title: t('Запросить скидку', 'Ask for a discount'),
  by: ['responsible'],
  single: false,
  down: { company: 'company' },
  ...needs('CO-06.2'),
});
const fillInvoice = offer('coffee-invoices', {
  title: t('Счет на оплату', 'Invoice to pay'),
  by: ['responsible', 'head'],
  single: false,
  down: { company: 'company' },
  back: { isApproved: 'invoiceApproved' },
  ...needs('CO-07.1'),
});

/** Machines and spare parts, service and repair. */
export const deals = pipeline({
  id: 'coffee-deals',
  kind: 'deal',
  title: t('Оборудование и ЗИП', 'Machines and spare parts'),
  prefix: '',
  numbering: 'coffee',
  start: 'deal-new',
  worth: 'amount',
  ...needs('CO-05.2', 'CO-06.1', 'CO-51.1', 'CO-55.1'),
  fields: {
    company: field.company(t('Компания', 'Company')),
    contact: field.contact(t('Контакт', 'Contact')),
    requestKind: field.enumeration(t('Тип заявки', 'Kind of request'), {
      order: t('Заказ', 'Order'),
      service: t('Сервисное обслуживание', 'Service'),
      repair: t('Ремонт', 'Repair'),
    }),
    text: field.text(t('Что нужно клиенту', 'What the client wants'), { personal: true }),
    letter: field.file(t('Письмо', 'Letter')),
    companyCategory: field.enumeration(t('Категория компании', 'Company category'), categories, {
      follows: { card: 'company', field: 'category' },
    }),
    discounts,
    items: field.rows(t('Товары', 'Items'), {
      product: { type: 'text', title: t('Товар', 'Product'), required: true },
      brand: { type: 'enum', title: t('Бренд', 'Brand'), options: brands, required: true },
      quantity: { type: 'number', title: t('Количество', 'Quantity'), required: true },
      price: { type: 'money', title: t('Цена', 'Price'), currency: 'RUB', required: true },
    }),
    amount: field.computedMoney(
      t('Сумма', 'Amount'),
      'RUB',
      '$sum(items.($floor(quantity * price * (100 - $lookup($$.discounts, brand)) / 100 + 0.5)))',
    ),
    paidByLink: field.total(t('Оплачено по ссылкам', 'Paid by links'), 'RUB', ['payment', 'refund']),
    invoiceNotNeeded: field.boolean(t('Согласовывать счёт не нужно', 'No invoice to approve')),
    invoiceApproved: field.boolean(t('Счёт согласован', 'Invoice approved'), { system: true }),
    paymentDocument: field.file(t('Документ оплаты', 'Payment document')),
    paidAt: field.date(t('Оплачено', 'Paid')),
    lossReason: field.enumeration(t('Причина', 'Loss reason'), lossReasons),
  },
  stages: {
    'deal-new': {
      title: t('Новая сделка', 'New deal'),
      aim: t('Известно, что нужно клиенту и кто он.', 'It is known who the client is and what is wanted.'),
      leave: {
        conditions: [
          {
            condition: any(filled('company'), filled('contact'), is('stage', 'lost')),
            refusal: t('Укажите компанию или контакт', 'Name the company or the contact'),
          },
        ],
      },
      offers: [askDiscount],
      moves: [move('quote', ['responsible']), toLost],
    },
    quote: {
      title: t('Подготовка КП', 'Quote'),
      aim: t('Клиент получил предложение со скидками.', 'The client has an offer with discounts.'),
      offers: [askDiscount, fillInvoice],
      moves: [move('invoice-approval', ['responsible']), move('deal-new', ['responsible']), toLost],
    },
    'invoice-approval': {
      title: t('Согласование счета', 'Invoice approval'),
      aim: t('Счёт согласован.', 'The invoice is approved.'),
      enter: {
        required: ['items'],
        conditions: [
          {
            condition: "('coffee-discounts' in running) = false",
            refusal: t('Запрос скидки ещё не решён', 'A request for a discount is still being decided about'),
          },
        ],
        ...needs('CO-06.2'),
      },
      work: [
        until('wait-for-approval', is('invoiceApproved', true), needs('CO-07.2')),
        goto('awaiting-payment', needs('CO-07.2')),
      ],
      offers: [askDiscount, fillInvoice],
      moves: [move('awaiting-payment', ['system', 'responsible']), move('quote', ['responsible']), toLost],
    },
    'awaiting-payment': {
      title: t('Ожидание оплаты', 'Awaiting payment'),
      aim: t('Деньги пришли.', 'The money has come.'),
      enter: {
        conditions: [
          {
            condition: any(is('invoiceApproved', true), is('invoiceNotNeeded', true)),
            refusal: t(
              'Счёт ещё не согласован; если согласовывать нечего, отметьте это в сделке',
              'The invoice is not approved; if there is none to approve, say so on the deal',
            ),
          },
        ],
        ...needs('CO-07.2'),
      },
      offers: [fillInvoice],
      moves: [move('fulfilment', ['responsible']), move('invoice-approval', ['responsible']), toLost],
    },
    fulfilment: {
      title: t('Отгрузка / выполнение', 'Fulfilment'),
      aim: t('Заказ отгружен или работа сделана.', 'The order is delivered or the work is done.'),
      enter: { required: ['paidAt'], ...needs('CO-08.1') },
      work: [
        task('fulfil', {
          title: t('Выполнить заказ', 'Fulfil the order'),
          who: responsible,
          due: setting('fulfilTime'),
          ...needs('CO-09.1'),
        }),
      ],
      offers: [fillInvoice],
      moves: [move('won', ['responsible']), move('awaiting-payment', ['responsible']), toLost],
    },
    won: {
      title: t('Закрыта успешно', 'Closed and won'),
      aim: t('Сумма учтена в общей сумме компании.', 'The amount is part of the company’s total.'),
      outcome: 'won',
      enter: {
        required: ['paymentDocument'],
        conditions: [
          {
            condition: all(filled('amount'), 'amount > 0'),
            refusal: t('Сумма должна быть больше нуля', 'The amount has to be more than zero'),
          },
          {
            condition: any(filled('company'), filled('contact')),
            refusal: t('Укажите компанию или контакт', 'Name the company or the contact'),
          },
        ],
        unmet: 'rollback',
        tell: tell([responsible, headOf(responsible)], 'coffee-deal-not-closed'),
        ...needs('CO-10.2'),
      },
      moves: [move('fulfilment', [admin])],
      ...needs('CO-10.1', 'CO-53.1'),
    },
    lost: {
      title: t('Закрыта неуспешно', 'Closed and lost'),
      aim: t('Причина известна.', 'The reason is known.'),
      outcome: 'lost',
      enter: { required: ['lossReason'], ...needs('CO-11.1') },
      moves: [move('deal-new', [admin])],
    },
  },
});
