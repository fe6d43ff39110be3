import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

const services = { pipeline: 'services' } as const;

describe('won services', () => {
  test.for([
    ['not spoken of', {}],
    ['not here', { hasOriginals: false }],
    ['said to be here', { hasOriginals: true }],
  ] as const)(
    'ask for originals that are %s, within thirty days [IN-S-08.1, IN-S-08.2]',
    async ([, fields], { w }) => {
      const deal = await w.enter('won', fields, services);

      expect(await w.open(deal)).toEqual(['get-originals pavel 2026-03-04 09:00']);
    },
  );

  test('have a task that is not closed before the originals are here [IN-S-08.2]', async ({ w }) => {
    const deal = await w.enter('won', {}, services);

    expect(await refusal(w.as('pavel').complete(deal, 'get-originals'))).toBe(
      '422 fields.hasOriginals: Tick “Originals received” first.',
    );

    await w.as('pavel').complete(deal, 'get-originals', { hasOriginals: true });
    expect(await w.open(deal)).toEqual([]);
    expect(w.runs(deal)).toEqual([]);
  });

  test('tell nobody when thirty days are over [IN-S-08.2]', async ({ w }) => {
    const deal = await w.enter('won', {}, services);

    await w.advanceTo('2026-04-02 09:00');

    expect(await w.inbox('pavel')).toEqual([]);
    expect(await w.endsOf(deal, 'get-originals')).toEqual(['open']);
  });
});

describe('lost services', () => {
  test.for(['unprocessed', 'primary-identification', 'invoice-quote', 'contract', 'awaiting-visit'] as const)(
    'have a reason, also from %s [IN-S-09.1]',
    async (stage, { w }) => {
      const deal = await w.enter(stage, {}, services);

      expect(await refusal(w.as('pavel').move(deal, 'lost'))).toBe(
        '422 fields.lossReason: Fill in “Loss reason”',
      );
      expect(await w.stageOf(deal)).toBe(stage);

      await w.as('pavel').move(deal, 'lost', { lossReason: 'silent' });
      expect((await w.card(deal)).deal.outcome).toBe('lost');
    },
  );

  test('have no work and no timer left [IN-S-09.1]', async ({ w }) => {
    const deal = await w.enter(
      'awaiting-visit',
      { plannedReadinessDate: '2026-02-06T10:00:00+03:00', workExecutor: 'artem' },
      services,
    );
    expect(w.runs(deal)).toHaveLength(2);

    await w.as('pavel').move(deal, 'lost', { lossReason: 'no-need' });
    await w.advanceTo('2026-03-02 09:00');

    expect(await w.open(deal)).toEqual([]);
    expect(w.runs(deal)).toEqual([]);
    expect(await w.inbox('artem')).toEqual([]);
  });
});
