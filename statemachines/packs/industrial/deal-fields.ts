import { field, t } from '../../vocabulary/index.ts';
import { lossReasons } from './loss-reasons.ts';

/** What a deal of either pipeline knows. Each pipeline adds its own. */
export const dealFields = {
  company: field.company(t('Компания', 'Company')),
  contact: field.contact(t('Контакт', 'Contact')),
  payerKind: field.enumeration(t('Тип плательщика', 'Kind of payer'), {
    legal: t('Юридическое лицо', 'Legal person'),
    person: t('Физическое лицо', 'Natural person'),
  }),
  quoteFile: field.file(t('КП', 'Quote'), { personal: true }),
  invoiceFile: field.file(t('Счет', 'Invoice')),
  quoteFeedbackDate: field.datetime(t('Дата получения обратной связи по КП', 'Quote feedback date')),
  contractNeeded: field.enumeration(t('Нужен ли договор', 'Contract needed'), {
    yes: t('Да', 'Yes'),
    no: t('Нет', 'No'),
  }),
  contractFeedbackDate: field.datetime(
    t('Дата получения обратной связи по Договору', 'Contract feedback date'),
  ),
  contractDraft: field.file(t('Проект договора', 'Contract draft')),
  contractSentAt: field.date(t('Договор отправлен', 'Contract sent')),
  contractSignedAt: field.date(t('Дата подписания договора', 'Contract signed')),
  dealTotal: field.money(t('Сумма сделки', 'Deal total'), 'RUB'),
  paidTotal: field.total(t('Сумма оплаты', 'Paid'), 'RUB', ['payment', 'refund']),
  debt: field.computedMoney(t('Сумма долга клиента', "Client's debt"), 'RUB', 'dealTotal - paidTotal'),
  hasOriginals: field.boolean(t('Есть оригиналы документов', 'Originals received')),
  lossReason: field.enumeration(t('Причина проигрыша', 'Loss reason'), lossReasons),
  lossComment: field.text(t('Комментарий к проигрышу', 'Loss comment'), { personal: true }),
} as const;
