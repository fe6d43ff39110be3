import { expect } from 'vitest';
import { test } from './company.ts';

const stage = 'primary-identification';
const services = { pipeline: 'services' } as const;

test('whoever takes a request for services becomes its responsible person [IN-S-02.1]', async ({ w }) => {
  const deal = await w.enter('unprocessed', {}, { ...services, responsible: undefined });

  await w.as('pavel').move(deal, stage);

  const { deal: taken } = await w.card(deal);
  expect([taken.stage, taken.responsible, taken.head]).toEqual([stage, 'pavel', 'semyon']);
});

test('a request for services that somebody else had before changes hands when it is taken [IN-S-02.1]', async ({
  w,
}) => {
  const deal = await w.enter('unprocessed', {}, { ...services, responsible: 'pavel' });

  await w.as('semyon').move(deal, stage);

  expect((await w.card(deal)).deal.responsible).toBe('semyon');
});

test('the one who takes it gets its identification, due in five hours [IN-S-02.2]', async ({ w }) => {
  const deal = await w.enter('unprocessed', {}, { ...services, responsible: undefined });
  await w.advanceTo('2026-02-02 09:30');

  await w.as('pavel').move(deal, stage);

  expect(await w.open(deal)).toEqual(['express-identification pavel 2026-02-02 14:30']);
});

test('an identification still open after five hours reaches two people, and no product manager [IN-S-02.3, IN-S-02.4]', async ({
  w,
}) => {
  const deal = await w.enter(stage, {}, services);

  await w.advanceTo('2026-02-02 13:59:59');
  expect(await w.inbox('pavel')).toEqual([]);

  await w.advanceTo('2026-02-02 14:00');
  const told = ['2026-02-02 14:00 identification-late'];
  for (const person of ['pavel', 'semyon']) expect(await w.inbox(person)).toEqual(told);
  for (const person of ['nina', 'galina', 'artem']) expect(await w.inbox(person)).toEqual([]);
  expect(await w.stageOf(deal)).toBe(stage); // a rung tells people, it moves nothing
});

test('an identification of services closed a second before five hours are over is told of to nobody [IN-S-02.3]', async ({
  w,
}) => {
  const deal = await w.enter(stage, {}, services);

  await w.advanceTo('2026-02-02 13:59:59');
  await w.as('pavel').complete(deal, 'express-identification', { serviceKinds: ['vibro-diagnostics'] });
  await w.advanceTo('2026-02-03 09:00');

  for (const person of ['pavel', 'semyon']) expect(await w.inbox(person)).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
});

test('leaving the stage ends the five hours of services and cancels the task [IN-S-02.3]', async ({ w }) => {
  const deal = await w.enter(stage, {}, services);

  await w.as('pavel').move(deal, 'invoice-quote');
  await w.advanceTo('2026-02-02 20:00');

  expect(await w.endsOf(deal, 'express-identification')).toEqual(['stage left by pavel']);
  expect(await w.inbox('semyon')).toEqual([]);
});
