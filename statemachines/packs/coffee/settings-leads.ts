import type { Pack } from '../../../schemas/pack.ts';
import { days, hours, t, workdays } from '../../vocabulary/index.ts';

/** The clocks of leads, and the hours in which no client is disturbed. */
export const leadSettings: Pack['settings'] = {
  leadDay: {
    type: 'duration',
    title: t('День на заявку и на ступень эскалации', 'The day for a lead, and for a level of the ladder'),
    value: workdays(1),
    min: hours(1),
    max: days(10),
  },
  leadTwoDays: {
    type: 'duration',
    title: t('До директора', 'Until the director is told'),
    value: workdays(2),
    min: hours(2),
    max: days(20),
  },
  smsQuietFrom: {
    type: 'number',
    title: t('SMS клиентам не отправляются с (час)', 'No SMS to clients from (hour)'),
    value: 21,
    min: 0,
    max: 23,
  },
  smsQuietTo: {
    type: 'number',
    title: t('SMS клиентам не отправляются до (час)', 'No SMS to clients until (hour)'),
    value: 9,
    min: 0,
    max: 23,
  },
};
