import '../../functions/testing/quiet.ts';

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { forgetBus } from '../../functions/workflow/publish.ts';
import { startTable, type Table } from '../table/process.ts';
import { chanceFrom } from './chance.ts';
import { type CompanyAtWork, startCompany } from './company.ts';
import { passOn } from './proxy.ts';

/** The table behind a door that refuses now and then. */
const chance = chanceFrom(3);
let refusing: { share: number; refused: number } = { share: 0, refused: 0 };
const moody: RequestListener = (request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  const isOfFunctions = /^(GetItem|Query|PutItem|UpdateItem|TransactWriteItems|BatchGetItem)$/.test(
    operation,
  );
  if (!isOfFunctions || chance() >= refusing.share) {
    passOn(request, response, table.endpoint);
    return;
  }
  refusing.refused += 1;
  const conflicts = operation === 'TransactWriteItems' && chance() < 0.5;
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(
    JSON.stringify(
      conflicts
        ? {
            __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
            Message: 'Transaction cancelled',
            CancellationReasons: [{ Code: 'TransactionConflict' }],
          }
        : {
            __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
            message: 'too fast',
          },
    ),
  );
};

let table: Table;
let company: CompanyAtWork;
const door = createServer(moody);
beforeAll(async () => {
  table = await startTable();
  await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  company = await startCompany({ at: '2026-02-02 09:00', table: { endpoint, prefix: '' } });
});
afterEach(() => {
  refusing = { share: 0, refused: 0 };
});
afterAll(async () => {
  await company?.stop();
  door.closeAllConnections();
  door.close();
  await table?.stop();
});

const hour = 3_600_000;
const reserve = async (deal: string) => {
  const { pavel, clock } = company;
  await pavel.move(deal, 'contract', { contractNeeded: 'no' });
  await pavel.move(deal, 'picking', { deliveryTerms: 'pickup' });
  await clock.settle();
};

test('a table that refuses every fifth request keeps nothing from happening once', async () => {
  const { aDeal, pavel, person, clock } = company;
  refusing = { share: 0.2, refused: 0 };

  const deal = await aDeal('express-identification');
  await clock.advance(6 * hour);
  const { refused } = refusing;
  refusing = { share: 0, refused: 0 };

  expect(refused).toBeGreaterThan(2);
  expect((await pavel.openTasks(deal)).map(({ step }) => step)).toEqual(['express-identification']);
  for (const one of [pavel, person('semyon'), person('nina')])
    expect((await one.inbox(deal)).map((line) => line.split(' ').at(-1))).toEqual(['identification-late']);
  const { feed } = await pavel.card(deal);
  expect(feed.filter(({ kind }) => kind === 'moved')).toHaveLength(1);
});

test('while mail is down for an hour everything else goes on, and each letter then arrives once', async () => {
  const { aDeal, pavel, person, clock, runtime, driver } = company;
  const deal = await aDeal('invoice-quote');
  const contact = String((await pavel.card(deal)).deal.fields.contact);
  const { email } = await pavel.ok<{ email: string }>('GET', `/v1/contacts/${contact}`);
  await reserve(deal);
  const lettersToClient = async () => (await driver.letters()).filter(({ to }) => to === email);
  runtime.mail.fail(true);

  await person('rita').ok('POST', `/v1/deals/${deal}/ledger`, {
    kind: 'payment',
    amount: { amount: 10_000_000, currency: 'RUB' },
    account: 'bank',
  });
  await clock.settle();
  await pavel.complete(deal, 'pick-order');
  await pavel.change(deal, { fullyReserved: true });
  const other = await aDeal('express-identification');
  await clock.advance(hour);
  expect(await lettersToClient()).toEqual([]);
  expect((await pavel.openTasks(other)).map(({ step }) => step)).toEqual(['express-identification']);
  expect((await pavel.messages(deal)).map(({ state }) => state)).toEqual(['retrying']);

  runtime.mail.fail(false);
  await clock.advance(2 * hour);
  expect(await lettersToClient()).toHaveLength(1);
  expect((await pavel.messages(deal)).map(({ state }) => state)).toEqual(['delivered']);
});

test('an event that the bus refused comes again, and is heard once', async () => {
  const { aDeal, pavel, person, clock, runtime } = company;
  const bus = runtime.urls.events;
  let refusals = 0;
  const stubborn = createServer((request, response) => {
    if (refusals > 0) return passOn(request, response, bus);
    refusals += 1;
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify({
        FailedEntryCount: 1,
        Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'busy' }],
      }),
    );
  });
  await new Promise<void>((listening) => stubborn.listen(0, '127.0.0.1', listening));
  const usual = process.env.AWS_ENDPOINT_URL_EVENTBRIDGE;
  const deal = await aDeal('invoice-quote');
  await reserve(deal);
  await person('rita').ok('POST', `/v1/deals/${deal}/ledger`, {
    kind: 'payment',
    amount: { amount: 10_000_000, currency: 'RUB' },
    account: 'bank',
  });
  await clock.settle();
  await pavel.complete(deal, 'pick-order');
  await clock.settle();
  process.env.AWS_ENDPOINT_URL_EVENTBRIDGE = `http://127.0.0.1:${(stubborn.address() as AddressInfo).port}`;
  forgetBus();

  await pavel.change(deal, { fullyReserved: true });
  await clock.advance(10 * 60_000);

  expect(refusals).toBe(1);
  expect((await pavel.messages(deal)).map(({ state }) => state)).toEqual(['delivered']);
  process.env.AWS_ENDPOINT_URL_EVENTBRIDGE = usual;
  forgetBus();
  stubborn.closeAllConnections();
  stubborn.close();
});
