import { describe, expect } from 'vitest';
import type { World } from '../../world.ts';
import { test } from './company.ts';

// Monday 2 February 2026; people work from nine to six, Monday to Friday.
const set = (w: World, setting: string, unit: string, amount: number) =>
  w.as('admin').ask('PUT', `/v1/settings/industrial/${setting}`, { value: { unit, amount } });

describe('a notice ahead of a date', () => {
  test.for([
    ['workhours', 2, '2026-02-09T10:00:00+03:00', '2026-02-06 17:00'], // over a weekend
    ['workhours', 2, '2026-02-06T12:00:00+03:00', '2026-02-06 10:00'], // within a day
    ['workhours', 2, '2026-02-07T15:00:00+03:00', '2026-02-06 16:00'], // before a day off
    ['workminutes', 90, '2026-02-09T10:00:00+03:00', '2026-02-06 17:30'],
    ['workdays', 1, '2026-02-09T10:00:00+03:00', '2026-02-06 10:00'],
    ['workdays', 2, '2026-02-25T10:00:00+03:00', '2026-02-20 10:00'], // over the holiday of the 23rd
    ['hours', 2, '2026-02-09T10:00:00+03:00', '2026-02-09 08:00'],
  ] as const)('of %s %d before %s comes at %s', async ([unit, amount, plannedReadinessDate, at], { w }) => {
    await set(w, 'visitNotice', unit, amount);
    const fields = { workExecutor: 'artem', plannedReadinessDate };
    await w.enter('awaiting-visit', fields, { pipeline: 'services' });

    await w.advanceTo('2026-03-02 09:00');

    expect(await w.inbox('artem')).toEqual([`${at} readiness-soon`]);
  });

  test('ahead of a task’s due time is counted in working time as well', async ({ w }) => {
    await set(w, 'quoteFeedbackNotice', 'workhours', 3);
    await w
      .enter('invoice-quote', { quoteFeedbackDate: '2026-02-09T11:00:00+03:00' }, { pipeline: 'services' })
      .then(async (deal) => {
        await w.as('pavel').complete(deal, 'send-quote');
        await w.as('pavel').complete(deal, 'send-prep-sheet');
      });

    await w.advanceTo('2026-02-06 16:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-06 17:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-06 17:00 quote-feedback-soon']);
  });
});
