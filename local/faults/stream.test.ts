import '../../functions/testing/quiet.ts';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ops } from '../../scripts/ops.ts';
import { sharedTable } from '../table/shared.ts';
import { chanceFrom } from './chance.ts';
import { about, type CompanyAtWork, startCompany } from './company.ts';
import { rowsOf, sorted } from './history.ts';
import { allRecords, type EventRecord } from './records.ts';

let company: CompanyAtWork;
beforeAll(async () => {
  company = await startCompany({ at: '2026-02-02 09:00', table: await sharedTable() });
});
afterEach(() => company.runtime.faults.clear());
afterAll(() => company?.stop());

const workflow = 'voronka-dev-workflow';
const reports = 'voronka-dev-reports';
const minute = 60_000;
const stepsOn = async (deal: string) => (await company.pavel.openTasks(deal)).map(({ step }) => step);

/** All there is: rows, runs and letters. */
const everything = async () => ({
  rows: sorted(
    (await rowsOf(company.runtime.urls.table)).map(({ pk, version, ...row }) =>
      // What a row was counted as may be said at an older version of it: the worth is what matters.
      String(pk).startsWith('R#of#') ? { pk, ...row } : { pk, version, ...row },
    ),
  ),
  runs: company.runtime.engine
    .listStateMachines()
    .flatMap(({ arn }) => company.runtime.engine.listExecutions({ stateMachineArn: arn }))
    .map(({ name, status }) => `${name} ${status}`),
  letters: await company.driver.letters(),
});

/** What an operator does about what was given up. @returns the command's last line */
const redrive = async (queue: string): Promise<string | undefined> => {
  const said: string[] = [];
  await ops(['redrive', queue], (line) => void said.push(line));
  await company.clock.settle();
  return said.at(-1);
};

test.each([
  [workflow, 'before'],
  [workflow, 'after'],
  [reports, 'before'],
  [reports, 'after'],
] as const)('%s throws once, %s its work: the move has its effect once', async (name, when) => {
  const { aDeal, pavel, clock, runtime } = company;
  const deal = await aDeal('unprocessed');
  runtime.faults.throw(name, { when, only: about(deal) });

  await pavel.move(deal, 'express-identification');
  await clock.advance(minute);

  expect(await stepsOn(deal)).toEqual(['express-identification']);
  expect(await company.runsOf(deal)).toEqual([`${deal}-2-express-identification`]);
  const { feed } = await pavel.card(deal);
  expect(feed.map(({ kind }) => kind).sort()).toEqual(['assigned', 'created', 'moved', 'task-opened']);
});

test('a change that the workflow never takes holds nobody else up for long, and redriving it heals the deal', async () => {
  const { aDeal, pavel, clock, runtime } = company;
  const poisoned = await aDeal('unprocessed');
  const other = await aDeal('unprocessed');
  runtime.faults.throwAlways(workflow, { only: about(poisoned) });

  await pavel.move(poisoned, 'express-identification');
  await pavel.move(other, 'express-identification');
  await clock.advance(15 * minute);

  expect(await stepsOn(other)).toEqual(['express-identification']);
  expect(await stepsOn(poisoned)).toEqual([]);

  runtime.faults.clear();
  expect(await redrive('workflow')).toBe('workflow-failed: 1 of 1 taken');
  expect(await stepsOn(poisoned)).toEqual(['express-identification']);
  expect(await company.runsOf(poisoned)).toEqual([`${poisoned}-2-express-identification`]);
});

test('a change redriven when its deal has gone on starts nothing', async () => {
  const { aDeal, pavel, clock, runtime } = company;
  const deal = await aDeal('unprocessed');
  runtime.faults.throwAlways(workflow, { only: about(deal) });
  await pavel.move(deal, 'express-identification');
  await clock.advance(15 * minute);
  runtime.faults.clear();
  await pavel.change(deal, { caseComplexity: 'complex', dealTotal: 10_000_000 });
  await pavel.move(deal, 'invoice-quote');
  await clock.settle();

  expect(await redrive('workflow')).toBe('workflow-failed: 1 of 1 taken');

  expect(await company.runsOf(deal)).toEqual([`${deal}-3-invoice-quote`]);
  expect(await stepsOn(deal)).toEqual(['send-quote']);
});

test('changes that come late have their effect, and those that come twice have none', async () => {
  const { aDeal, pavel, clock, streamTo } = company;
  const deal = await aDeal('unprocessed');
  for (const name of ['WorkflowOutbox', 'ReportsAggregates']) streamTo(name).hold();
  await pavel.move(deal, 'express-identification');
  await clock.advance(10 * minute);
  expect(await stepsOn(deal)).toEqual([]);

  for (const name of ['WorkflowOutbox', 'ReportsAggregates']) streamTo(name).release();
  await clock.settle();
  expect(await stepsOn(deal)).toEqual(['express-identification']);

  const before = await everything();
  for (const name of ['WorkflowOutbox', 'ReportsAggregates']) await streamTo(name).redeliver();
  await clock.advance(minute);
  expect(await everything()).toEqual(before);
});

/** The same records in another order of rows: those of one row stay in theirs. */
const reordered = (records: readonly EventRecord[], chance: () => number): EventRecord[] => {
  const rows = Object.groupBy(records, ({ dynamodb }) => JSON.stringify(dynamodb.Keys));
  const queues = Object.values(rows).map((some = []) => [...some]);
  const order: EventRecord[] = [];
  while (order.length < records.length) {
    const next = queues[Math.floor(chance() * queues.length)]?.shift();
    if (next !== undefined) order.push(next);
  }
  return order;
};

test('everything told again, late and in another order of rows, changes nothing', async () => {
  const { aDeal, pavel, person, clock, runtime } = company;
  const deal = await aDeal('invoice-quote');
  await pavel.complete(deal, 'send-quote');
  await person('rita').ok('POST', `/v1/deals/${deal}/ledger`, {
    kind: 'payment',
    amount: { amount: 4_000_000, currency: 'RUB' },
    account: 'bank',
  });
  await clock.settle();
  const before = await everything();

  const records = reordered(await allRecords(), chanceFrom(5));
  for (let at = 0; at < records.length; at += 25)
    for (const name of [workflow, reports])
      expect(await runtime.invoke(name, { Records: records.slice(at, at + 25) })).toEqual({
        batchItemFailures: [],
      });
  await clock.settle();

  expect(await everything()).toEqual(before);
});
