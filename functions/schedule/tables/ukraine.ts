import type { Day } from '../../../schemas/time.ts';
import type { NationalTable } from './national-table.ts';

/**
 * As after the reform of 2023. While martial law suspends these articles (law 2136-IX art. 6) the table is for
 * display, and a company's calendar does not observe it.
 */
export const ukraine: NationalTable = {
  source: 'Labour Code art. 67, 73; suspended by law 2136-IX art. 6(6) while martial law lasts',
  finalThrough: '2026-12-31' as Day,
  holidays: [
    { on: '01-01', title: { en: 'New Year', ru: 'Новый год' } },
    { on: '03-08', title: { en: "International Women's Day", ru: 'Международный женский день' } },
    { on: { easterPlus: 0 }, title: { en: 'Easter', ru: 'Пасха' } },
    { on: '05-01', title: { en: 'Labour Day', ru: 'День труда' } },
    { on: '05-08', title: { en: 'Day of Remembrance and Victory', ru: 'День памяти и победы' } },
    { on: { easterPlus: 49 }, title: { en: 'Trinity', ru: 'Троица' } },
    { on: '06-28', title: { en: 'Constitution Day', ru: 'День Конституции' } },
    { on: '07-15', title: { en: 'Statehood Day', ru: 'День государственности' } },
    { on: '08-24', title: { en: 'Independence Day', ru: 'День независимости' } },
    { on: '10-01', title: { en: 'Defenders Day', ru: 'День защитников и защитниц' } },
    { on: '12-25', title: { en: 'Christmas', ru: 'Рождество Христово' } },
  ],
  moves: true,
  shortEves: false,
  decrees: {},
};
