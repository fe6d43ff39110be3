import { expect } from 'vitest';
import { test } from './company.ts';

const stage = 'express-identification';

test('whoever takes an unprocessed request becomes its responsible person [IN-G-02.1]', async ({ w }) => {
  const deal = await w.enter('unprocessed', {}, { responsible: undefined });

  await w.as('pavel').move(deal, stage);

  const { deal: taken } = await w.card(deal);
  expect([taken.stage, taken.responsible]).toEqual([stage, 'pavel']);
});

test('a request that somebody else had before changes hands when it is taken [IN-G-02.1]', async ({ w }) => {
  const deal = await w.enter('unprocessed', {}, { responsible: 'pavel' });

  await w.as('semyon').move(deal, stage);

  expect((await w.card(deal)).deal.responsible).toBe('semyon');
});

test('the one who takes a request gets its identification, due in five hours [IN-G-02.2]', async ({ w }) => {
  const deal = await w.enter('unprocessed', {}, { responsible: undefined });
  await w.advanceTo('2026-02-02 09:30');

  await w.as('pavel').move(deal, stage);

  expect(await w.open(deal)).toEqual(['express-identification pavel 2026-02-02 14:30']);
});

test('an identification still open after five hours reaches three people [IN-G-02.3, IN-G-02.4]', async ({
  w,
}) => {
  const deal = await w.enter(stage);

  await w.advanceTo('2026-02-02 13:59:59');
  expect(await w.inbox('pavel')).toEqual([]);

  await w.advanceTo('2026-02-02 14:00');
  const told = ['2026-02-02 14:00 identification-late'];
  for (const person of ['pavel', 'semyon', 'nina']) expect(await w.inbox(person)).toEqual(told);
  expect(await w.inbox('galina')).toEqual([]);
  expect(await w.stageOf(deal)).toBe(stage); // a rung tells people, it moves nothing
});

test('five hours are told of once, however long the identification stays open [IN-G-02.4]', async ({ w }) => {
  await w.enter(stage);

  await w.advanceTo('2026-03-02 09:00');

  expect(await w.inbox('pavel')).toEqual(['2026-02-02 14:00 identification-late']);
});

test('an identification closed a second before five hours are over is told of to nobody [IN-G-02.3]', async ({
  w,
}) => {
  const deal = await w.enter(stage);

  await w.advanceTo('2026-02-02 13:59:59');
  await w.as('pavel').complete(deal, stage);
  await w.advanceTo('2026-02-03 09:00');

  for (const person of ['pavel', 'semyon', 'nina']) expect(await w.inbox(person)).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
});

test('leaving the stage ends the five hours and cancels the identification [IN-G-02.3]', async ({ w }) => {
  const deal = await w.enter(stage, { caseComplexity: 'simple' });

  await w.as('pavel').move(deal, 'invoice-quote');
  await w.advanceTo('2026-02-02 20:00');

  expect(await w.endsOf(deal, stage)).toEqual(['stage left by pavel']);
  expect(await w.inbox('nina')).toEqual([]);
});
