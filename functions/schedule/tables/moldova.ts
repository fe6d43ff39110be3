import type { Day } from '../../../schemas/time.ts';
import type { NationalTable } from './national-table.ts';

/**
 * The patron day of a town (14 October in Chisinau) is an exception of the company's own calendar, and so are the days
 * that the government moves for the public sector, if the company follows it.
 */
export const moldova: NationalTable = {
  source: 'Labour Code art. 111',
  finalThrough: '2026-12-31' as Day,
  holidays: [
    { on: '01-01', title: { en: 'New Year', ru: 'Новый год', ro: 'Anul Nou' } },
    {
      on: '01-07',
      title: { en: 'Christmas, old style', ru: 'Рождество по старому стилю', ro: 'Crăciunul pe stil vechi' },
    },
    {
      on: '01-08',
      title: { en: 'Christmas, old style', ru: 'Рождество по старому стилю', ro: 'Crăciunul pe stil vechi' },
    },
    {
      on: '03-08',
      title: {
        en: "International Women's Day",
        ru: 'Международный женский день',
        ro: 'Ziua internațională a femeii',
      },
    },
    { on: { easterPlus: 0 }, title: { en: 'Easter', ru: 'Пасха', ro: 'Paștele' } },
    {
      on: { easterPlus: 1 },
      title: { en: 'Easter Monday', ru: 'Пасхальный понедельник', ro: 'A doua zi de Paște' },
    },
    {
      on: { easterPlus: 8 },
      title: { en: 'Memorial Day', ru: 'Родительский день', ro: 'Paștele Blajinilor' },
    },
    { on: '05-01', title: { en: 'Labour Day', ru: 'День труда', ro: 'Ziua muncii' } },
    {
      on: '05-09',
      title: {
        en: 'Victory and Europe Day',
        ru: 'День Победы и День Европы',
        ro: 'Ziua Victoriei și Ziua Europei',
      },
    },
    { on: '06-01', title: { en: "Children's Day", ru: 'День защиты детей', ro: 'Ziua copilului' } },
    { on: '08-27', title: { en: 'Independence Day', ru: 'День независимости', ro: 'Ziua Independenței' } },
    { on: '08-31', title: { en: 'Language Day', ru: 'День языка', ro: 'Ziua limbii' } },
    {
      on: '12-25',
      title: { en: 'Christmas, new style', ru: 'Рождество по новому стилю', ro: 'Crăciunul pe stil nou' },
    },
  ],
  moves: false,
  shortEves: false,
  decrees: {},
};
