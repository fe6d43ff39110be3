import { expect } from 'vitest';
import type { World } from '../../world.ts';
import { test } from './company.ts';

const enter = (w: World, fields: Record<string, unknown> = {}) =>
  w.enter('in-progress', fields, { pipeline: 'services' });
const wednesday = { plannedReadinessDate: '2026-02-04T10:00:00+03:00' };

test('the invoice with the preparation sheet is a task of the responsible [IN-S-06.1]', async ({ w }) => {
  const deal = await enter(w, wednesday);

  const task = await w.task(deal, 'send-invoice-prep');
  expect([task.assignee, task.title.ru]).toEqual([
    'pavel',
    'Подготовить и отправить счет с листом о подготовке к выполнению работ',
  ]);
});

test.for([
  ['an emergency, whatever the readiness date', { emergency: true, ...wednesday }, '2026-02-03 09:00'],
  ['an emergency without a date', { emergency: true }, '2026-02-03 09:00'],
] as const)('%s is reminded of after a day [IN-S-06.2, IN-S-06.4]', async ([, fields, at], { w }) => {
  const deal = await enter(w, fields);
  expect(await w.open(deal)).toEqual([`send-invoice-prep pavel ${at}`]);

  await w.advanceTo('2026-02-03 08:59:59');
  expect(await w.inbox('pavel')).toEqual([]);

  await w.advanceTo('2026-02-10 09:00');
  expect(await w.inbox('pavel')).toEqual([`${at} invoice-prep-due`]);
  expect(await w.inbox('semyon')).toEqual([]);
});

test.for([
  ['no emergency', { emergency: false }],
  ['not said to be one', {}],
] as const)(
  'a case that is %s is reminded of at the planned readiness [IN-S-06.3, IN-S-06.4]',
  async ([, fields], { w }) => {
    await enter(w, { ...wednesday, ...fields });

    await w.advanceTo('2026-02-04 09:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-10 09:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-04 10:00 invoice-prep-due']);
  },
);

test('a readiness that moves takes the reminder along [IN-S-06.3]', async ({ w }) => {
  const deal = await enter(w, wednesday);

  await w.as('pavel').change(deal, { plannedReadinessDate: '2026-02-06T12:00:00+03:00' });

  expect(await w.open(deal)).toEqual(['send-invoice-prep pavel 2026-02-06 12:00']);
  await w.advanceTo('2026-02-10 09:00');
  expect(await w.inbox('pavel')).toEqual(['2026-02-06 12:00 invoice-prep-due']);
});

test('a readiness that is past when the work begins is reminded of at once [IN-S-06.3]', async ({ w }) => {
  await enter(w, { plannedReadinessDate: '2026-01-30T10:00:00+03:00' });

  await w.advanceTo('2026-02-02 09:00:01');

  expect(await w.inbox('pavel')).toHaveLength(1);
});

test.for([
  ['emergency', { emergency: true }, '2026-02-03 08:59:59'],
  ['other case', wednesday, '2026-02-04 09:59:59'],
] as const)(
  'an %s whose invoice is out a second before is not reminded of [IN-S-06.4]',
  async ([, fields, before], { w }) => {
    const deal = await enter(w, fields);

    await w.advanceTo(before);
    await w.as('pavel').complete(deal, 'send-invoice-prep');
    await w.advanceTo('2026-02-10 09:00');

    expect(await w.inbox('pavel')).toEqual([]);
    expect(w.runs(deal)).toEqual([]);
  },
);

test('leaving the stage ends the reminder [IN-S-06.4]', async ({ w }) => {
  const deal = await enter(w, wednesday);

  await w.as('pavel').move(deal, 'wrap-up');
  await w.advanceTo('2026-02-04 12:00');

  expect(await w.endsOf(deal, 'send-invoice-prep')).toEqual(['stage left by pavel']);
  expect(await w.inbox('pavel')).toEqual([]);
});
