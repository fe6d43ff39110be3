import { field, t } from '../../vocabulary/index.ts';
import { quickTaskFields } from './quick-task.ts';

/** What the cards of companies and contacts hold beside what every company and person has. */
export const cards = {
  company: {
    kind: field.several(t('Тип компании', 'Kind of company'), {
      client: t('Клиент', 'Client'),
      contractor: t('Подрядчик', 'Contractor'),
    }),
  },
  contact: {
    position: field.enumeration(t('Должность', 'Position'), {
      manager: t('Менеджер', 'Manager'),
      director: t('Директор', 'Director'),
      accountant: t('Бухгалтер', 'Accountant'),
      designer: t('Проектировщик', 'Designer'),
    }),
    ...quickTaskFields,
  },
};
