import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

test('a deal is not lost without a reason [IN-G-09.1]', async ({ w }) => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });

  expect(await refusal(w.as('pavel').move(deal, 'lost'))).toBe(
    '422 fields.lossReason: Fill in “Loss reason”',
  );

  expect(await w.stageOf(deal)).toBe('invoice-quote');
  expect(await w.open(deal)).toEqual(['send-quote pavel 2026-02-03 09:00']);
});

test('a lost deal has no work and no timer left [IN-G-09.1]', async ({ w }) => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-03T12:00:00+03:00' });
  expect(w.runs(deal)).toHaveLength(2);

  await w.as('pavel').move(deal, 'lost', { lossReason: 'price' });
  await w.advanceTo('2026-03-02 09:00');

  expect((await w.card(deal)).deal.outcome).toBe('lost');
  expect(await w.open(deal)).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
  expect(await w.inbox('pavel')).toEqual([]);
});
