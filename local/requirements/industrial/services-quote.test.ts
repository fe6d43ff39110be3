import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

const enter = (w: World, fields: Record<string, unknown> = {}) =>
  w.enter('invoice-quote', fields, { pipeline: 'services' });
const tuesday = { quoteFeedbackDate: '2026-02-03T16:00:00+03:00' };

/** Both are sent: quote and preparation sheet. */
const sendBoth = async (w: World, deal: string) => {
  await w.as('pavel').complete(deal, 'send-quote');
  await w.as('pavel').complete(deal, 'send-prep-sheet');
};

describe('quote and preparation sheet', () => {
  test('are two tasks at once, both due in two hours [IN-S-03.1]', async ({ w }) => {
    const deal = await enter(w);

    expect(await w.open(deal)).toEqual([
      'send-prep-sheet pavel 2026-02-02 11:00',
      'send-quote pavel 2026-02-02 11:00',
    ]);
  });

  test.for([
    ['the quote', 'send-prep-sheet', 'quote-late'],
    ['the sheet', 'send-quote', 'prep-sheet-late'],
  ] as const)(
    '%s, alone still open after two hours, is told of to the responsible once [IN-S-03.2]',
    async ([, sent, text], { w }) => {
      const deal = await enter(w);
      await w.as('pavel').complete(deal, sent);

      await w.advanceTo('2026-02-02 10:59:59');
      expect(await w.inbox('pavel')).toEqual([]);

      await w.advanceTo('2026-02-03 09:00');
      expect(await w.inbox('pavel')).toEqual([`2026-02-02 11:00 ${text}`]);
      expect(await w.inbox('semyon')).toEqual([]);
    },
  );

  test('both still open after two hours, each is told of by its name [IN-S-03.2]', async ({ w }) => {
    await enter(w);

    await w.advanceTo('2026-02-03 09:00');

    expect((await w.inbox('pavel')).sort()).toEqual([
      '2026-02-02 11:00 prep-sheet-late',
      '2026-02-02 11:00 quote-late',
    ]);
  });

  test('both sent a second before two hours are over, nobody is told [IN-S-03.2]', async ({ w }) => {
    const deal = await enter(w);

    await w.advanceTo('2026-02-02 10:59:59');
    await sendBoth(w, deal);
    await w.advanceTo('2026-02-02 20:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });
});

describe('the date of quote feedback', () => {
  test.for([
    ['send-quote', 'send-prep-sheet'],
    ['send-prep-sheet', 'send-quote'],
  ] as const)(
    'is asked for when both are sent, and not after %s alone [IN-S-03.3, IN-S-03.4]',
    async ([first, second], { w }) => {
      const deal = await enter(w);

      await w.as('pavel').complete(deal, first);
      expect(await w.endsOf(deal, 'fill-quote-feedback-date')).toEqual([]);

      await w.as('pavel').complete(deal, second);
      expect(await w.open(deal)).toEqual(['fill-quote-feedback-date pavel 2026-02-03 09:00']);
    },
  );

  test('is not asked for where it is there [IN-S-03.3]', async ({ w }) => {
    const deal = await enter(w, tuesday);

    await sendBoth(w, deal);

    expect(await w.endsOf(deal, 'fill-quote-feedback-date')).toEqual([]);
    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-03 16:00']);
  });

  test('cannot be passed over [IN-S-03.5]', async ({ w }) => {
    const deal = await enter(w);
    await sendBoth(w, deal);

    expect(await refusal(w.as('pavel').complete(deal, 'fill-quote-feedback-date'))).toBe(
      '422 fields.quoteFeedbackDate: Fill the date: the task cannot be closed without it.',
    );
    expect(await w.endsOf(deal, 'fill-quote-feedback-date')).toEqual(['open']);
  });

  test.for([
    ['in its task', 'task'],
    ['in the card', 'card'],
  ] as const)('filled %s, asks for feedback then [IN-S-03.6]', async ([, where], { w }) => {
    const deal = await enter(w);
    await sendBoth(w, deal);

    if (where === 'task') await w.as('pavel').complete(deal, 'fill-quote-feedback-date', tuesday);
    else await w.as('pavel').change(deal, tuesday);

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-03 16:00']);
    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['open']);
    expect(await w.endsOf(deal, 'fill-quote-feedback-date')).toHaveLength(1);
  });
});

describe('quote feedback', () => {
  test('is told of to the responsible an hour before its time [IN-S-03.7]', async ({ w }) => {
    const deal = await enter(w, tuesday);
    await sendBoth(w, deal);

    await w.advanceTo('2026-02-03 14:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-03 18:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-03 15:00 quote-feedback-soon']);
  });

  test('got before that hour, is told of to nobody [IN-S-03.7]', async ({ w }) => {
    const deal = await enter(w, tuesday);
    await sendBoth(w, deal);

    await w.advanceTo('2026-02-03 14:59:59');
    await w.as('pavel').complete(deal, 'get-quote-feedback');
    await w.advanceTo('2026-02-03 18:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });

  test('follows each change of its date, its title telling of quote or invoice [IN-S-03.8]', async ({
    w,
  }) => {
    const deal = await enter(w, tuesday);
    await sendBoth(w, deal);

    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-05T12:00:00+03:00' });

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-05 12:00']);
    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['moved by the system', 'open']);
    expect((await w.task(deal, 'get-quote-feedback')).title.ru).toBe('Получить обратную связь по КП/счету');
    await w.advanceTo('2026-02-05 12:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-05 11:00 quote-feedback-soon']); // and no hour of the old date
  });

  test('of a date filled before both are sent is one task, also when they are sent [IN-S-03.9]', async ({
    w,
  }) => {
    const deal = await enter(w);

    await w.as('pavel').change(deal, tuesday);
    await sendBoth(w, deal);

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-03 16:00']);
    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['open']);
  });

  test.for([
    ['an hour from now', '2026-02-02T10:00:00+03:00'],
    ['already past', '2026-01-30T10:00:00+03:00'],
  ] as const)(
    'of a date %s is told of at once, and once [IN-S-03.9]',
    async ([, quoteFeedbackDate], { w }) => {
      const deal = await enter(w);
      await sendBoth(w, deal);

      await w.as('pavel').change(deal, { quoteFeedbackDate });
      await w.advanceTo('2026-02-02 09:00:01');
      expect(await w.inbox('pavel')).toHaveLength(1);

      await w.advanceTo('2026-02-04 09:00');
      expect(await w.inbox('pavel')).toHaveLength(1);
    },
  );

  test('closed before another date is set, is asked for again [IN-S-03.8]', async ({ w }) => {
    const deal = await enter(w, tuesday);
    await sendBoth(w, deal);
    await w.as('pavel').complete(deal, 'get-quote-feedback');

    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-05T12:00:00+03:00' });

    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['done by pavel', 'open']);
  });

  test('ends with the stage [IN-S-03.7]', async ({ w }) => {
    const deal = await enter(w, tuesday);
    await sendBoth(w, deal);

    await w.as('pavel').move(deal, 'contract', { contractNeeded: 'yes' });
    await w.advanceTo('2026-02-03 16:00');

    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['stage left by pavel']);
    expect(await w.inbox('pavel')).toEqual([]);
  });
});
