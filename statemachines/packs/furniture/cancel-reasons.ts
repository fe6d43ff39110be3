import { t } from '../../vocabulary/index.ts';

/** Why orders are cancelled: the options of the field and the first entries of the directory. */
export const cancelReasons = {
  price: t('Дорого', 'Too expensive'),
  term: t('Не устроил срок', 'Takes too long'),
  competitor: t('Заказали у других', 'Ordered elsewhere'),
  'no-need': t('Передумали', 'Changed their mind'),
  site: t('Объект не готов', 'The site is not ready'),
  other: t('Другое', 'Other'),
};
