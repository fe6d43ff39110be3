import { beforeEach, describe, expect, test } from 'vitest';
import { as, office } from '../testing/api.ts';
import { createMemoryTable } from './table/table-memory.ts';

let at: Awaited<ReturnType<typeof office>>;
let deal: string;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
  deal = (await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'Ремни', responsible: 'pavel' })).body
    .id;
});

const problemOf = ({ status, body }: { status: number; body: { type: string; detail: string } }) => [
  status,
  body.type.replace('urn:voronka:problem:', ''),
  body.detail,
];

test('a request without a token is not signed in, one of a stranger is not allowed', async () => {
  expect(problemOf(await as(undefined).get('/v1/tasks'))).toEqual([
    401,
    'unauthorised',
    'no token; sign in and send it as Authorization: Bearer …',
  ]);
  expect((await as('mallory').get('/v1/tasks')).status).toBe(403);
});

describe('what cannot be read is refused with what was given and what would do', () => {
  test('JSON that is none', async () => {
    expect(problemOf(await at.pavel.post('/v1/deals', '{"pipeline":'))).toEqual([
      400,
      'bad-input',
      'body: not JSON; send a JSON object with content-type application/json',
    ]);
  });

  test('a body above the limit', async () => {
    const answer = await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'x'.repeat(300_000) });

    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('at most 262144');
  });

  test.each<[string, unknown, string]>([
    [
      'one item of a list that may be of several forms',
      { pipeline: 'goods', title: 'x', fields: { items: [{ colour: 'red' }, { constructor: 'x' }] } },
      'body.fields.items.1.constructor',
    ],
    [
      'a list of several forms that is too long',
      {
        pipeline: 'goods',
        title: 'x',
        fields: { items: Array.from({ length: 501 }, () => ({ note: 'x' })) },
      },
      'to have <=500 items',
    ],
    ['a wrong type', { pipeline: 'goods', title: 7 }, 'body.title'],
    ['a member nobody knows', { pipeline: 'goods', title: 'x', colour: 'red' }, 'colour'],
    ['a pipeline nobody knows', { pipeline: 'gods', title: 'x' }, 'pipelines are goods, services'],
    [
      'a person nobody knows',
      { pipeline: 'goods', title: 'x', responsible: 'ghost' },
      'nobody "ghost" works here',
    ],
    [
      'a field nobody knows',
      { pipeline: 'goods', title: 'x', fields: { colour: 'red' } },
      'a field of goods: company',
    ],
    [
      'a field of another form',
      { pipeline: 'goods', title: 'x', fields: { dealTotal: 'much' } },
      'whole minor units of RUB',
    ],
    [
      'an option nobody knows',
      { pipeline: 'goods', title: 'x', fields: { lossReason: 'mood' } },
      'one of price',
    ],
    [
      'a company nobody knows',
      { pipeline: 'goods', title: 'x', fields: { company: 'nix' } },
      'no company "nix"',
    ],
    [
      'a total, which is never written',
      { pipeline: 'goods', title: 'x', fields: { paidTotal: 1 } },
      'never written',
    ],
    [
      'a file that was not announced',
      { pipeline: 'goods', title: 'x', fields: { quoteFile: { id: 'f', name: 'q.pdf', version: 1 } } },
      'announce it',
    ],
  ])('%s', async (_, body, wanted) => {
    const answer = await at.pavel.post('/v1/deals', body);

    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(wanted);
  });

  test('a stage nobody knows, with the stages there are', async () => {
    const answer = await at.pavel.post(`/v1/deals/${deal}/move`, { to: 'qoute' });

    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(
      'no stage "qoute" in goods; stages are unprocessed, express-identification',
    );
  });

  test('a role nobody knows, with the roles there are', async () => {
    const answer = await at.admin.put('/v1/users/ines', { name: 'Ines', roles: ['wizard'] });

    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('no role wizard; roles are manager');
  });

  test('a cursor of another list', async () => {
    for (let n = 0; n < 2; n += 1) await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'x' });
    const { body } = await at.pavel.get('/v1/deals?pipeline=goods&limit=1');

    const answer = await at.pavel.get(`/v1/deals?pipeline=goods&stage=unprocessed&cursor=${body.cursor}`);

    expect([answer.status, answer.body.type]).toEqual([400, 'urn:voronka:problem:bad-cursor']);
  });

  test.each(['seven', '"7.5"', ''])('If-Match: %s', async (version) => {
    const answer = await at.pavel.patch(`/v1/deals/${deal}`, { title: 'x' }, { 'if-match': version });

    expect(answer.status).toBe(400);
  });

  test('an Idempotency-Key with blanks in it', async () => {
    const answer = await at.pavel.post(
      '/v1/deals',
      { pipeline: 'goods', title: 'x' },
      { 'idempotency-key': 'a b' },
    );

    expect(answer.status).toBe(400);
  });
});
