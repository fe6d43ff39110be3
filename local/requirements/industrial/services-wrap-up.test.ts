import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

const total = { dealTotal: 9_000_000 };
const enter = (w: World, fields: Record<string, unknown> = {}, paid?: number) =>
  w.enter(
    'wrap-up',
    { ...total, ...fields },
    { pipeline: 'services', ...(paid === undefined ? {} : { paid }) },
  );
const thursday = { reportFeedbackDate: '2026-02-05T12:00:00+03:00' };
const stepsOf = async (w: World, deal: string) => (await w.open(deal)).map((line) => line.split(' ')[0]);

/** The report was sent and the client has agreed to it. */
const agreed = async (w: World, paid?: number) => {
  const deal = await enter(w, thursday, paid);
  await w.as('pavel').complete(deal, 'send-report');
  await w.as('pavel').complete(deal, 'get-report-feedback');
  return deal;
};

describe('the report', () => {
  test('is a task for three days [IN-S-07.1]', async ({ w }) => {
    const deal = await enter(w);

    expect(await w.open(deal)).toEqual(['send-report pavel 2026-02-05 09:00']);
  });

  test('sent, asks for the date of feedback [IN-S-07.2, IN-S-07.3]', async ({ w }) => {
    const deal = await enter(w);

    await w.as('pavel').complete(deal, 'send-report');

    expect(await w.open(deal)).toEqual(['fill-report-feedback-date pavel 2026-02-03 09:00']);
  });

  test('sent with a date, asks for none [IN-S-07.2]', async ({ w }) => {
    const deal = await enter(w, thursday);

    await w.as('pavel').complete(deal, 'send-report');

    expect(await w.endsOf(deal, 'fill-report-feedback-date')).toEqual([]);
    expect(await w.open(deal)).toEqual(['get-report-feedback pavel 2026-02-05 12:00']);
  });

  test('has a feedback date that cannot be passed over [IN-S-07.4]', async ({ w }) => {
    const deal = await enter(w);
    await w.as('pavel').complete(deal, 'send-report');

    expect(await refusal(w.as('pavel').complete(deal, 'fill-report-feedback-date'))).toBe(
      '422 fields.reportFeedbackDate: Fill the date: the task cannot be closed without it.',
    );
    expect(await stepsOf(w, deal)).toEqual(['fill-report-feedback-date']);
  });

  test.for([
    ['in its task', 'task'],
    ['in the card', 'card'],
    ['before the report is sent', 'before'],
  ] as const)('asks for feedback at a date filled %s [IN-S-07.5]', async ([, where], { w }) => {
    const deal = await enter(w);
    const pavel = w.as('pavel');

    if (where === 'before') await pavel.change(deal, thursday);
    await pavel.complete(deal, 'send-report');
    if (where === 'task') await pavel.complete(deal, 'fill-report-feedback-date', thursday);
    if (where === 'card') await pavel.change(deal, thursday);

    expect(await w.open(deal)).toEqual(['get-report-feedback pavel 2026-02-05 12:00']);
    expect(await w.endsOf(deal, 'get-report-feedback')).toEqual(['open']);
  });

  test('has feedback that follows a change of its date [IN-S-07.5]', async ({ w }) => {
    const deal = await enter(w, thursday);
    await w.as('pavel').complete(deal, 'send-report');

    await w.as('pavel').change(deal, { reportFeedbackDate: '2026-02-06T12:00:00+03:00' });

    expect(await w.open(deal)).toEqual(['get-report-feedback pavel 2026-02-06 12:00']);
  });
});

describe('feedback on the report', () => {
  test.for([
    ['nothing', undefined],
    ['a rouble less than the total', 89_999],
  ] as const)(
    'with %s paid asks for the final payment and the originals at once [IN-S-07.6, IN-S-07.7, IN-S-07.9]',
    async ([, paid], { w }) => {
      const deal = await agreed(w, paid);

      expect(await w.open(deal)).toEqual([
        'get-final-payment pavel 2026-02-07 09:00',
        'send-originals pavel 2026-02-05 09:00',
      ]);
    },
  );

  test('of a deal that is paid asks for the originals alone [IN-S-07.6, IN-S-07.9]', async ({ w }) => {
    const deal = await agreed(w, 90_000);

    expect(await w.endsOf(deal, 'get-final-payment')).toEqual([]);
    expect(await stepsOf(w, deal)).toEqual(['send-originals']);
    await w.advanceTo('2026-03-02 09:00');
    expect(await w.inbox('pavel')).toEqual([]);
  });

  test('that is not there yet asks for neither [IN-S-07.6, IN-S-07.9]', async ({ w }) => {
    const deal = await enter(w, thursday);
    await w.as('pavel').complete(deal, 'send-report');

    await w.advanceTo('2026-02-20 09:00');

    expect(await stepsOf(w, deal)).toEqual(['get-report-feedback']);
  });

  test('asks for payment and originals once, also when its date is set anew [IN-S-07.6, IN-S-07.9]', async ({
    w,
  }) => {
    const deal = await agreed(w);

    await w.as('pavel').change(deal, { reportFeedbackDate: '2026-02-10T12:00:00+03:00' });
    await w.as('pavel').complete(deal, 'get-report-feedback');

    expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['open']);
    expect(await w.endsOf(deal, 'send-originals')).toEqual(['open']);
  });
});

describe('the final payment of services', () => {
  test('cannot be closed while money is missing, and says how much [IN-S-07.7]', async ({ w }) => {
    const deal = await agreed(w, 40_000);

    expect(await refusal(w.as('pavel').complete(deal, 'get-final-payment'))).toMatch(
      /^422 fields\.\w+: The deal is not paid in full, .*50.000.* remain\.$/,
    );
  });

  test('is closed by the system when all is paid [IN-S-07.7]', async ({ w }) => {
    const deal = await agreed(w);

    await w.as('rita').pay(deal, 90_000);

    expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['done by the system']);
    expect(await stepsOf(w, deal)).toEqual(['send-originals']);
  });

  test('missing, is told of to the responsible every five days [IN-S-07.8]', async ({ w }) => {
    await agreed(w);

    await w.advanceTo('2026-02-07 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-17 09:00');
    expect(await w.inbox('pavel')).toEqual(
      ['07', '12', '17'].map((day) => `2026-02-${day} 09:00 payment-missing`),
    );
    expect(await w.inbox('semyon')).toEqual([]);
  });

  test('in part, is still told of [IN-S-07.8]', async ({ w }) => {
    const deal = await agreed(w);

    await w.as('rita').pay(deal, 89_999);
    await w.advanceTo('2026-02-07 09:00');

    expect(await w.inbox('pavel')).toEqual(['2026-02-07 09:00 payment-missing']);
  });

  test.for([
    ['all is paid', 'pay'],
    ['the stage is left', 'move'],
  ] as const)('is told of no more once %s [IN-S-07.8]', async ([, how], { w }) => {
    const deal = await agreed(w);
    await w.advanceTo('2026-02-12 08:59:59');

    if (how === 'pay') await w.as('rita').pay(deal, 90_000);
    else await w.as('pavel').move(deal, 'won');
    await w.advanceTo('2026-04-02 09:00');

    expect(await w.inbox('pavel')).toEqual(['2026-02-07 09:00 payment-missing']);
  });

  test('goes on being told of when the originals are out [IN-S-07.8, IN-S-07.9]', async ({ w }) => {
    const deal = await agreed(w);

    await w.as('pavel').complete(deal, 'send-originals');
    expect(await w.fact(deal, 'originalsSentAt')).toBe('2026-02-02');
    await w.advanceTo('2026-02-07 09:00');

    expect(await w.inbox('pavel')).toEqual(['2026-02-07 09:00 payment-missing']);
  });
});

describe('a client who disagrees with the report', () => {
  const remarks = { reportRemarks: 'The second bearing was not measured' };

  test('gets another one, and nothing is asked for before that is agreed [IN-S-07.10]', async ({ w }) => {
    const deal = await enter(w, thursday);
    await w.as('pavel').complete(deal, 'send-report');
    await w.advanceTo('2026-02-05 13:00');

    await w.as('pavel').complete(deal, 'get-report-feedback', remarks);

    expect(await w.open(deal)).toEqual(['send-report pavel 2026-02-08 13:00']);
    expect(await w.fact(deal, 'reportRemarks')).toBe(remarks.reportRemarks); // for who mends the report
    expect(await w.fact(deal, 'reportFeedbackDate')).toBeUndefined();
  });

  test('is asked again at a new date, in as many rounds as it takes [IN-S-07.10]', async ({ w }) => {
    const deal = await enter(w);
    const pavel = w.as('pavel');
    for (const day of ['03', '04', '05']) {
      await pavel.complete(deal, 'send-report');
      await pavel.complete(deal, 'fill-report-feedback-date', {
        reportFeedbackDate: `2026-02-${day}T12:00:00+03:00`,
      });
      expect(await w.open(deal)).toEqual([`get-report-feedback pavel 2026-02-${day} 12:00`]);
      await pavel.complete(deal, 'get-report-feedback', remarks);
    }
    expect(await w.endsOf(deal, 'send-report')).toHaveLength(4);

    await pavel.complete(deal, 'send-report');
    await pavel.complete(deal, 'fill-report-feedback-date', thursday);
    await pavel.complete(deal, 'get-report-feedback');

    expect(await stepsOf(w, deal)).toEqual(['get-final-payment', 'send-originals']);
    expect(await w.fact(deal, 'reportRemarks')).toBeUndefined();
  });
});
