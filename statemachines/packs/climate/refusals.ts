import { t } from '../../vocabulary/index.ts';

export const noAssignee = t('Выберите исполнителя.', 'Choose who works the deal.');
export const noQuote = t(
  'Нужен завершённый просчет или файл КП.',
  'A completed calculation is needed, or the file of a quote.',
);
export const noContractFile = t(
  'Договор отмечен готовым: приложите «Договор файл».',
  'The contract is marked ready: attach the contract file.',
);
export const noTotal = t('«Сумма сделки $» должна быть больше нуля.', 'The deal total must be above zero.');
export const notShipped = t(
  'Отгружено не всё: осталось {{unshippedUsd}}.',
  'Not all is shipped: {{unshippedUsd}} remain.',
);
export const overShipped = t(
  'Отгружено {{shippedUsd}}, это больше суммы сделки {{dealTotalUsd}}.',
  '{{shippedUsd}} is shipped, which is more than the deal total of {{dealTotalUsd}}.',
);
export const bonusUnpaid = t(
  'Бонусы ещё не выплачены: {{bonusUnpaid}}.',
  'Bonuses are not paid yet: {{bonusUnpaid}}.',
);
export const thawInPast = t(
  'Дата разморозки должна быть позже сегодняшней ({{today}}).',
  'The day of the thaw must be after today ({{today}}).',
);
