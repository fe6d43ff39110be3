import { field, t } from '../../vocabulary/index.ts';

/** What is known of a site: by its deal, and by the calculations made for it. */
export const siteFields = {
  dealType: field.enumeration(t('Тип', 'Type'), {
    supply: t('Поставка', 'Supply'),
    'supply-and-installation': t('Поставка и монтаж', 'Supply and installation'),
    tender: t('Тендер', 'Tender'),
  }),
  siteName: field.text(t('Объект', 'Site'), { max: 200, search: true }),
  address: field.address(t('Адрес', 'Address'), { search: true }),
  brand: field.enumeration(t('Бренд', 'Brand'), {
    'brand-a': t('Brand A', 'Brand A'),
    'brand-b': t('Brand B', 'Brand B'),
    'brand-c': t('Brand C', 'Brand C'),
  }),
  company: field.company(t('Компания', 'Company')),
  contact: field.contact(t('Контакт', 'Contact')),
  description: field.text(t('Описание', 'Description'), { max: 4000 }),
} as const;

/** What a calculation finds out; a manager who calculates alone fills it in by hand. */
export const resultFields = {
  capacityKw: field.number(t('Мощность системы', 'Capacity of the system, kW')),
  outdoorUnits: field.number(t('Количество наружных блоков', 'Outdoor units')),
  indoorUnits: field.number(t('Количество внутренних блоков', 'Indoor units')),
  areaM2: field.number(t('Площадь объекта', 'Area of the site, m²')),
  floors: field.number(t('Количество этажей', 'Floors')),
} as const;

/** The quote as files, each with its versions, and what its author says about it. */
export const quoteFields = {
  quoteFiles: field.files(t('КП', 'Quote')),
  quoteComment: field.text(t('Комментарий к КП', 'Comment on the quote'), { max: 4000 }),
} as const;

/** What a deal remembers of its calculations. */
export const calculationsOfDeal = {
  /** how many were completed, and how many of these were re-selections */
  calculations: field.number(t('Кол-во просчетов', 'Calculations'), { system: true }),
  reselectionCount: field.number(t('Кол-во переподборов', 'Re-selections'), { system: true }),
  lastDesigner: field.user(t('Проектировщик', 'Designer'), { system: true }),
  firstDesigner: field.user(t('Исполнитель первого подбора', 'Designer of the first selection'), {
    system: true,
  }),
  reselectionReason: field.text(t('Причина переподбора', 'Reason for the re-selection'), { max: 2000 }),
} as const;
