import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

const stage = 'won';
const planned = { originalsPlannedDate: '2026-02-20' };

test('a deal whose originals are here asks for nothing [IN-G-08.1]', async ({ w }) => {
  const deal = await w.enter(stage, { ...planned, hasOriginals: true });

  expect(await w.tasks(deal)).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
});

test.for([
  ['not here', { hasOriginals: false }],
  ['not spoken of', {}],
] as const)(
  'originals that are %s are due on their planned day [IN-G-08.1, IN-G-08.2]',
  async ([, fields], { w }) => {
    const deal = await w.enter(stage, { ...planned, ...fields });

    expect(await w.open(deal)).toEqual(['get-originals pavel 2026-02-20 18:00']);
  },
);

describe('when the planned day comes', () => {
  test('originals still missing are told of to the responsible [IN-G-08.3]', async ({ w }) => {
    await w.enter(stage, planned);

    await w.advanceTo('2026-02-20 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-20 09:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-20 09:00 originals-due']);
  });

  test('originals got before are told of to nobody [IN-G-08.3]', async ({ w }) => {
    const deal = await w.enter(stage, planned);

    await w.advanceTo('2026-02-20 08:59:59');
    await w.as('pavel').complete(deal, 'get-originals', { hasOriginals: true });
    await w.advanceTo('2026-02-21 09:00');

    expect(await w.inbox('pavel')).toEqual([]);
    expect(w.runs(deal)).toEqual([]);
  });
});

test('the task cannot be closed before the originals are here [IN-G-08.4]', async ({ w }) => {
  const deal = await w.enter(stage, planned);

  expect(await refusal(w.as('pavel').complete(deal, 'get-originals'))).toBe(
    '422 fields.hasOriginals: Tick “Originals received” first.',
  );
});

test('originals that have arrived leave the closing to the responsible [IN-G-08.4]', async ({ w }) => {
  const deal = await w.enter(stage, planned);

  await w.as('pavel').change(deal, { hasOriginals: true });
  expect(await w.open(deal)).toEqual(['get-originals pavel 2026-02-20 18:00']);

  await w.as('pavel').complete(deal, 'get-originals');
  expect(await w.endsOf(deal, 'get-originals')).toEqual(['done by pavel']);
});

describe('the planned day', () => {
  test('where there is none, originals are due thirty days after the deal was won [IN-G-08.5]', async ({
    w,
  }) => {
    const deal = await w.enter(stage);
    expect(await w.open(deal)).toEqual(['get-originals pavel 2026-03-04 09:00']);

    await w.advanceTo('2026-03-04 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);
    await w.advanceTo('2026-03-04 09:00');
    expect(await w.inbox('pavel')).toEqual(['2026-03-04 09:00 originals-due']);
  });

  test.for([
    ['later', '2026-02-27', '2026-02-27 08:59:59', '2026-02-27 09:00'],
    ['earlier', '2026-02-10', '2026-02-10 08:59:59', '2026-02-10 09:00'],
  ] as const)('put %s, it moves the task and its timer [IN-G-08.5]', async ([, day, before, at], { w }) => {
    const deal = await w.enter(stage, planned);
    await w.advanceTo('2026-02-03 09:00');

    await w.as('pavel').change(deal, { originalsPlannedDate: day });
    expect(await w.open(deal)).toEqual([`get-originals pavel ${day} 18:00`]);

    await w.advanceTo(before);
    expect(await w.inbox('pavel')).toEqual([]);
    await w.advanceTo('2026-03-31 09:00');
    expect(await w.inbox('pavel')).toEqual([`${at} originals-due`]);
  });

  test('put on a day that is past, it is told of at once [IN-G-08.5]', async ({ w }) => {
    const deal = await w.enter(stage, planned);
    await w.advanceTo('2026-02-10 12:00');

    await w.as('pavel').change(deal, { originalsPlannedDate: '2026-02-09' });
    await w.advanceTo('2026-02-10 12:00:01');

    expect(await w.inbox('pavel')).toHaveLength(1);
  });

  test('filled later than the deal was won, it takes the place of the thirty days [IN-G-08.5]', async ({
    w,
  }) => {
    const deal = await w.enter(stage);

    await w.as('pavel').change(deal, planned);
    await w.advanceTo('2026-03-31 09:00');

    expect(await w.inbox('pavel')).toEqual(['2026-02-20 09:00 originals-due']);
  });
});
