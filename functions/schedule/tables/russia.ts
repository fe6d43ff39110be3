import type { Day } from '../../../schemas/time.ts';
import type { NationalTable } from './national-table.ts';

const newYear = { en: 'New Year holidays', ru: 'Новогодние каникулы' };

/** Looked through every October, when the government has decreed the next year. */
export const russia: NationalTable = {
  source:
    'Labour Code art. 95, 112; government decrees on moved days off for 2024, 2025, 2026 (1466 of 2025-09-24)',
  finalThrough: '2026-12-31' as Day,
  holidays: [
    { on: '01-01', title: newYear, stays: true },
    { on: '01-02', title: newYear, stays: true },
    { on: '01-03', title: newYear, stays: true },
    { on: '01-04', title: newYear, stays: true },
    { on: '01-05', title: newYear, stays: true },
    { on: '01-06', title: newYear, stays: true },
    { on: '01-07', title: { en: 'Christmas', ru: 'Рождество Христово' }, stays: true },
    { on: '01-08', title: newYear, stays: true },
    { on: '02-23', title: { en: 'Defender of the Fatherland Day', ru: 'День защитника Отечества' } },
    { on: '03-08', title: { en: "International Women's Day", ru: 'Международный женский день' } },
    { on: '05-01', title: { en: 'Spring and Labour Day', ru: 'Праздник Весны и Труда' } },
    { on: '05-09', title: { en: 'Victory Day', ru: 'День Победы' } },
    { on: '06-12', title: { en: 'Russia Day', ru: 'День России' } },
    { on: '11-04', title: { en: 'Unity Day', ru: 'День народного единства' } },
  ],
  moves: true,
  shortEves: true,
  decrees: {
    2024: {
      off: ['2024-04-29', '2024-04-30', '2024-05-10', '2024-12-30', '2024-12-31'],
      work: ['2024-04-27', '2024-11-02', '2024-12-28'],
      short: ['2024-02-22', '2024-03-07', '2024-05-08', '2024-06-11', '2024-11-02'],
    },
    2025: {
      off: ['2025-05-02', '2025-05-08', '2025-06-13', '2025-11-03', '2025-12-31'],
      work: ['2025-11-01'],
      short: ['2025-03-07', '2025-04-30', '2025-06-11', '2025-11-01'],
    },
    2026: {
      off: ['2026-01-09', '2026-03-09', '2026-05-11', '2026-12-31'],
      work: [],
      short: ['2026-04-30', '2026-05-08', '2026-06-11', '2026-11-03'],
    },
  },
};
