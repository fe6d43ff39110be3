import { expect } from 'vitest';
import type { FeedEntry } from '../../../schemas/feed.ts';
import { localTime } from '../../world/moscow.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

/** The history as `2026-02-02 09:30 moved by pavel`, oldest first. */
const historyOf = async (w: World, deal: string, user = 'pavel'): Promise<string[]> => {
  const { items }: { items: FeedEntry[] } = await w.as(user).get(`/v1/deals/${deal}/feed`);
  return items
    .map(({ at, kind, by }) => `${localTime(at)} ${kind} by ${'user' in by ? by.user : 'the system'}`)
    .reverse();
};

test('fields, stages and tasks are told of with who and when [IN-X-00.7]', async ({ w }) => {
  const deal = await w.as('pavel').create();
  await w.advanceTo('2026-02-02 09:30');
  await w.as('pavel').move(deal, 'express-identification');
  await w.advanceTo('2026-02-02 10:00');

  await w.as('pavel').change(deal, { dealTotal: 24_000_000 });
  await w.advanceTo('2026-02-02 11:00');
  await w.as('pavel').complete(deal, 'express-identification');

  expect(await historyOf(w, deal)).toEqual([
    '2026-02-02 09:00 created by pavel',
    '2026-02-02 09:30 assigned by pavel',
    '2026-02-02 09:30 moved by pavel',
    '2026-02-02 09:30 task-opened by the system',
    '2026-02-02 10:00 changed by pavel',
    '2026-02-02 11:00 task-closed by pavel',
  ]);
});

test('a changed field tells what it was and what it is [IN-X-00.7]', async ({ w }) => {
  const deal = await w.enter('picking', { dealTotal: 24_000_000 });

  await w.as('pavel').change(deal, { dealTotal: 25_000_000 });

  const { items }: { items: FeedEntry[] } = await w.as('pavel').get(`/v1/deals/${deal}/feed`);
  expect(items.find(({ kind }) => kind === 'changed')?.data).toEqual({ dealTotal: [24_000_000, 25_000_000] });
});

test('a payment is told of [IN-X-00.7]', async ({ w }) => {
  const deal = await w.enter('picking', { dealTotal: 24_000_000 });
  await w.advanceTo('2026-02-03 10:00');

  await w.as('rita').pay(deal, 100_000);

  const { items }: { items: FeedEntry[] } = await w.as('rita').get(`/v1/deals/${deal}/feed`);
  expect(items.find(({ kind }) => kind === 'money')).toMatchObject({
    by: { user: 'rita' },
    at: '2026-02-03T07:00:00.000Z',
    data: { amount: { amount: 10_000_000, currency: 'RUB' } },
  });
});

test('a decision is told of with its comment [IN-X-00.7]', async ({ w }) => {
  const deal = await w.enter('contract');
  const approval = await w.as('pavel').start(deal, 'contract-approval');
  const contractDraft = await w.as('pavel').announce(approval, 'contractDraft', 'draft-1.pdf');
  await w.as('pavel').complete(approval, 'draft-contract', { contractDraft });

  await w.as('galina').decide(approval, 'approve-contract', 'rejected', 'add a penalty clause');

  const { items }: { items: FeedEntry[] } = await w.as('galina').get(`/v1/deals/${approval}/feed`);
  expect(items.find(({ kind }) => kind === 'decision')).toMatchObject({
    by: { user: 'galina' },
    data: { outcome: 'rejected', comment: 'add a penalty clause' },
  });
});

test('what nobody did by hand is told of as done by the system [IN-X-00.7]', async ({ w }) => {
  const deal = await w.enter('contract', { contractNeeded: 'yes' });

  await w.as('pavel').change(deal, { contractNeeded: 'no' });

  expect(
    (await historyOf(w, deal)).filter((line) => line.includes('moved') || line.includes('cancelled')),
  ).toEqual(['2026-02-02 09:00 moved by the system', '2026-02-02 09:00 task-cancelled by the system']);
});

test('a stream told twice is one history [IN-X-00.7]', async ({ w }) => {
  w.between.deliver = (batch) => [batch, batch];
  const deal = await w.enter('express-identification');
  await w.as('pavel').complete(deal, 'express-identification');

  const lines = await historyOf(w, deal);
  expect(lines.filter((line) => line.includes('task-closed'))).toHaveLength(1);
  expect(new Set(lines).size).toBe(lines.length);
});
