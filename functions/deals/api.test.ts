import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DynamoLocal, startDynamoLocal } from '../shared/table/dynamo-local-for-tests.ts';
import type { Table } from '../shared/table/port.ts';
import { createDynamoTable } from '../shared/table/table-dynamo.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { as, office } from '../testing/api.ts';
import { anOpenTask } from '../testing/tasks.ts';

let server: DynamoLocal;
beforeAll(async () => {
  server = await startDynamoLocal();
  await server.createTable('deals-api');
});
afterAll(() => server.stop());

const tables: [string, () => Table][] = [
  ['the table in memory', () => createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') })],
  ['the table in DynamoDB', () => createDynamoTable({ name: 'deals-api', client: server.client })],
];

describe.each(tables)('on %s', (_, makeTable) => {
  let at: Awaited<ReturnType<typeof office>>;
  beforeEach(async () => {
    at = await office(makeTable());
  });

  const create = async (more: object = {}, headers?: Record<string, string>) =>
    at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'Подшипники', ...more }, headers);
  const taken = async (more: object = {}) => {
    const { body } = await create({ responsible: 'pavel', ...more });
    await at.pavel.post(`/v1/deals/${body.id}/move`, { to: 'express-identification' });
    return body.id as string;
  };

  test('a new deal stands on the first stage with the next number of its pipeline and nobody responsible', async () => {
    const first = await create({ fields: { company: 'acme', dealTotal: 24_000_000 } });
    const second = await create();

    expect(first.status).toBe(201);
    expect(first.etag).toBe('"1"');
    expect(first.body).toMatchObject({
      stage: 'unprocessed',
      seq: 1,
      version: 1,
      fields: { company: 'acme', dealTotal: 24_000_000 },
      facts: { dealTotal: 24_000_000, paidTotal: 0, debt: 24_000_000 },
      moves: ['express-identification', 'lost'],
      createdBy: { user: 'pavel' },
    });
    expect(first.body.responsible).toBeUndefined();
    const count = (number: string) => Number(number.replace('G-', ''));
    expect(count(second.body.number)).toBe(count(first.body.number) + 1);
  });

  test('the same POST twice makes one deal, and both answers tell of it', async () => {
    const headers = { 'idempotency-key': 'create-once' };

    const [first, second] = [await create({}, headers), await create({}, headers)];

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  test('ten deals created at the same instant get ten numbers', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create()));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(10);
  });

  test('a move takes the fields along, and the person who takes up a request becomes responsible', async () => {
    const { body: deal } = await create();

    const moved = await at.pavel.post(`/v1/deals/${deal.id}/move`, {
      to: 'express-identification',
      version: 1,
      fields: { company: 'acme' },
    });

    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({
      stage: 'express-identification',
      cameFrom: 'unprocessed',
      seq: 2,
      version: 2,
      responsible: 'pavel',
      head: 'semyon',
      fields: { company: 'acme' },
    });
  });

  test('a refused move writes none of its fields', async () => {
    const id = await taken();

    const refused = await at.pavel.post(`/v1/deals/${id}/move`, {
      to: 'lost',
      fields: { lossComment: 'дорого' },
    });

    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      type: 'urn:voronka:problem:refused',
      refusals: [
        {
          path: 'fields.lossReason',
          code: 'required',
          message: { ru: 'Заполните поле «Причина проигрыша»', en: 'Fill in “Loss reason”' },
        },
      ],
    });
    const { body: card } = await at.pavel.get(`/v1/deals/${id}`);
    expect(card.deal.stage).toBe('express-identification');
    expect(card.deal.fields).toEqual({});
  });

  test('of two moves at the same instant from one version one wins, the other is told', async () => {
    const id = await taken();
    const move = (to: string) =>
      at.pavel.post(`/v1/deals/${id}/move`, { to, version: 2, fields: { lossReason: 'price' } });

    const answers = await Promise.all([move('invoice-quote'), move('lost')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.type).toBe('urn:voronka:problem:deal-moved');
    const { body: card } = await at.pavel.get(`/v1/deals/${id}`);
    expect(card.deal.seq).toBe(3);
  });

  test('a change with an old version is refused and names the version there is', async () => {
    const id = await taken();

    const stale = await at.pavel.patch(
      `/v1/deals/${id}`,
      { fields: { dealTotal: 1 } },
      { 'if-match': '"1"' },
    );
    const fresh = await at.pavel.patch(
      `/v1/deals/${id}`,
      { fields: { dealTotal: 1 } },
      { 'if-match': '"2"' },
    );

    expect([stale.status, stale.body.version]).toEqual([409, 2]);
    expect([fresh.status, fresh.etag]).toEqual([200, '"3"']);
  });

  test('a task whose guard fails says what is missing; with the field it closes, and closing it again is harmless', async () => {
    const id = await taken();
    const task = await anOpenTask(at.table, id, {
      assignee: 'pavel',
      closeWhen: 'paidTotal >= dealTotal',
      refusal: { ru: 'Осталось {{debt}}.', en: '{{debt}} remain.' },
    });
    await at.pavel.patch(`/v1/deals/${id}`, { fields: { dealTotal: 24_000_000 } });
    await at.rita.post(`/v1/deals/${id}/ledger`, {
      kind: 'payment',
      amount: { amount: 10_000_000, currency: 'RUB' },
    });

    const refused = await at.pavel.post(`/v1/tasks/${task}/complete`, {});
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      facts: { paidTotal: 10_000_000, dealTotal: 24_000_000, debt: 14_000_000 },
      refusals: [{ code: 'task-guard', message: { en: '140 000,00 ₽ remain.' } }],
    });

    const closed = await at.pavel.post(`/v1/tasks/${task}/complete`, { fields: { dealTotal: 10_000_000 } });
    const again = await at.pavel.post(`/v1/tasks/${task}/complete`, {});
    expect([closed.status, closed.body.status, closed.body.outcome]).toEqual([200, 'done', 'done']);
    expect(again.body).toEqual(closed.body);

    const other = await at.semyon.post(`/v1/tasks/${task}/complete`, {});
    expect([other.status, other.body.refusals[0].code]).toEqual([422, 'task-closed']);
  });

  test('a stranger gets the same answer for a deal that is there and for one that is not', async () => {
    const id = await taken();
    const nobody = as('artem');

    const [hers, none] = [await nobody.get(`/v1/deals/${id}`), await nobody.get('/v1/deals/none')];

    expect([hers.status, none.status]).toEqual([404, 404]);
    expect(JSON.stringify(hers.body).replaceAll(id, 'none')).toBe(JSON.stringify(none.body));
  });

  test('cursors lead through a stage, each deal once, whatever others see of it', async () => {
    for (let n = 0; n < 5; n += 1) await create({ title: `${n}`, responsible: n % 2 ? 'galina' : 'semyon' });
    const all = async (who: 'semyon' | 'galina', limit: number) => {
      const ids: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await at[who].get(
          `/v1/deals?pipeline=goods&stage=unprocessed&limit=${limit}${cursor}`,
        );
        ids.push(...body.items.map(({ id }: { id: string }) => id));
        if (body.cursor === undefined) return ids;
        cursor = `&cursor=${body.cursor}`;
      }
    };

    const [bySteps, atOnce, everybody] = [
      await all('semyon', 2),
      await all('semyon', 200),
      await all('galina', 3),
    ];

    expect(bySteps).toEqual(atOnce);
    expect(new Set(bySteps).size).toBe(bySteps.length);
    expect(everybody.length).toBe(bySteps.length + 2); // those Galina, who is above Semyon, has herself
  });

  test('a person who is changed is changed at once, with a line of the audit', async () => {
    const user = { name: 'Ines', roles: ['manager'], head: 'semyon' };

    const put = await at.admin.put('/v1/users/ines', user);

    expect(put.status).toBe(200);
    expect((await as('ines').get('/v1/me')).body.user.name).toBe('Ines');
  });

  test('a company keeps its tax number for itself, and what is left out of a change stays', async () => {
    const bolt = { name: 'Болт', taxNumber: '7701234567', extra: { vip: true } };
    const { body: made } = await at.pavel.post('/v1/companies', bolt);

    const changed = await at.pavel.patch(`/v1/companies/${made.id}`, { name: 'Болт и Ко' });
    const again = await at.pavel.post('/v1/companies', bolt);

    expect(changed.body).toMatchObject({ version: 2, extra: { vip: true }, taxNumber: '7701234567' });
    expect([again.status, again.body.refusals?.[0].code]).toEqual([422, 'taken']);
    const { body: found } = await at.pavel.get('/v1/companies?taxNumber=7701234567');
    expect(found.items).toEqual([changed.body]);
  });

  test('of two starts of one process at the same instant one is told that it is running', async () => {
    const { body: deal } = await create({ responsible: 'pavel' });
    await at.semyon.post(`/v1/deals/${deal.id}/move`, { to: 'contract', override: true, reason: 'тест' });
    const start = () => at.pavel.post(`/v1/deals/${deal.id}/processes`, { pipeline: 'contract-approval' });

    const answers = await Promise.all([start(), start()]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const { body: card } = await at.pavel.get(`/v1/deals/${deal.id}`);
    expect(card.processes).toHaveLength(1);
  });
});
