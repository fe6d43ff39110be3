import type { Pack } from '../../../schemas/pack.ts';
import type { Text } from '../../../schemas/text.ts';
import type { Duration } from '../../../schemas/time.ts';
import { days, hours, minutes, t } from '../../vocabulary/index.ts';

const time = (title: Text, value: Duration, min: Duration, max: Duration): Pack['settings'][string] => ({
  type: 'duration',
  title,
  value,
  min,
  max,
});
const visit = (title: Text, value: Duration) => time(title, value, minutes(15), hours(9));
const work = (title: Text, value: Duration) => time(title, value, hours(1), days(90));

/** Lengths of visits and times to work in. */
export const settings: Pack['settings'] = {
  measurementLength: visit(t('Длительность замера', 'Length of a measurement'), hours(2)),
  deliveryLength: visit(t('Длительность доставки', 'Length of a delivery'), hours(2)),
  installationLength: visit(t('Длительность монтажа', 'Length of an installation'), hours(4)),
  agreeTime: work(t('Срок согласования деталей', 'Time to agree on the details'), days(1)),
  productionTime: work(t('Срок производства', 'Time to produce'), days(14)),
  prepareTime: work(t('Срок подготовки к отгрузке', 'Time to prepare for shipment'), days(1)),
  reworkTime: work(t('Срок доработки', 'Time to rework'), days(3)),
  unbookedTime: work(t('Срок без назначенной даты', 'Time where no date is agreed'), days(7)),
  paymentsTest: {
    type: 'boolean',
    title: t('Платежи в тестовом режиме: деньги не списываются', 'Payments in test mode: no money is taken'),
    value: false,
  },
};
