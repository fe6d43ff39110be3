import type { Pack } from '../../../schemas/pack.ts';
import { days, hours, t } from '../../vocabulary/index.ts';

/** Moments of the very quick form of a reminder. */
export const presets: NonNullable<Pack['presets']> = {
  'in-an-hour': { title: t('Через час', 'In an hour'), after: hours(1) },
  'today-at-five': { title: t('Сегодня в 17:00', 'Today at 17:00'), days: 0, time: '17:00' },
  'tomorrow-at-nine': { title: t('Завтра в 9:00', 'Tomorrow at 9:00'), days: 1, time: '09:00' },
  'in-three-days': { title: t('Через 3 дня в 9:00', 'In 3 days at 9:00'), days: 3, time: '09:00' },
  'in-a-week': { title: t('Через неделю в 9:00', 'In a week at 9:00'), days: 7, time: '09:00' },
};

/** A deal that has stood so long with nothing planned is one without a next step. */
export const idleAfter = days(7);
