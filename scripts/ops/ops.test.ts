import '../../functions/testing/quiet.ts';

import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { about, type CompanyAtWork, startCompany } from '../../local/faults/company.ts';
import { sharedTable } from '../../local/table/shared.ts';
import { ops } from '../ops.ts';

let company: CompanyAtWork;
beforeAll(async () => {
  // Commands find the table by the stage's name: this file alone goes without a prefix.
  company = await startCompany({ at: '2026-02-02 09:00', table: { ...(await sharedTable()), prefix: '' } });
});
afterEach(() => company.runtime.faults.clear());
afterAll(() => company?.stop());

const workflow = 'voronka-dev-workflow';
const port = 'voronka-dev-port';
const minute = 60_000;

/** A command as an operator types it for a runtime of this machine: its exit code and what it prints. */
const run = async (line: string) => {
  const said: string[] = [];
  const at = line.includes('--at') ? [] : ['--at', company.runtime.urls.sfn];
  const code = await ops([...line.split(' '), ...at], (text) => void said.push(text));
  await company.clock.settle();
  return { code, said };
};
const stepsOn = async (deal: string) => (await company.pavel.openTasks(deal)).map(({ step }) => step);

/** A deal whose coming to its stage the workflow has given up. */
const aStuckDeal = async () => {
  const { aDeal, pavel, clock, runtime } = company;
  const deal = await aDeal('unprocessed');
  runtime.faults.throwAlways(workflow, { only: about(deal) });
  await pavel.move(deal, 'express-identification');
  await clock.advance(15 * minute);
  expect(await stepsOn(deal)).toEqual([]);
  return deal;
};
const stop = (name: string) => {
  const { engine } = company.runtime;
  const found = engine
    .listStateMachines()
    .flatMap(({ arn }) => engine.listExecutions({ stateMachineArn: arn }))
    .find((execution) => execution.name === name);
  return engine.stopExecution({ executionArn: found?.arn ?? name });
};

test('empty queues are said to be empty', async () => {
  const { code, said } = await run('queues');

  expect(code).toBe(0);
  expect(said.map((line) => line.split(/\s+/).slice(0, 2).join(' '))).toEqual(
    [
      'alarm',
      'deliver',
      'delivery-work',
      'digest',
      'faults',
      'mail-events',
      'mail-in',
      'payments-work',
      'port',
      'reports',
      'sms',
      'webhooks',
      'workflow',
    ].map((name) => `${name}-failed 0`),
  );
});

test('a runtime of this machine tells where its parts are', async () => {
  const { AWS_ENDPOINT_URL_SQS: before } = process.env;
  process.env.AWS_ENDPOINT_URL_SQS = 'http://127.0.0.1:1';

  const { code } = await run(`queues --at ${company.runtime.urls.sfn}`);

  expect(code).toBe(0);
  expect(process.env.AWS_ENDPOINT_URL_SQS).toBe(before);
});

test('changes that the workflow gave up are taken once their cause is mended, and not before', async () => {
  const deal = await aStuckDeal();

  const waiting = await run('queues');
  expect(waiting.code).toBe(1);
  expect(waiting.said.join('\n')).toMatch(/workflow-failed +1 +since \d{4}-/);
  const tooEarly = await run('redrive workflow-failed');
  expect(tooEarly.code).toBe(1);
  expect(tooEarly.said.join('\n')).toContain('left in the queue, voronka-dev-workflow threw');
  expect((await run('queues')).code).toBe(1);

  company.runtime.faults.clear();
  const mended = await run('redrive workflow');
  expect(mended.said.at(-1)).toBe('workflow-failed: 1 of 1 taken');
  expect(mended.code).toBe(0);
  expect(await stepsOn(deal)).toEqual(['express-identification']);
  expect(await run('redrive workflow')).toEqual({ code: 0, said: ['workflow-failed is empty'] });
});

/** Puts another message in the place of the one that waits, as if the stream had forgotten its changes. */
const asIfTrimmed = async () => {
  const sqs = new SQSClient({});
  const QueueUrl = `${company.runtime.urls.storage}/000000000000/${workflow}-failed`;
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const body = JSON.parse(message?.Body ?? '');
  body.DDBStreamBatchInfo.shardId = 'shardId-00000000000000000000-00000000';
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  sqs.destroy();
};

test('changes that the stream has forgotten are made good from the table', async () => {
  const other = await company.aDeal('express-identification');
  const runsBefore = await company.runsOf(other);
  const deal = await aStuckDeal();
  await company.pavel.move(deal, 'unprocessed'); // it has gone on meanwhile, which the workflow does not hear of either
  await company.pavel.move(deal, 'express-identification');
  await company.clock.advance(15 * minute);
  company.runtime.faults.clear();
  await asIfTrimmed();

  const { code, said } = await run('redrive workflow');

  expect(said.join('\n')).toContain('made good from the table');
  expect(code).toBe(0);
  expect(await stepsOn(deal)).toEqual(['express-identification']);
  expect(await company.runsOf(deal)).toEqual([`${deal}-4-express-identification`]);
  expect(await company.runsOf(other)).toEqual(runsBefore);
});

test('an event that a function gave up is given to it again', async () => {
  const { runtime, clock } = company;
  const events = new SQSClient({});
  const QueueUrl = `${runtime.urls.storage}/000000000000/${port}-failed`;
  const event = {
    source: 'voronka.port.bank',
    'detail-type': 'payment.received',
    detail: { externalId: 'p1' },
  };
  // As Lambda puts it: what it was called with, and what came of it.
  await events.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: JSON.stringify({
        version: '1.0',
        requestContext: { condition: 'RetriesExhausted' },
        requestPayload: event,
        responsePayload: { errorType: 'BadInput', errorMessage: 'amount: missing' },
      }),
    }),
  );

  const refused = await run('redrive port');
  expect(refused.code).toBe(1);
  expect(refused.said[0]).toMatch(/left in the queue, voronka-dev-port threw BadInput: voronka\.port\.bank/);

  const calls = runtime.invocations.get(port);
  await events.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not json' }));
  const unreadable = await run('redrive port');
  expect(unreadable.said.join('\n')).toContain('not one of our messages: it is no JSON');
  expect(runtime.invocations.get(port)).toBe((calls ?? 0) + 1);
  events.destroy();
  await clock.settle();
});

test('the runs of a deal are listed, and one that was stopped goes on', async () => {
  const deal = await company.aDeal('invoice-quote');
  const name = `${deal}-3-invoice-quote`;

  const well = await run(`runs ${deal}`);
  expect(well.code).toBe(0);
  expect(well.said.slice(1).map((line) => line.split(/\s+/).slice(0, 2).join(' '))).toEqual([
    `${name} RUNNING`,
    `${deal}-2-express-identification SUCCEEDED`,
    `${deal}-1-unprocessed none:`,
  ]);

  const [number = ''] = well.said[0]?.split(' ') ?? [];
  expect((await run(`runs ${number}`)).said).toEqual(well.said);

  await stop(name);
  const ill = await run(`runs ${deal} --stage dev`);
  expect(ill.code).toBe(1);
  expect(ill.said[1]).toMatch(/ABORTED .* redrivable$/);
  expect(ill.said.at(-1)).toBe(`let it go on: npm run ops -- restart ${deal}`);

  expect(await run(`restart ${deal}`)).toEqual({
    code: 0,
    said: [`${name}: redriven, since ${name} is ABORTED`],
  });
  expect(await run(`restart ${deal}`)).toEqual({
    code: 0,
    said: [`${name}: left alone, since ${name} is RUNNING`],
  });
  expect(await stepsOn(deal)).toEqual(['send-quote']);

  expect((await run(`restart ${deal} --anew`)).said).toEqual([
    `${name}-r2: started, since ${name} is RUNNING and was asked for anew`,
  ]);
  expect((await run(`runs ${deal}`)).said[2]).toMatch(new RegExp(`^${name}-r2 +RUNNING`));
  expect(await stepsOn(deal)).toEqual(['send-quote']);
});

test('the reports are counted anew', async () => {
  expect(await run('recount')).toEqual({
    code: 0,
    said: ['the reports are counted anew from the table'],
  });
});

test.each([
  ['redrive nothing', 1, 'no queue "nothing"; queues are alarm-failed, deliver-failed, '],
  ['queues --stage prod', 1, 'voronka-prod has no dead-letter queue; name the stage that is deployed there'],
  ['runs G-9999', 1, 'no deal "G-9999" in the table voronka-dev; give its number, such as G-17, or its id'],
  ['restart nobody', 1, 'no deal "nobody" in the table voronka-dev'],
  ['runs G-1 --stage prod', 1, 'non-existent table; name the stage that is deployed there by --stage'],
  ['queues --at http://127.0.0.1:1', 1, 'no Voronka answers at http://127.0.0.1:1; start one with npm start'],
  ['restart', 2, 'restart: give one deal, by its number or id, given none'],
  ['redrive workflow port', 2, 'redrive: give one queue, such as workflow-failed, given workflow port'],
  ['queues --anew', 2, 'queues: --thread and --anew are for restart'],
  ['fix', 2, 'no command "fix"; commands are queues, redrive, runs, restart, recount'],
  ['--help', 0, 'npm run ops -- <command>'],
])('%s ends with %d and says: %s', async (line, code, words) => {
  const answer = await run(line);

  expect(answer.code).toBe(code);
  expect(answer.said.join('\n')).toContain(words);
});
