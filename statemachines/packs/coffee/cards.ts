import type { Pack } from '../../../schemas/pack.ts';
import { anyWith, field, t } from '../../vocabulary/index.ts';

/** What kind of client a company is: by field of activity, or by where it is. */
export const categories = {
  horeca: t('HoReCa', 'HoReCa'),
  office: t('Офис', 'Office'),
  retail: t('Торговля', 'Retail'),
  vending: t('Вендинг', 'Vending'),
  abroad: t('Зарубежный клиент', 'Client abroad'),
};

/** Who changes a discount directly; everybody else asks for it. */
export const discountEditors = [anyWith('coffee-admin')];

/** The section of brands on the cards of deals and companies. */
export const discounts = field.rates(t('Скидки', 'Discounts'), 'coffee-brands', discountEditors);

/** Further fields of the cards of companies. */
export const cards: NonNullable<Pack['cards']> = {
  company: {
    category: { type: 'enum', title: t('Категория компании', 'Company category'), options: categories },
    discounts: {
      type: 'rates',
      title: discounts.title,
      directory: discounts.directory,
      editedBy: discountEditors,
      per: 'company',
    },
  },
};
