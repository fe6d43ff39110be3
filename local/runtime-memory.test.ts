import '../functions/testing/quiet.ts';

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DealView } from '../schemas/api/index.ts';
import { type CompanyAtWork, startCompany } from './faults/company.ts';

let company: CompanyAtWork;
beforeAll(async () => {
  company = await startCompany({ at: '2026-02-02 09:00', table: 'memory' });
});
afterAll(() => company?.stop());

test('with its table in this process the runtime does what it does with DynamoDB', async () => {
  const { aDeal, pavel, driver, clock, runsOf } = company;

  const deal = await aDeal('express-identification');
  const due = (await pavel.work(deal)).join();
  await clock.advance(5 * 3_600_000);

  expect(due).toBe('express-identification due Mon 02 Feb 14:00');
  expect(await pavel.inbox(deal)).toEqual(['Mon 02 Feb 14:00 identification-late']);
  expect(await runsOf(deal)).toHaveLength(1);

  const { deal: paid } = await pavel.card(deal);
  await driver.says('bank', {
    type: 'payment.received',
    externalId: 'p1',
    deal: paid.id,
    amount: { amount: 100, currency: 'RUB' },
    day: '2026-02-02',
  } as never);

  const after = await pavel.ok<{ deal: DealView }>('GET', `/v1/deals/${deal}`);
  expect(after.deal.facts.paidTotal).toBe(100);
});

test('a batch that fails is tried again, and one that was handled may come once more', async () => {
  const { aDeal, pavel, clock, runtime, streamTo } = company;
  const deal = await aDeal('unprocessed');
  runtime.faults.throwAlways('voronka-dev-workflow');

  await pavel.move(deal, 'express-identification');
  await clock.settle();
  expect(await pavel.openTasks(deal)).toEqual([]);
  runtime.faults.clear();
  await clock.advance(60_000);
  await streamTo('Workflow').redeliver();
  await clock.settle();

  expect((await pavel.openTasks(deal)).map(({ step }) => step)).toEqual(['express-identification']);
});

test('a table in memory is not for a folder that is kept', async () => {
  await expect(startCompany({ at: '2026-02-02 09:00', table: 'memory', dir: '/nowhere' })).rejects.toThrow(
    'a table in memory keeps nothing',
  );
});
