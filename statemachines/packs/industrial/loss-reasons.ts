import { t } from '../../vocabulary/index.ts';

/** Why deals are lost: the options of the field and the first entries of the directory. */
export const lossReasons = {
  price: t('Дорого', 'Too expensive'),
  term: t('Не устроил срок', 'Delivery too late'),
  competitor: t('Выбрали конкурента', 'Went to a competitor'),
  'no-need': t('Потребность отпала', 'No longer needed'),
  silent: t('Клиент не отвечает', 'Client does not answer'),
  other: t('Другое', 'Other'),
};
