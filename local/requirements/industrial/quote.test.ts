import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

const stage = 'invoice-quote';
const simple = { caseComplexity: 'simple' };

describe('sending the quote', () => {
  test.for([
    ['simple', '2026-02-03 09:00'],
    ['complex', '2026-02-05 09:00'],
    ['very-complex', '2026-02-07 09:00'],
  ] as const)('a %s case is given until %s [IN-G-03.1, IN-G-03.2]', async ([complexity, due], { w }) => {
    const deal = await w.enter(stage, { caseComplexity: complexity });

    expect(await w.open(deal)).toEqual([`send-quote pavel ${due}`]);
    expect(await w.inbox('pavel')).toEqual([]);
  });

  test('a case of unknown complexity is taken for a simple one, and its responsible is told [IN-G-03.1]', async ({
    w,
  }) => {
    const deal = await w.enter(stage);

    expect(await w.open(deal)).toEqual(['send-quote pavel 2026-02-03 09:00']);
    expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 complexity-assumed']);
  });

  test.for([
    ['simple', '2026-02-03 08:59:59', '2026-02-03 09:00'],
    ['complex', '2026-02-05 08:59:59', '2026-02-05 09:00'],
    ['very-complex', '2026-02-07 08:59:59', '2026-02-07 09:00'],
  ] as const)(
    'the responsible hears of an unsent quote, %s, after %s [IN-G-03.1, IN-G-03.3]',
    async ([complexity, before, due], { w }) => {
      await w.enter(stage, { caseComplexity: complexity });

      await w.advanceTo(before);
      expect(await w.inbox('pavel')).toEqual([]);

      await w.advanceTo(due);
      expect(await w.inbox('pavel')).toEqual([`${due} quote-late`]);
      expect(await w.inbox('semyon')).toEqual([]);
    },
  );

  test('a quote sent a second before its time is told of to nobody [IN-G-03.3]', async ({ w }) => {
    const deal = await w.enter(stage, simple);

    await w.advanceTo('2026-02-03 08:59:59');
    await w.as('pavel').complete(deal, 'send-quote');
    await w.advanceTo('2026-02-04 09:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });
});

describe('feedback without a date', () => {
  test('a quote sent asks for feedback within three days [IN-G-03.4]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.advanceTo('2026-02-02 11:00');

    await w.as('pavel').complete(deal, 'send-quote');

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-05 11:00']);
    expect((await w.task(deal, 'get-quote-feedback')).title.ru).toBe('Получить обратную связь по КП');
  });

  test('a date filled before the quote is sent is when feedback is due [IN-G-03.4]', async ({ w }) => {
    const deal = await w.enter(stage, { ...simple, quoteFeedbackDate: '2026-02-10T12:00:00+03:00' });

    await w.as('pavel').complete(deal, 'send-quote');

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-10 12:00']);
  });

  test('feedback still missing after three days is told of to the responsible [IN-G-03.5]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');

    await w.advanceTo('2026-02-05 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-05 09:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-05 09:00 quote-feedback-late']);
  });

  test('feedback got a second before three days are over is told of to nobody [IN-G-03.5]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');

    await w.advanceTo('2026-02-05 08:59:59');
    await w.as('pavel').complete(deal, 'get-quote-feedback');
    await w.advanceTo('2026-02-05 12:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });
});

describe('twelve hours after feedback', () => {
  test('a deal still on the stage asks for a new date [IN-G-03.6]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');
    await w.advanceTo('2026-02-02 10:00');
    await w.as('pavel').complete(deal, 'get-quote-feedback');

    await w.advanceTo('2026-02-02 21:59:59');
    expect(await w.open(deal)).toEqual([]);

    await w.advanceTo('2026-02-02 22:00');
    expect(await w.open(deal)).toEqual(['update-feedback-date pavel 2026-02-03 22:00']);
  });

  test('a deal that has moved on is asked for nothing [IN-G-03.6]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');
    await w.as('pavel').complete(deal, 'get-quote-feedback');

    await w.advanceTo('2026-02-02 20:59:59');
    await w.as('pavel').move(deal, 'contract');
    await w.advanceTo('2026-02-03 21:00');

    expect(await w.endsOf(deal, 'update-feedback-date')).toEqual([]);
    expect(w.runs(deal)).toEqual([`${deal}-2-contract`]);
  });

  test('the new date cannot be passed over, nor the old one given again [IN-G-03.7]', async ({ w }) => {
    const deal = await w.enter(stage, { ...simple, quoteFeedbackDate: '2026-02-03T12:00:00+03:00' });
    const pavel = w.as('pavel');
    await pavel.complete(deal, 'send-quote');
    await pavel.complete(deal, 'get-quote-feedback');
    await w.advanceTo('2026-02-02 21:00');

    const without = refusal(pavel.complete(deal, 'update-feedback-date'));
    expect(await without).toBe(
      '422 fields.quoteFeedbackDate: Change the date: it is what it was when the task was opened.',
    );
    const same = { quoteFeedbackDate: '2026-02-03T12:00:00+03:00' };
    expect(await refusal(pavel.complete(deal, 'update-feedback-date', same))).toMatch('422');

    await pavel.complete(deal, 'update-feedback-date', { quoteFeedbackDate: '2026-02-04T12:00:00+03:00' });
    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-04 12:00']);
  });
});

describe('feedback by date', () => {
  test('a date filled on the stage is when feedback is due, under another title [IN-G-03.8]', async ({
    w,
  }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');

    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' });

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-11 12:00']);
    expect((await w.task(deal, 'get-quote-feedback')).title.ru).toBe('Получить обратную связь по КП/счету');
  });

  test('each change of the date sets the feedback anew [IN-G-03.8, IN-G-03.9]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    const pavel = w.as('pavel');
    await pavel.complete(deal, 'send-quote');

    await pavel.change(deal, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' });
    await pavel.change(deal, { quoteFeedbackDate: '2026-02-11T14:00:00+03:00' });

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-11 14:00']);
    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual([
      'moved by the system',
      'moved by the system',
      'open',
    ]);
  });

  test('a date filled while the quote is not sent asks for feedback once, also when it is sent [IN-G-03.9]', async ({
    w,
  }) => {
    const deal = await w.enter(stage, simple);
    const pavel = w.as('pavel');

    await pavel.change(deal, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' });
    await pavel.complete(deal, 'send-quote');

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-11 12:00']);
    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['open']);
  });

  test('the timer of a feedback that made way is cancelled with it [IN-G-03.9]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote'); // due 5 February, 09:00

    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' });
    await w.advanceTo('2026-02-11 11:59:59');

    expect(await w.inbox('pavel')).toEqual([]);
    expect(w.runs(deal)).toHaveLength(1);
  });

  test('a new date closes the request for it by the system [IN-G-03.9]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');
    await w.as('pavel').complete(deal, 'get-quote-feedback');
    await w.advanceTo('2026-02-02 21:00');

    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' });

    expect(await w.endsOf(deal, 'update-feedback-date')).toEqual(['done by the system']);
    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-11 12:00']);
  });

  test('the loop turns until the stage is left [IN-G-03.10]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    const pavel = w.as('pavel');
    await pavel.complete(deal, 'send-quote');
    await pavel.complete(deal, 'get-quote-feedback');
    await w.advanceTo('2026-02-02 21:00');

    for (const day of ['03', '04', '05']) {
      await pavel.complete(deal, 'update-feedback-date', {
        quoteFeedbackDate: `2026-02-${day}T10:00:00+03:00`,
      });
      await pavel.complete(deal, 'get-quote-feedback');
      await w.advanceTo(`2026-02-${day} 21:00`);
      expect((await w.open(deal)).map((line) => line.split(' ')[0])).toEqual(['update-feedback-date']);
    }
    await pavel.move(deal, 'contract');

    await w.advanceTo('2026-03-02 09:00');
    expect(await w.endsOf(deal, 'get-quote-feedback')).toHaveLength(4);
    expect(w.runs(deal)).toEqual([`${deal}-2-contract`]);
  });

  test('feedback still missing at its date is told of to the responsible [IN-G-03.11]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');
    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' });

    await w.advanceTo('2026-02-11 11:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-11 12:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-11 12:00 quote-feedback-late']);
  });

  test('feedback got before its date is told of to nobody [IN-G-03.11]', async ({ w }) => {
    const deal = await w.enter(stage, simple);
    await w.as('pavel').complete(deal, 'send-quote');
    await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-04T12:00:00+03:00' });

    await w.advanceTo('2026-02-04 11:59:59');
    await w.as('pavel').complete(deal, 'get-quote-feedback');
    await w.advanceTo('2026-02-04 13:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });
});
