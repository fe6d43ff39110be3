import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

const enter = (w: World, fields: Record<string, unknown> = {}, more: { responsible?: string } = {}) =>
  w.enter('awaiting-visit', fields, { pipeline: 'services', ...more });
const friday = { plannedReadinessDate: '2026-02-06T10:00:00+03:00' };
const ready = { ...friday, workExecutor: 'artem' };
const visitsTold = async (w: World, user: string) =>
  (await w.inbox(user)).filter((line) => line.endsWith('readiness-soon'));

describe('the confirmation of readiness', () => {
  test.for([
    ['an emergency', { emergency: true }, '2026-02-02 13:00'],
    ['no emergency', { emergency: false }, '2026-02-04 09:00'],
    ['not said to be an emergency', {}, '2026-02-04 09:00'],
  ] as const)(
    'of a case that is %s is due at its time [IN-S-05.1, IN-S-05.2]',
    async ([, fields, due], { w }) => {
      const deal = await enter(w, { ...ready, ...fields });

      expect(await w.open(deal)).toEqual([`get-readiness pavel ${due}`]);
    },
  );

  test('of a case that becomes an emergency is due sooner [IN-S-05.1]', async ({ w }) => {
    const deal = await enter(w, ready);
    await w.advanceTo('2026-02-02 10:00');

    await w.as('pavel').change(deal, { emergency: true });

    expect(await w.open(deal)).toEqual(['get-readiness pavel 2026-02-02 13:00']);
  });

  test('is told of to nobody when it is late [IN-S-05.2]', async ({ w }) => {
    await enter(w, ready);

    await w.advanceTo('2026-02-05 09:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });
});

describe('the executor', () => {
  test('is told in the app and by letter two hours before the site is ready [IN-S-05.3, IN-S-05.4, IN-S-05.5]', async ({
    w,
  }) => {
    const deal = await enter(w, ready);

    await w.advanceTo('2026-02-06 07:59:59');
    expect(await w.inbox('artem')).toEqual([]);
    expect(await w.letters(deal)).toEqual([]);

    await w.advanceTo('2026-02-06 08:00');
    expect(await w.inbox('artem')).toEqual(['2026-02-06 08:00 readiness-soon']);
    expect(await w.letters(deal)).toEqual(['2026-02-06 08:00 readiness-soon to artem@industrial.example']);
    expect(await w.inbox('pavel')).toEqual([]);
  });

  test('is told though readiness is confirmed already [IN-S-05.3]', async ({ w }) => {
    const deal = await enter(w, ready);

    await w.as('pavel').complete(deal, 'get-readiness');
    await w.advanceTo('2026-02-06 12:00');

    expect(await visitsTold(w, 'artem')).toEqual(['2026-02-06 08:00 readiness-soon']);
  });

  test('is told nothing once the stage is left [IN-S-05.3]', async ({ w }) => {
    const deal = await enter(w, ready);

    await w.as('pavel').move(deal, 'in-progress');
    await w.advanceTo('2026-02-06 12:00');

    expect(await w.inbox('artem')).toEqual([]);
  });

  test('who takes the place of another is the one who is told, by letter also where they ask for none [IN-S-05.4, IN-S-05.5]', async ({
    w,
  }) => {
    const deal = await enter(w, ready);

    await w.as('pavel').change(deal, { workExecutor: 'nina' });
    await w.advanceTo('2026-02-06 08:00');

    expect(await w.inbox('artem')).toEqual([]);
    expect(await w.inbox('nina')).toEqual(['2026-02-06 08:00 readiness-soon']);
    expect(await w.letters(deal)).toEqual(['2026-02-06 08:00 readiness-soon to nina@industrial.example']);
  });

  test('reads no sums in what is told [IN-S-05.5]', async ({ w }) => {
    const deal = await enter(w, { ...ready, dealTotal: 9_000_000 });

    await w.advanceTo('2026-02-06 08:00');

    const [line] = await w.told('artem');
    expect([line?.subject, line?.body]).toEqual([
      `${(await w.card(deal)).deal.number}: скоро выезд`,
      expect.not.stringMatching(/90.?000/),
    ]);
    expect(line?.body).toContain('06.02.2026');
  });
});

describe('what is missing', () => {
  test('date and executor are each asked for by a task of its own [IN-S-05.6]', async ({ w }) => {
    const deal = await enter(w);

    expect(await w.open(deal)).toEqual([
      'assign-executor pavel 2026-02-03 09:00',
      'fill-readiness-date pavel 2026-02-03 09:00',
      'get-readiness pavel 2026-02-04 09:00',
    ]);
  });

  test.for([
    ['date', ready.workExecutor, { workExecutor: 'artem' }, 'fill-readiness-date'],
    ['executor', friday.plannedReadinessDate, friday, 'assign-executor'],
  ] as const)('a missing %s alone is asked for [IN-S-05.6]', async ([, , fields, step], { w }) => {
    const deal = await enter(w, fields);

    expect((await w.open(deal)).map((line) => line.split(' ')[0])).toEqual(['get-readiness', step].sort());
  });

  test.for([
    [
      'fill-readiness-date',
      'fields.plannedReadinessDate: Fill the date: the task cannot be closed without it.',
    ],
    ['assign-executor', 'fields.workExecutor: Name the work executor.'],
  ] as const)('the task %s cannot be closed empty [IN-S-05.6]', async ([step, why], { w }) => {
    const deal = await enter(w);

    expect(await refusal(w.as('pavel').complete(deal, step))).toBe(`422 ${why}`);
  });

  test.for([
    ['the date first', friday, { workExecutor: 'artem' }],
    ['the executor first', { workExecutor: 'artem' }, friday],
    ['both at once', ready, {}],
  ] as const)(
    'filled, %s, it starts the wait for the visit once [IN-S-05.6]',
    async ([, first, second], { w }) => {
      const deal = await enter(w);

      await w.as('pavel').change(deal, first);
      await w.as('pavel').change(deal, second);

      expect(await w.open(deal)).toEqual(['get-readiness pavel 2026-02-04 09:00']);
      await w.advanceTo('2026-02-06 12:00');
      expect(await w.inbox('artem')).toEqual(['2026-02-06 08:00 readiness-soon']);
    },
  );

  test('an executor named after the two hours began is told at once [IN-S-05.6, IN-S-05.7]', async ({
    w,
  }) => {
    const deal = await enter(w, friday);
    await w.advanceTo('2026-02-06 09:00');

    await w.as('pavel').change(deal, { workExecutor: 'artem' });
    await w.advanceTo('2026-02-06 09:00:01');

    expect(await w.inbox('artem')).toHaveLength(1);
  });
});

describe('another date', () => {
  test.for([
    ['later', '2026-02-09T10:00:00+03:00', '2026-02-09 08:00'],
    ['earlier', '2026-02-04T10:00:00+03:00', '2026-02-04 08:00'],
  ] as const)('put %s, sets the wait anew [IN-S-05.7]', async ([, plannedReadinessDate, at], { w }) => {
    const deal = await enter(w, ready);
    await w.advanceTo('2026-02-03 09:00');

    await w.as('pavel').change(deal, { plannedReadinessDate });
    await w.advanceTo('2026-02-12 09:00');

    expect(await w.inbox('artem')).toEqual([`${at} readiness-soon`]);
  });

  test('nearer than two hours is told of at once [IN-S-05.7]', async ({ w }) => {
    const deal = await enter(w, ready);
    await w.advanceTo('2026-02-03 09:00');

    await w.as('pavel').change(deal, { plannedReadinessDate: '2026-02-03T10:59:00+03:00' });
    await w.advanceTo('2026-02-03 09:00:01');

    expect(await w.inbox('artem')).toHaveLength(1);
  });

  test('set after the notice was given, is told of as well [IN-S-05.7]', async ({ w }) => {
    const deal = await enter(w, ready);
    await w.advanceTo('2026-02-06 08:30');

    await w.as('pavel').change(deal, { plannedReadinessDate: '2026-02-10T10:00:00+03:00' });
    await w.advanceTo('2026-02-12 09:00');

    expect(await w.inbox('artem')).toEqual([
      '2026-02-06 08:00 readiness-soon',
      '2026-02-10 08:00 readiness-soon',
    ]);
  });

  test('taken away, is told of to nobody before it is there again [IN-S-05.7]', async ({ w }) => {
    const deal = await enter(w, ready);

    await w.as('pavel').change(deal, { plannedReadinessDate: null });
    await w.advanceTo('2026-02-09 09:00');
    expect(await w.inbox('artem')).toEqual([]);

    await w.as('pavel').change(deal, { plannedReadinessDate: '2026-02-10T10:00:00+03:00' });
    await w.advanceTo('2026-02-12 09:00');
    expect(await w.inbox('artem')).toEqual(['2026-02-10 08:00 readiness-soon']);
  });

  test('without a time means nine in the morning [IN-S-05.7]', async ({ w }) => {
    await enter(w, { ...ready, plannedReadinessDate: '2026-02-06' });

    await w.advanceTo('2026-02-06 06:59:59');
    expect(await w.inbox('artem')).toEqual([]);
    await w.advanceTo('2026-02-06 07:00');
    expect(await w.inbox('artem')).toEqual(['2026-02-06 07:00 readiness-soon']);
  });
});

describe('a trip', () => {
  test.for(['pavel', 'artem'] as const)(
    'is put up for approval from the deal by %s [IN-S-05.8]',
    async (user, { w }) => {
      const deal = await enter(w, { ...ready, company: 'plant' });

      const trip = await w.as(user).start(deal, 'trip-approval');

      const { deal: started } = await w.card(trip);
      expect([started.initiator, started.fields.company]).toEqual([user, 'plant']);
      expect((await w.open(trip)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
        `fill-trip-data ${user}`,
      ]);
      expect((await w.open(deal)).map((line) => line.split(' ')[0])).toEqual(['get-readiness']);
    },
  );

  test('is not for one who neither answers for the deal nor goes [IN-S-05.8]', async ({ w }) => {
    const deal = await enter(w, ready);

    expect(await refusal(w.as('semyon').start(deal, 'trip-approval'))).toMatch(/^422 pipeline:/);
    expect(await refusal(w.as('rita').start(deal, 'trip-approval'))).toMatch(/^4\d\d /);
  });

  test('may be one of several, and goes on when the stage is left [IN-S-05.8]', async ({ w }) => {
    const deal = await enter(w, ready);
    const first = await w.as('artem').start(deal, 'trip-approval');
    const second = await w.as('pavel').start(deal, 'trip-approval');

    await w.as('pavel').move(deal, 'in-progress');

    for (const trip of [first, second])
      expect((await w.open(trip)).map((line) => line.split(' ')[0])).toEqual(['fill-trip-data']);
    expect((await w.card(deal)).processes).toHaveLength(2);
  });
});
