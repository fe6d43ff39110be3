import { expect } from 'vitest';
import { test } from './company.ts';

const five = { company: 'plant', caseComplexity: 'simple' } as const;

test('who takes an unprocessed request becomes its responsible person [IN-G-02.1, IN-X-01.2]', async ({
  w,
}) => {
  const deal = await w.enter('unprocessed', five, { responsible: undefined });

  await w.as('pavel').move(deal, 'express-identification');

  const { deal: moved } = await w.card(deal);
  expect([moved.stage, moved.responsible, moved.head]).toEqual(['express-identification', 'pavel', 'semyon']);
});

test('the one who takes a request gets its identification, due in five hours and set by the head [IN-G-02.2, IN-X-01.2]', async ({
  w,
}) => {
  const deal = await w.enter('unprocessed', five, { responsible: undefined });
  await w.advanceTo('2026-02-02 09:30');

  await w.as('pavel').move(deal, 'express-identification');

  expect(await w.open(deal)).toEqual(['express-identification pavel 2026-02-02 14:30']);
  expect((await w.task(deal, 'express-identification')).creator).toBe('semyon');
});
