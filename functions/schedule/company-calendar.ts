import type { Calendar, Country } from '../../schemas/calendar.ts';
import type { Zone } from '../../schemas/time.ts';
import { nationalTables } from './national-year.ts';

/**
 * The calendar a company starts with: Monday to Friday, 09:00 to 18:00, with the public holidays of its country, but in
 * Ukraine without them while martial law lasts. Eves of holidays are full days until the company says otherwise.
 *
 * Make it once and keep it: answers are cached by calendar.
 */
export const companyCalendar = (
  country: Country,
  timeZone: Zone,
  changes: Partial<Omit<Calendar, 'country' | 'timeZone'>> = {},
): Calendar => {
  const { source, finalThrough } = nationalTables[country];
  return {
    id: 'company',
    timeZone,
    week: { 1: office, 2: office, 3: office, 4: office, 5: office, 6: [], 7: [] },
    exceptions: {},
    country,
    observePublicHolidays: country !== 'UA',
    observeShortDays: false,
    source,
    version: 1,
    validThrough: finalThrough,
    ...changes,
  };
};

const office = [['09:00', '18:00']] as const;
