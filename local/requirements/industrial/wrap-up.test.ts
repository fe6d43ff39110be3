import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

const stage = 'wrap-up';

test.for(['carrier', 'own-delivery', undefined] as const)(
  'a deal on terms %s asks for scans within a day [IN-G-07.1, IN-G-07.2]',
  async (deliveryTerms, { w }) => {
    const deal = await w.enter(stage, { deliveryTerms: deliveryTerms ?? null });

    expect(await w.open(deal)).toEqual(['get-scans pavel 2026-02-03 09:00']);
  },
);

test('goods that were collected ask for no documents [IN-G-07.1, IN-G-07.6]', async ({ w }) => {
  const deal = await w.enter(stage, { deliveryTerms: 'pickup' });

  await w.advanceTo('2026-03-02 09:00');

  expect(await w.tasks(deal)).toEqual([]);
  expect(await w.inbox('pavel')).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
});

describe('scans', () => {
  test('missing after a day, they are told of to the responsible [IN-G-07.3]', async ({ w }) => {
    await w.enter(stage);

    await w.advanceTo('2026-02-03 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-03 09:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-03 09:00 scans-late']);
  });

  test('got a second before the day is over, they are told of to nobody [IN-G-07.3]', async ({ w }) => {
    const deal = await w.enter(stage);

    await w.advanceTo('2026-02-03 08:59:59');
    await w.as('pavel').complete(deal, 'get-scans');
    await w.advanceTo('2026-02-04 12:00');

    expect(await w.inbox('pavel')).toEqual([]);
    expect(await w.fact(deal, 'scansReceivedAt')).toBe('2026-02-03');
  });

  test('got, they ask for the date of the originals [IN-G-07.4]', async ({ w }) => {
    const deal = await w.enter(stage);

    await w.as('pavel').complete(deal, 'get-scans');

    expect(await w.open(deal)).toEqual(['fill-originals-date pavel 2026-02-03 09:00']);
  });

  test('the date of the originals cannot be passed over [IN-G-07.5]', async ({ w }) => {
    const deal = await w.enter(stage);
    await w.as('pavel').complete(deal, 'get-scans');

    expect(await refusal(w.as('pavel').complete(deal, 'fill-originals-date'))).toBe(
      '422 fields.originalsPlannedDate: Fill the date: the task cannot be closed without it.',
    );

    await w.as('pavel').complete(deal, 'fill-originals-date', { originalsPlannedDate: '2026-03-20' });
    expect(await w.open(deal)).toEqual([]);
  });
});
