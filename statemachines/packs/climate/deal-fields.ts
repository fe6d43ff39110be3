import { anyWith, field, t } from '../../vocabulary/index.ts';
import { calculationsOfDeal, quoteFields, resultFields, siteFields } from './site-fields.ts';
import { heads, managers } from './who.ts';

export const refusalReasons = {
  expensive: t('Дорого', 'Too expensive'),
  competitor: t('Выбрали конкурента', 'A competitor was chosen'),
  cancelled: t('Проект отменён', 'The project was cancelled'),
  silent: t('Нет ответа', 'No answer'),
  other: t('Другое', 'Other'),
};

const accountants = [anyWith('climate-accountant'), ...heads];
const orders = [anyWith('climate-logist'), ...managers];

/** Everything known of a deal. */
export const dealFields = {
  ...siteFields,
  ...resultFields,
  ...quoteFields,
  ...calculationsOfDeal,
  autoSendQuote: field.boolean(t('Отправить КП автоматически', 'Send the quote automatically')),

  invoiceIssued: field.boolean(t('Выставить счет', 'Issue the invoice'), {
    writtenBy: [...managers, anyWith('climate-accountant'), anyWith('climate-logist')],
  }),
  contractState: field.enumeration(
    t('Договор', 'Contract'),
    { ready: t('Готов', 'Ready'), 'not-required': t('Не требуется', 'Not required') },
    { writtenBy: [...managers, anyWith('climate-lawyer')] },
  ),
  contractFile: field.file(t('Договор файл', 'Contract file'), {
    writtenBy: [...managers, anyWith('climate-lawyer')],
  }),
  paymentReceived: field.boolean(t('Поступление оплаты', 'Payment received'), { writtenBy: accountants }),
  paymentReceivedAt: field.date(t('Когда оплата поступила', 'When the payment came'), {
    writtenBy: accountants,
  }),
  order1cNumber: field.text(t('Номер заказа в 1С', 'Order number in 1C'), { max: 60, writtenBy: orders }),
  dealTotalUsd: field.money(t('Сумма сделки $', 'Deal total $'), 'USD', { writtenBy: orders }),

  receivedUah: field.total(t('Сумма ГРН', 'Received UAH'), 'UAH', ['payment']),
  receivedUsd: field.total(t('Сумма полученных $', 'Received $'), 'USD', ['payment']),
  shippedUsd: field.total(t('Сумма отгрузки $', 'Shipped $'), 'USD', ['shipment']),
  balanceUsd: field.computedMoney(
    t('Остаток к оплате $', 'Balance to pay $'),
    'USD',
    'dealTotalUsd - receivedUsd',
  ),
  undeliveredUsd: field.computedMoney(
    t('Не отгружено по оплате $', 'Paid and not shipped $'),
    'USD',
    'receivedUsd - shippedUsd',
  ),
  unshippedUsd: field.computedMoney(
    t('Осталось отгрузить $', 'Left to ship $'),
    'USD',
    'dealTotalUsd - shippedUsd',
  ),

  serialNumbersFile: field.file(t('Документ с серийными номерами', 'Document of serial numbers')),
  warrantyStart: field.date(t('Дата, с которой начинается гарантия', 'Day from which the warranty runs')),
  warrantyMonths: field.number(t('Срок действия гарантии, месяцев', 'Warranty, months')),
  warrantyEnd: field.computed(
    t('Окончание гарантии', 'End of the warranty'),
    '$exists(warrantyStart) and $exists(warrantyMonths) ? $edate(warrantyStart, warrantyMonths) : $nothing',
  ),
  bonusUnpaid: field.accrued(t('Бонусы к выплате $', 'Bonuses to pay $'), 'USD', 'unpaid'),

  unfreezeOn: field.date(t('Дата разморозки', 'Day of the thaw')),
  thawedOn: field.date(t('Разморожена', 'Thawed'), { system: true }),
  refusalReason: field.enumeration(t('Причина отказа', 'Reason for the refusal'), refusalReasons),
  refusalNote: field.text(t('Примечание', 'Note')),

  scenario: field.computed(t('Сценарий', 'Scenario'), "$exists(calculations) ? 'sale-with-design' : 'sale'"),
};
