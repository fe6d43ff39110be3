import { dayMs } from '../days.ts';

/**
 * Orthodox Easter Sunday as a day number: Meeus' Julian computus, then the distance of the two calendars, 13 days
 * until 2099.
 */
export const orthodoxEaster = (year: number): number => {
  const moon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const julian = moon + weekday + 114;
  const distance = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  return Date.UTC(year, Math.floor(julian / 31) - 1, (julian % 31) + 1) / dayMs + distance;
};
