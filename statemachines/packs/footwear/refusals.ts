import { t } from '../../vocabulary/index.ts';

export const noItems = t(
  'Внесите хотя бы один товар с ценой',
  'Enter at least one item with its price',
  'Introduceți cel puțin un produs cu preț',
);
export const noAdvance = t(
  'Сначала внесите аванс: его подтвердит бухгалтер',
  'Enter the advance first: the accountant confirms it',
  'Introduceți mai întâi avansul: contabilul îl confirmă',
);
export const notAllowed = t(
  'Отправка не разрешена: нужна полная оплата или оплата на почте',
  'Dispatch is not permitted: it takes full payment, or payment at the post office',
  'Expedierea nu este permisă: e nevoie de plata integrală sau de plata la oficiu',
);
export const notPaidBefore = t(
  'Доплату проверяют, только если оплата полностью до отправки',
  'The rest is checked where all is paid before dispatch',
  'Plata suplimentară se verifică doar la plata integrală înainte de expediere',
);

export const notSettled = t(
  'Оплаты не сходятся с суммой сделки',
  'The payments differ from the order total',
  'Plățile diferă de suma tranzacției',
);
export const notGranted = t('Зарплата не начислена', 'The pay is not granted', 'Salariul nu este calculat');
