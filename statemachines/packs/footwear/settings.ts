import type { Pack } from '../../../schemas/pack.ts';
import { days, hours, t } from '../../vocabulary/index.ts';

type Settings = Pack['settings'];
const time = (title: Settings[string]['title'], value: ReturnType<typeof days>): Settings[string] => ({
  type: 'duration',
  title,
  value,
  min: hours(1),
  max: days(90),
});

/** Every figure of the process. */
export const settings: Settings = {
  productionTime: time(t('Срок производства', 'Time to make the shoes', 'Termen de producere'), days(7)),
  agreePaymentTime: time(
    t('Срок выяснения условий оплаты', 'Time to agree how it is paid', 'Termen pentru condițiile de plată'),
    days(1),
  ),
  parcelReminderFirst: time(
    t('Первое напоминание о посылке', 'First reminder of a parcel', 'Prima reamintire despre colet'),
    days(7),
  ),
  parcelReminderEvery: time(
    t(
      'Как часто напоминать о посылке',
      'Between reminders of a parcel',
      'Intervalul reamintirilor despre colet',
    ),
    days(3),
  ),
  managerPercent: {
    type: 'number',
    title: t('Процент менеджера', 'Percent of the manager', 'Procentul managerului'),
    value: 5,
    min: 0,
    max: 50,
  },
  headPercent: {
    type: 'number',
    title: t(
      'Процент руководителя отдела',
      'Percent of the head of sales',
      'Procentul șefului departamentului',
    ),
    value: 2,
    min: 0,
    max: 50,
  },
};
