import { t } from '../../vocabulary/index.ts';

/** Why deals are lost. */
export const lossReasons = {
  price: t('Дорого', 'Too expensive'),
  term: t('Не устроил срок', 'Delivery too late'),
  competitor: t('Выбрали конкурента', 'Went to a competitor'),
  'no-need': t('Потребность отпала', 'No longer needed'),
  other: t('Другое', 'Other'),
};
