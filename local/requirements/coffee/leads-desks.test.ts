import { expect } from 'vitest';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';
import { aLeadByPhone, aNamedLead } from './leads.ts';

test('leads stand on a board of their own, each stage a column; managers see their own and those nobody has [CO-60.1]', async ({
  w,
}) => {
  await aNamedLead(w); // Denis’s
  await aLeadByPhone(w);

  const columns = async (who: string) =>
    (await w.as(who).get('/v1/boards/coffee-leads')).columns.map(
      ({ title, count }: { title: { ru: string }; count: number }) => `${title.ru}: ${count}`,
    );

  expect(await columns('svetlana')).toEqual([
    'Новая заявка: 2',
    'В обработке: 0',
    'Сконвертирован: 0',
    'Спам / некачественный: 0',
  ]);
  expect((await columns('yana'))[0]).toBe('Новая заявка: 1');
  expect((await columns('denis'))[0]).toBe('Новая заявка: 2');
});

test('the desk “to assign” shows leads without a manager and those that climb, with their age and level [CO-60.3]', async ({
  w,
}) => {
  const late = await aNamedLead(w);
  await w.advanceTo('2026-02-04 12:00');
  const fresh = await aLeadByPhone(w);
  await aNamedLead(w);

  const { items } = await w.as('svetlana').get('/v1/desks/coffee-to-assign');

  expect(items).toMatchObject([
    { deal: late, ladderLevel: 2, responsible: 'denis', createdAt: '2026-02-02T06:00:00.000Z' },
    { deal: fresh, createdAt: '2026-02-04T09:00:00.000Z' },
  ]);
  expect(items).toHaveLength(2);
});

test('moves outside the process are refused, whoever asks [CO-00.7]', async ({ w }) => {
  const lead = await aNamedLead(w);

  for (const to of ['lead-converted', 'new-lead'])
    expect(await refusal(w.as('denis').move(lead, to))).toContain('422');
  expect(await refusal(w.as('tamara').move(lead, 'lead-processing'))).toContain('404');
});

test('everybody reads the manual of their own work [CO-00.4]', async ({ w }) => {
  for (const { id, roles } of coffee.people) {
    const { pages } = await w.as(id).get('/v1/help');
    expect(pages.map(({ role }: { role: string }) => role)).toEqual(roles);
    for (const { text } of pages)
      for (const language of ['ru', 'en']) expect(text[language].length).toBeGreaterThan(40);
  }
});
