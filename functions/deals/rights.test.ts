import { beforeEach, expect, test } from 'vitest';
import { FeedEntry } from '../../schemas/feed.ts';
import { feedRow } from '../shared/rows.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';
import { anOpenTask } from '../testing/tasks.ts';

let at: Awaited<ReturnType<typeof office>>;
let id: string;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
  const made = await at.pavel.post('/v1/deals', {
    pipeline: 'goods',
    title: 'Ремни',
    responsible: 'pavel',
    fields: { dealTotal: 24_000_000, deliveryTerms: 'pickup' },
  });
  id = made.body.id;
});

const fed = (kind: string, data: object) =>
  at.table.write({
    put: feedRow(
      FeedEntry.parse({ id: kind, deal: id, at: '2026-10-01T09:00:00Z', by: { user: 'pavel' }, kind, data }),
    ),
  });

test('a reader sees no trace of hidden fields: not in the card, its figures, its history or its ledger', async () => {
  await at.rita.post(`/v1/deals/${id}/ledger`, { kind: 'payment', amount: { amount: 100, currency: 'RUB' } });
  await fed('changed', { dealTotal: [1, 24_000_000] });
  await fed('created', { fields: { dealTotal: 1, deliveryTerms: 'pickup' } });
  await fed('money', { amount: { amount: 100, currency: 'RUB' } });

  const { status, body } = await at.nina.get(`/v1/deals/${id}`);

  expect(status).toBe(200);
  expect(body.deal.fields).toEqual({ deliveryTerms: 'pickup' });
  expect(body.deal.totals).toEqual({});
  expect(body.deal.moves).toEqual([]);
  expect(Object.keys(body.deal.facts)).not.toContain('debt');
  expect(body.ledger).toEqual([]);
  expect(body.feed.map(({ kind, data }: FeedEntry) => [kind, data])).toEqual([
    ['created', { fields: { deliveryTerms: 'pickup' } }],
  ]);
  expect(JSON.stringify(body)).not.toContain('24000000');
});

test('lists, boards and the ledger of the same reader hide the same', async () => {
  const [list, board, ledger, feed] = await Promise.all([
    at.nina.get('/v1/deals?pipeline=goods'),
    at.nina.get('/v1/boards/goods'),
    at.nina.get(`/v1/deals/${id}/ledger`),
    at.nina.get(`/v1/deals/${id}/feed`),
  ]);

  expect(list.body.items).toHaveLength(1);
  expect(board.body.columns[0]).toMatchObject({ stage: 'unprocessed', count: 1, sum: 0 });
  expect([ledger.body.items, feed.body.items]).toEqual([[], []]);
  expect(JSON.stringify([list.body, board.body])).not.toMatch(/24000000|dealTotal|debt/);
});

test('a hidden field cannot be written, nor one that the reader may only look at', async () => {
  await anOpenTask(at.table, id, { assignee: 'nina' }); // work on the deal lets her change it

  const hidden = await at.nina.patch(`/v1/deals/${id}`, { fields: { dealTotal: 1 } });
  const open = await at.nina.patch(`/v1/deals/${id}`, { fields: { deliveryTerms: 'carrier' } });
  const looking = await at.rita.patch(`/v1/deals/${id}`, { fields: { deliveryTerms: 'carrier' } });

  expect([hidden.status, open.status, looking.status]).toEqual([403, 200, 403]);
});

test('the refusal of a task does not tell hidden figures', async () => {
  const task = await anOpenTask(at.table, id, {
    assignee: 'nina',
    closeWhen: 'paidTotal >= dealTotal',
    refusal: { ru: 'Осталось {{debt}}.', en: '{{debt}} remain.' },
  });

  const { status, body } = await at.nina.post(`/v1/tasks/${task}/complete`);

  expect(status).toBe(422);
  expect(body.facts).toEqual({});
  expect(body.refusals[0].message.en).toBe('— remain.');
});

test.each([
  ['card', 'GET', ''],
  ['feed', 'GET', '/feed'],
  ['ledger', 'GET', '/ledger'],
  ['letters', 'GET', '/messages'],
  ['a file', 'GET', '/files/f1'],
  ['change', 'PATCH', ''],
  ['move', 'POST', '/move'],
  ['assign', 'POST', '/assign'],
  ['comment', 'POST', '/comments'],
  ['process', 'POST', '/processes'],
  ['upload', 'POST', '/files'],
  ['document', 'POST', '/documents'],
  ['task', 'POST', '/tasks'],
  ['money', 'POST', '/ledger'],
])('somebody else’s deal answers %s like a deal that is not there', async (what, method, path) => {
  const bodies: Record<string, object> = {
    change: { title: 'x' },
    move: { to: 'lost' },
    assign: { responsible: 'artem' },
    comment: { text: 'x' },
    process: { pipeline: 'contract-approval' },
    upload: { name: 'x.pdf', type: 'application/pdf', size: 1 },
    document: { template: 'goods-quote' },
    task: { title: 'x' },
    money: { kind: 'payment', amount: { amount: 1, currency: 'RUB' } },
  };
  const ask = (deal: string) =>
    method === 'GET'
      ? at.artem.get(`/v1/deals/${deal}${path}`)
      : method === 'PATCH'
        ? at.artem.patch(`/v1/deals/${deal}${path}`, bodies[what])
        : at.artem.post(`/v1/deals/${deal}${path}`, bodies[what]);

  const [hers, none] = [await ask(id), await ask('none')];

  expect(none.status).toBe(404);
  expect(JSON.stringify(hers).replaceAll(id, 'none')).toBe(JSON.stringify(none));
});

test('a task of somebody else’s deal answers like one that is not there', async () => {
  const task = await anOpenTask(at.table, id, { assignee: 'pavel' });

  const [hers, none] = [
    await at.artem.post(`/v1/tasks/${task}/complete`),
    await at.artem.post('/v1/tasks/none.1.work/complete'),
  ];

  expect(none.status).toBe(404);
  expect(JSON.stringify(hers).replaceAll(id, 'none')).toBe(JSON.stringify(none));
});

test('who may not create deals in a pipeline is told so', async () => {
  const answer = await at.nina.post('/v1/deals', { pipeline: 'goods', title: 'x' });

  expect([answer.status, answer.body.type]).toEqual([403, 'urn:voronka:problem:forbidden']);
});

test('a board of one’s own deals counts those alone, the board of all counts all', async () => {
  await at.galina.post('/v1/deals', {
    pipeline: 'goods',
    title: 'Цепи',
    responsible: 'galina',
    fields: { dealTotal: 1_000 },
  });

  const [pavel, galina] = [await at.pavel.get('/v1/boards/goods'), await at.galina.get('/v1/boards/goods')];

  expect(pavel.body.columns[0]).toMatchObject({ count: 1, sum: 24_000_000 });
  expect(galina.body.columns[0]).toMatchObject({ count: 2, sum: 24_001_000 });
});

test('a board of all takes its figures from the aggregates where there are some', async () => {
  await at.table.write({ put: { pk: 'R#board#goods', sk: 'unprocessed', count: 700, sum: 5 } });

  const { body } = await at.galina.get('/v1/boards/goods?limit=1');

  expect(body.columns[0]).toMatchObject({ count: 700, sum: 5, deals: [{ id }] });
});

test('cursors lead through the deals a reader sees, each once, past those of others', async () => {
  for (let n = 0; n < 9; n += 1)
    await at.galina.post('/v1/deals', {
      pipeline: 'goods',
      title: `${n}`,
      responsible: n % 2 === 0 ? 'galina' : 'pavel',
    });

  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await at.pavel.get(`/v1/deals?pipeline=goods&stage=unprocessed&limit=2${cursor}`);
    seen.push(...body.items.map(({ title }: { title: string }) => title));
    if (body.cursor === undefined) break;
    cursor = `&cursor=${body.cursor}`;
  }

  expect(seen.sort()).toEqual(['1', '3', '5', '7', 'Ремни'].sort());
});

test('deals are found by number and by company', async () => {
  await at.pavel.patch(`/v1/deals/${id}`, { fields: { company: 'acme' } });

  const titles = async (query: string) =>
    (await at.pavel.get(`/v1/deals?pipeline=goods&${query}`)).body.items.map(
      (deal: { title: string }) => deal.title,
    );

  expect(await titles('number=G-1')).toEqual(['Ремни']);
  expect(await titles('number=G-11')).toEqual([]);
  expect(await titles('company=acme')).toEqual(['Ремни']);
});
