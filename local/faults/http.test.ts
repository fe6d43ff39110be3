import '../../functions/testing/quiet.ts';

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DealView } from '../../schemas/api/index.ts';
import type { Answer } from '../../scripts/walkthroughs/scenario.ts';
import { sharedTable } from '../table/shared.ts';
import { type CompanyAtWork, startCompany } from './company.ts';

const dir = mkdtempSync(join(tmpdir(), 'voronka-http-'));
let company: CompanyAtWork;
beforeAll(async () => {
  company = await startCompany({ at: '2026-02-02 09:00', dir, table: await sharedTable() });
});
afterAll(async () => {
  await company?.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Sent = { method?: string; token?: string | undefined; body?: string; headers?: Record<string, string> };
const send = async (path: string, { method = 'GET', token, body, headers = {} }: Sent): Promise<Answer> => {
  const response = await fetch(`${company.runtime.urls.api}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
};
const asPavel = async (path: string, sent: Sent): Promise<Answer> =>
  send(path, { token: await company.runtime.tokenFor('pavel'), ...sent });

/** A token like those of sign-in, but for what a test makes of it. */
const tokenBy = async (signing: JWK & { kid?: string }, expires: string): Promise<string> => {
  const good = await company.runtime.tokenFor('pavel');
  const claims = JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', ...(signing.kid === undefined ? {} : { kid: signing.kid }) })
    .setExpirationTime(expires)
    .sign(await importJWK(signing, 'RS256'));
};
const itsKey = () =>
  (JSON.parse(readFileSync(join(dir, 'signin-keys.json'), 'utf8')) as { signing: JWK & { kid: string } })
    .signing;

test('a good token opens the door, and none, an expired, a forged or a broken one does not', async () => {
  const strange = await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey);
  const tokens = {
    good: await tokenBy(itsKey(), '1h'),
    none: undefined,
    expired: await tokenBy(itsKey(), '-1m'),
    forged: await tokenBy({ ...strange, kid: itsKey().kid }, '1h'),
    broken: 'x.y.z',
  };

  const statuses = await Promise.all(
    Object.entries(tokens).map(async ([name, token]) => [name, (await send('/v1/me', { token })).status]),
  );

  expect(Object.fromEntries(statuses)).toEqual({
    good: 200,
    none: 401,
    expired: 401,
    forged: 401,
    broken: 401,
  });
});

const deals = '/v1/deals';
test.each([
  ['malformed JSON', deals, { method: 'POST', body: '{"pipeline":' }, 400, /not JSON/],
  ['a wrong type', deals, { method: 'POST', body: '{"pipeline":"goods","title":7}' }, 400, /title/],
  ['an unknown pipeline', deals, { method: 'POST', body: '{"pipeline":"x","title":"t"}' }, 400, /goods/],
  [
    'an unknown field',
    deals,
    { method: 'POST', body: '{"pipeline":"goods","title":"t","fields":{"colour":"red"}}' },
    400,
    /colour/,
  ],
  ['a deal that is not there', `${deals}/none`, {}, 404, /none/],
  ['a body over the limit', deals, { method: 'POST', body: `"${'x'.repeat(300_000)}"` }, 400, /262144/],
] as const)('%s is answered with what is wrong', async (_, path, sent, status, said) => {
  const answer = await asPavel(path, sent);

  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ status, type: expect.stringMatching(/^urn:voronka:problem:/) });
  expect(JSON.stringify(answer.body)).toMatch(said);
});

test('an unknown stage, an unknown role and a stale version are refused, an unknown route is not there', async () => {
  const deal = await company.aDeal('express-identification');
  const toNowhere = await asPavel(`${deals}/${deal}/move`, { method: 'POST', body: '{"to":"nowhere"}' });
  const stale = await asPavel(`${deals}/${deal}`, {
    method: 'PATCH',
    body: '{"title":"other"}',
    headers: { 'if-match': '"1"' },
  });
  const token = await company.runtime.tokenFor('admin');
  const role = await send('/v1/users/pavel', { method: 'PUT', token, body: '{"roles":["emperor"]}' });
  const route = await asPavel('/v1/nothing', {});
  const large = await asPavel(deals, { method: 'POST', body: 'x'.repeat(11 * 1024 * 1024) });

  expect([toNowhere, stale, route, large].map(({ status }) => status)).toEqual([400, 409, 404, 413]);
  expect([400, 422]).toContain(role.status);
  expect(JSON.stringify(toNowhere.body)).toContain('invoice-quote');
});

const statusesOf = (answers: readonly Answer[]) =>
  answers.map(({ status }) => status).sort((one, other) => one - other);

test('of twenty moves at the same instant one is made, and one run starts', async () => {
  const { aDeal, pavel, clock } = company;
  const deal = await aDeal('unprocessed');

  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      asPavel(`${deals}/${deal}/move`, { method: 'POST', body: '{"to":"express-identification"}' }),
    ),
  );
  await clock.settle();

  const [won, ...others] = statusesOf(answers);
  expect(won).toBe(200);
  expect(others.filter((status) => status !== 409 && status !== 422)).toEqual([]);
  expect(await company.runsOf(deal)).toEqual([`${deal}-2-express-identification`]);
  const { feed, tasks } = await pavel.card(deal);
  expect(feed.filter(({ kind }) => kind === 'moved')).toHaveLength(1);
  expect(tasks.filter(({ status }) => status === 'open')).toHaveLength(1);
});

test('the same request many times at once, under one Idempotency-Key, makes one deal', async () => {
  const sent = {
    method: 'POST',
    body: '{"pipeline":"goods","title":"once"}',
    headers: { 'idempotency-key': 'k-1' },
  };
  const answers = await Promise.all(Array.from({ length: 10 }, () => asPavel(deals, sent)));
  const next = await asPavel(deals, { method: 'POST', body: '{"pipeline":"goods","title":"next"}' });

  expect(new Set(statusesOf(answers))).toEqual(new Set([201]));
  const views = answers.map(({ body }) => body as DealView);
  expect(new Set(views.map(({ id, number }) => `${id} ${number}`)).size).toBe(1);
  const numberOf = (view: DealView | undefined) => Number(view?.number.split('-')[1]);
  expect(numberOf(next.body as DealView)).toBe(numberOf(views[0]) + 1);
});

test('a task closed by two people at once is closed by one of them', async () => {
  const { aDeal, pavel, clock, driver } = company;
  const deal = await aDeal('invoice-quote');
  const { id } = await pavel.task(deal, 'send-quote');

  const answers = await Promise.all(
    ['pavel', 'semyon'].map((user) => driver.call(user, 'POST', `/v1/tasks/${id}/complete`, {})),
  );
  await clock.settle();

  const [won, lost] = statusesOf(answers);
  expect(won).toBe(200);
  expect([409, 422]).toContain(lost);
  expect((await pavel.openTasks(deal)).map(({ step }) => step)).toEqual(['get-quote-feedback']);
  const { feed } = await pavel.card(deal);
  expect(feed.filter(({ kind }) => kind === 'task-closed')).toHaveLength(2); // the other one is of the stage before
});

test('the same payment fifty times at once is one entry', async () => {
  const { aDeal, pavel, clock, driver } = company;
  const deal = await aDeal('invoice-quote');
  const payment = {
    kind: 'payment',
    amount: { amount: 4_000_000, currency: 'RUB' },
    account: 'bank',
    externalId: 'bank-77',
  };

  const answers = await Promise.all(
    Array.from({ length: 50 }, () => driver.call('rita', 'POST', `${deals}/${deal}/ledger`, payment)),
  );
  await clock.settle();

  expect(new Set(statusesOf(answers))).toEqual(new Set([201]));
  const { deal: view } = await pavel.card(deal);
  expect([view.facts.paidTotal, view.facts.debt]).toEqual([4_000_000, 6_000_000]);
  const { items } = await driver
    .call('rita', 'GET', `${deals}/${deal}/ledger`)
    .then(({ body }) => body as { items: unknown[] });
  expect(items).toHaveLength(1);
});

const dueOf = async (deal: string, step: string) => (await company.pavel.task(deal, step)).due ?? '';

test.each([
  ['before the workflow hears of it', true],
  ['after the rung was told', false],
] as const)('a task closed in the instant its rung fires, %s, goes on once', async (_, closesFirst) => {
  const { aDeal, pavel, clock, streamTo } = company;
  const deal = await aDeal('invoice-quote');
  const due = await dueOf(deal, 'send-quote');

  if (closesFirst) {
    await clock.advanceTo(new Date(Date.parse(due) - 1000));
    streamTo('WorkflowOutbox').hold();
    await pavel.complete(deal, 'send-quote');
    await clock.advanceTo(due);
    streamTo('WorkflowOutbox').release();
  } else {
    await clock.advanceTo(due);
    await pavel.complete(deal, 'send-quote');
  }
  await clock.settle();

  expect((await pavel.openTasks(deal)).map(({ step }) => step)).toEqual(['get-quote-feedback']);
  expect(await company.runsOf(deal)).toHaveLength(1);
  expect(await pavel.inbox(deal)).toHaveLength(closesFirst ? 0 : 1);
});
