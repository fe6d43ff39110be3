import { expect, test } from 'vitest';
import { DealId, UserId } from '../../schemas/ids.ts';
import { User } from '../../schemas/people.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { companyOf } from '../access/company.ts';
import { contextFor } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { newDeal } from '../deals/new-deal.ts';
import { configKey } from '../shared/keys.ts';
import { rowsToTell } from './tell.ts';

const company = companyOf(
  [industrial],
  industrial.people.map((user) => ({ ...configKey('user', user.id), ...User.parse(user) })),
);
const context = contextFor('goods', {
  now: new Date('2026-10-01T09:00:00Z'),
  by: { system: 'test' },
  reader: undefined,
  company,
});
const deal = newDeal(
  {
    id: DealId.parse('d1'),
    number: 'G-1',
    title: 'Ремни',
    responsible: UserId.parse('pavel'),
    fields: { dealTotal: 24_000_000 },
  },
  context,
);
const about = async () => ({ id: 'o1', deal, facts: await factsOf(deal, context.pipeline), context });

test('people are told in the app, once each, and nobody a figure that their roles hide', async () => {
  const notice = {
    to: [
      { who: 'field' as const, field: 'responsible' },
      { who: 'role' as const, role: 'product-manager' },
      { who: 'field' as const, field: 'responsible' },
    ],
    text: 'payment-missing',
    channels: ['app' as const],
  };

  const rows = rowsToTell(notice, await about());

  expect(rows.map(({ user, body }) => [user, body])).toEqual([
    ['pavel', expect.stringContaining('осталось получить 240 000,00 ₽ из 240 000,00 ₽')],
    ['nina', expect.stringContaining('осталось получить — из —')],
  ]);
});

test('telling of the same occasion twice writes the same rows', async () => {
  const notice = {
    to: [{ who: 'field' as const, field: 'responsible' }],
    text: 'quote-late',
    channels: ['app' as const, 'email' as const],
  };

  const rows = rowsToTell(notice, await about());

  expect(rows.map(({ row }) => row)).toEqual(['notification', 'message']);
  expect(rowsToTell(notice, await about())).toEqual(rows);
});
