import { beforeEach, describe, expect, test } from 'vitest';
import { as, office, send } from '../testing/api.ts';
import { securityHeaders } from './security-headers.ts';
import type { Table } from './table/port.ts';
import { createMemoryTable } from './table/table-memory.ts';

const now = () => new Date('2026-10-01T09:00:00Z');

let at: Awaited<ReturnType<typeof office>>;
let table: Table;
beforeEach(async () => {
  table = createMemoryTable({ now });
  at = await office(table);
});

describe('every answer forbids to be kept, framed, sniffed or run', () => {
  test.each([
    ['a success', () => at.pavel.get('/v1/me'), 200],
    ['bad input', () => at.pavel.post('/v1/deals', { pipeline: 'gods' }), 400],
    ['no token', () => as(undefined).get('/v1/me'), 401],
    ['a stranger', () => as('mallory').get('/v1/me'), 403],
    ['what is not there', () => at.pavel.get('/v1/deals/none'), 404],
    ['a public answer', () => as(undefined).get('/v1/openapi.json'), 200],
  ])('%s', async (_, ask, status) => {
    const answer = await ask();

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(securityHeaders);
  });

  test('the headers are those of the list, by value', () => {
    expect(securityHeaders).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(securityHeaders['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  });
});

test('a fault of ours shows neither message nor stack', async () => {
  const broken: Table = {
    ...table,
    query: async () => {
      throw new Error('password=hunter2 at /var/task/index.js:1');
    },
  };
  const office_ = await office(broken);

  const answer = await office_.pavel.get('/v1/deals?pipeline=goods');

  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({
    type: 'urn:voronka:problem:fault',
    title: 'Something went wrong on our side',
    status: 500,
  });
  expect(answer.headers).toMatchObject(securityHeaders);
});

test('an identity token is not taken for an access token', async () => {
  const asked = (use: string) => send('pavel', 'GET', '/v1/me', { claims: { token_use: use } });

  expect((await asked('id')).status).toBe(401);
  expect((await asked('access')).status).toBe(200);
});

test('a person who was dismissed is refused whatever their token says', async () => {
  await at.admin.put('/v1/users/pavel', { name: 'Pavel', roles: ['manager'], active: false });

  const answer = await send('pavel', 'GET', '/v1/me', { claims: { 'cognito:groups': '[administrators]' } });

  expect(answer.status).toBe(403);
});

describe('the first administrator', () => {
  const group = { 'cognito:groups': '[administrators]' };
  const empty = async () => {
    const fresh = createMemoryTable({ now });
    await office(fresh);
    for await (const { pk, sk } of fresh.all({ pk: 'CONFIG' })) await fresh.write({ remove: { pk, sk } });
    await office({ ...fresh, batch: async () => {} });
    return fresh;
  };
  const add = (user: string, roles: string[]) =>
    send('7c1f', 'PUT', `/v1/users/${user}`, { claims: group, body: { name: user, roles } });

  test('of an empty company is a member of the pool’s group, who adds themselves and is in the audit', async () => {
    const fresh = await empty();

    const added = await add('7c1f', ['admin']);

    expect(added.status).toBe(200);
    expect((await send('7c1f', 'GET', '/v1/me')).body.roles.map(({ id }: { id: string }) => id)).toEqual([
      'admin',
    ]);
    const { items } = await fresh.query({ pk: 'AUDIT' });
    expect(items).toMatchObject([{ what: 'user', id: '7c1f', by: { user: '7c1f' } }]);
  });

  test('is nobody who is in no such group', async () => {
    await empty();

    expect((await send('7c1f', 'GET', '/v1/me')).status).toBe(403);
    expect(
      (await send('7c1f', 'GET', '/v1/me', { claims: { 'cognito:groups': '[administrators-of-x]' } })).status,
    ).toBe(403);
  });

  test('is nobody any more once somebody who works here may add people', async () => {
    const answer = await send('7c1f', 'GET', '/v1/me', { claims: group });

    expect(answer.status).toBe(403);
  });
});

describe('names that every object answers to are names of nothing here', () => {
  let deal: string;
  beforeEach(async () => {
    deal = (await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'x', responsible: 'pavel' })).body
      .id;
  });

  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])(
    'a field "%s"',
    async (name) => {
      const answer = await at.pavel.patch(`/v1/deals/${deal}`, `{"fields":{"${name}":"x"}}`);

      // zod drops `__proto__` from a record; whatever else is named is refused
      expect(answer.status).toBe(name === '__proto__' ? 200 : 400);
      expect(Object.getOwnPropertyNames((await at.pavel.get(`/v1/deals/${deal}`)).body.deal.fields)).toEqual(
        [],
      );
    },
  );

  test('a stage, a pipeline and an option "constructor"', async () => {
    const move = await at.semyon.post(`/v1/deals/${deal}/move`, {
      to: 'constructor',
      override: true,
      reason: 'x',
    });
    const create = await at.pavel.post('/v1/deals', { pipeline: 'constructor', title: 'x' });
    const option = await at.pavel.patch(`/v1/deals/${deal}`, { fields: { lossReason: 'constructor' } });

    expect([move.status, create.status, option.status]).toEqual([400, 400, 400]);
  });

  test('a JSON body cannot change what objects inherit', async () => {
    await at.pavel.post(
      '/v1/contacts',
      '{"name":"x","extra":{"__proto__":{"admin":true}},"__proto__":{"admin":true}}',
    );
    await at.pavel.post('/v1/contacts', '{"name":"x","extra":{"constructor":{"prototype":{"admin":true}}}}');

    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
