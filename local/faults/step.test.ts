import '../../functions/testing/quiet.ts';

import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sharedTable } from '../table/shared.ts';
import { about, type CompanyAtWork, startCompany } from './company.ts';

let company: CompanyAtWork;
beforeAll(async () => {
  company = await startCompany({ at: '2026-02-02 09:00', table: await sharedTable() });
});
afterEach(() => company.runtime.faults.clear());
afterAll(() => company?.stop());

const step = 'voronka-dev-step';
const hour = 3_600_000;
const texts = (lines: readonly string[]) => lines.map((line) => line.split(' ').at(-1));

test.each(['before', 'after'] as const)(
  'a step that throws once, %s its work, is done once',
  async (when) => {
    const { aDeal, pavel, person, clock, runtime } = company;
    const deal = await aDeal();
    runtime.faults.throw(step, { when, only: about(deal) });

    await clock.advance(5 * hour + 60_000); // the rung: three people are told

    for (const one of [pavel, person('semyon'), person('nina')])
      expect(texts(await one.inbox(deal))).toEqual(['identification-late']);
    expect((await pavel.openTasks(deal)).map((task) => task.step)).toEqual(['express-identification']);
  },
);

test.each(['before', 'after'] as const)(
  'a step that throws once, %s it set a task, sets one',
  async (when) => {
    const { aDeal, pavel, clock, runtime } = company;
    const deal = await aDeal('unprocessed');
    runtime.faults.throw(step, { when, only: about(deal) });

    await pavel.move(deal, 'express-identification');
    await clock.advance(5 * 60_000);

    expect((await pavel.openTasks(deal)).map((task) => task.step)).toEqual(['express-identification']);
    expect(await company.runsOf(deal)).toEqual([`${deal}-2-express-identification`]);
  },
);

test('a step that always throws ends its run, administrators are told once, and a restart finishes the work', async () => {
  const { aDeal, pavel, person, clock, runtime } = company;
  const deal = await aDeal('unprocessed');
  const other = await aDeal('unprocessed');
  runtime.faults.throwAlways(step, { only: about(deal) });

  await pavel.move(deal, 'express-identification');
  await pavel.move(other, 'express-identification');
  await clock.advance(hour);

  const name = `${deal}-2-express-identification`;
  const stateMachineArn = runtime.machineArn('industrial-goods-express-identification');
  const run = runtime.engine.listExecutions({ stateMachineArn }).find((one) => one.name === name);
  expect(run?.status).toBe('FAILED');
  expect(texts(await person('admin').inbox(deal))).toEqual(['run-failed']);
  expect((await pavel.openTasks(other)).map((task) => task.step)).toEqual(['express-identification']);

  runtime.faults.clear();
  await new SFNClient({}).send(
    new StartExecutionCommand({
      stateMachineArn,
      name: `${name}-again`,
      input: JSON.stringify(run?.input),
    }),
  );
  await clock.settle();
  expect((await pavel.openTasks(deal)).map((task) => task.step)).toEqual(['express-identification']);
});

test('a notice whose step throws after it was told is told once', async () => {
  const { aDeal, pavel, person, clock, runtime, driver } = company;
  const deal = await aDeal('invoice-quote');
  await pavel.move(deal, 'contract', { contractNeeded: 'yes' });
  const { id: approval } = await pavel.ok<{ id: string }>('POST', `/v1/deals/${deal}/processes`, {
    pipeline: 'contract-approval',
  });
  await clock.settle();
  const { put, headers, ref } = await pavel.ok<{
    put: string;
    headers: Record<string, string>;
    ref: unknown;
  }>('POST', `/v1/deals/${approval}/files`, {
    name: 'draft.pdf',
    type: 'application/pdf',
    size: 5,
    field: 'contractDraft',
  });
  await driver.put(put, headers, 'draft');
  await pavel.complete(approval, 'draft-contract', { contractDraft: ref });
  await clock.settle();
  const asked = (await person('galina').openTasks(approval)).find(({ kind }) => kind === 'approval');
  const isNotice = (event: unknown) =>
    about(approval)(event) && (event as { step: { do: string } }).step.do === 'notify';
  runtime.faults.throw(step, { when: 'after', only: isNotice });

  await person('galina').ok('POST', `/v1/tasks/${asked?.id}/decide`, { decision: 'approved' });
  await clock.advance(10 * 60_000);

  expect(texts(await pavel.inbox(approval))).toHaveLength(1);
  expect((await pavel.card(approval)).deal.outcome).toBe('done');
});
