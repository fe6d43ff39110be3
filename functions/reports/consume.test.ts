import '../testing/quiet.ts';

import { expect, test } from 'vitest';
import { companyKey } from '../shared/keys.ts';
import { feedEntryOf } from '../shared/rows.ts';
import { consume } from './consume.ts';
import { aDeal, anEntry, aTask, definitions, recorded } from './testing/history.ts';

const system = () => {
  const made = recorded();
  const take = async (records = made.drain()) => {
    const before = { ...made.table.calls };
    await consume(records, { table: made.table, definitions });
    const { reads, writes, transactions } = made.table.calls;
    made.drain(); // what the consumer itself wrote
    return {
      reads: reads - before.reads,
      writes: writes - before.writes,
      transactions: transactions - before.transactions,
    };
  };
  const boardOf = async (pipeline: string) =>
    Object.fromEntries(
      (await made.table.query({ pk: `R#board#${pipeline}` })).items.map(({ sk, count, sum = 0 }) => [
        sk.split('#')[0], // of one circle each
        { count, sum },
      ]),
    );
  const feedOf = async (deal: string) =>
    (await made.table.query({ pk: `D#${deal}`, sk: { begins: '1#FEED#' } })).items.map(feedEntryOf);
  return { ...made, take, boardOf, feedOf };
};

const worth = (amount: number) => ({ dealTotal: amount });

test('a deal that moves takes its worth along on the board', async () => {
  const { putDeal, take, boardOf } = system();
  const deal = aDeal({ fields: worth(240_000) });
  await putDeal(deal);
  await putDeal({ ...deal, stage: 'contract', seq: 2, version: 2 });
  await putDeal(aDeal({ id: 'd2', fields: worth(1_000) }));

  await take();

  expect(await boardOf('goods')).toEqual({
    contract: { count: 1, sum: 240_000 },
    unprocessed: { count: 1, sum: 1_000 },
  });
});

test('a change that was taken back is not counted when it comes once more, alone', async () => {
  const { putDeal, drain, take, boardOf } = system();
  const deal = aDeal();
  await putDeal(deal);
  await putDeal({ ...deal, stage: 'contract', seq: 2, version: 2 });
  await putDeal({ ...deal, stage: 'unprocessed', seq: 3, version: 3 });
  const records = drain();
  await take(records);

  await take(records.slice(1, 2));

  expect(await boardOf('goods')).toEqual({ unprocessed: { count: 1, sum: 0 } });
});

test('an undone change is known to be old even if each came in a batch of its own', async () => {
  const { putDeal, drain, take, boardOf } = system();
  const deal = aDeal();
  await putDeal(deal);
  await putDeal({ ...deal, stage: 'contract', seq: 2, version: 2 });
  await putDeal({ ...deal, stage: 'unprocessed', seq: 3, version: 3 });
  const records = drain();
  for (const record of records) await take([record]);

  await take(records.slice(1, 2));
  await take(records.slice(0, 1));

  expect(await boardOf('goods')).toEqual({
    contract: { count: 0, sum: 0 },
    unprocessed: { count: 1, sum: 0 },
  });
});

test('a change that no report reads costs its line of history and nothing else', async () => {
  const { putDeal, take } = system();
  const deal = aDeal();
  await putDeal(deal);
  await take();
  await putDeal({ ...deal, version: 2, fields: { trackNumber: '1234567890' } });

  expect(await take()).toEqual({ reads: 0, writes: 1, transactions: 0 });
});

test('a batch of many deals is one transaction beside what they are found by, and nothing is read for it', async () => {
  const { putDeal, putTask, take } = system();
  for (let at = 0; at < 20; at += 1) {
    await putDeal(aDeal({ id: `d${at}` }));
    await putTask(aTask({ id: `t${at}`, deal: `d${at}` }));
  }

  // Batches of 25: one of history lines; of each deal its number, the two parts of it and its title in two lists, and its stage.
  expect(await take()).toEqual({ reads: 0, writes: 10, transactions: 1 });
});

test('a record that cannot be read stops the batch there, and what came before it is done', async () => {
  const { table, putDeal, drain, boardOf } = system();
  await putDeal(aDeal());
  await table.write({ put: { pk: 'D#d9', sk: '9#DEAL', row: 'deal', id: 'no deal' } });
  await putDeal(aDeal({ id: 'd2' }));

  const at = await consume(drain(), { table, definitions });

  expect(at).toBe(1);
  expect(await boardOf('goods')).toEqual({ unprocessed: { count: 1, sum: 0 } });
});

test("a company's debt is that of its open deals", async () => {
  const { table, putCompany, putDeal, putEntry, take } = system();
  await putCompany('plant-1');
  const deal = aDeal({ fields: { company: 'plant-1', dealTotal: 24_000_000 } });
  await putDeal(deal);
  await putEntry(anEntry());
  await putDeal({ ...deal, version: 2, totals: { paidTotal: 10_000_000 } });
  await putDeal(aDeal({ id: 'd2', stage: 'lost', outcome: 'lost', fields: deal.fields }));

  await take();

  expect(await table.get(companyKey('plant-1'))).toMatchObject({ debtTotal: 14_000_000 });
});

test('a company that is not there is not half made by a debt', async () => {
  const { table, putCompany, putDeal, take } = system();
  const deal = aDeal({ fields: { company: 'plant-1', dealTotal: 500 } });
  await putDeal(deal);
  await take();

  expect(await table.get(companyKey('plant-1'))).toBeUndefined();

  await putCompany('plant-1');
  await putDeal({ ...deal, version: 2, fields: { ...deal.fields, dealTotal: 700 } });
  await take();

  expect(await table.get(companyKey('plant-1'))).toMatchObject({ debtTotal: 700 });
});

test.each([
  [
    'closed at its due time',
    { status: 'done', outcome: 'done', closedAt: '2026-02-02T11:30:00Z' },
    { kept: 1 },
  ],
  [
    'closed a moment later',
    { status: 'done', outcome: 'done', closedAt: '2026-02-02T11:30:01Z' },
    { broken: 1 },
  ],
  ['open when its rung fired', { fired: [0], mark: 'late' }, { broken: 1 }],
  ['cancelled in time', { status: 'cancelled', closedAt: '2026-02-02T10:00:00Z' }, undefined],
  [
    'in the way of a newer one',
    { status: 'done', outcome: 'moved', closedAt: '2026-02-02T10:00:00Z' },
    undefined,
  ],
])('a task %s counts as %o', async (_, change, expected) => {
  const { table, putTask, take } = system();
  await putTask(aTask());
  await putTask(aTask({ version: 2, ...change }));

  await take();

  const row = await table.get({ pk: 'R#sla#goods', sk: '2026-02#express-identification#pavel' });
  expect(row === undefined ? undefined : { ...row, pk: undefined, sk: undefined }).toEqual(
    expected === undefined ? undefined : { ...expected, pk: undefined, sk: undefined },
  );
});

test('the history names every field with its value before and after, the move, and who did it', async () => {
  const { putDeal, take, feedOf } = system();
  const deal = aDeal();
  await putDeal(deal);
  await putDeal(
    aDeal({
      version: 2,
      seq: 2,
      stage: 'express-identification',
      cameFrom: 'unprocessed',
      responsible: 'pavel',
      head: 'semyon',
      fields: { company: 'plant-1' },
      totals: { paidTotal: 5 },
      title: '12 bearings',
      changedAt: '2026-02-02T06:30:00Z',
      changedBy: { user: 'pavel' },
      reason: 'because',
    }),
  );

  await take();

  const [, ...lines] = await feedOf('d1');
  expect(lines.map(({ kind, by, at, data, reason }) => ({ kind, by, at, data, reason }))).toEqual(
    [
      {
        kind: 'changed',
        data: {
          company: [null, 'plant-1'],
          paidTotal: [null, 5],
          title: ['Bearings', '12 bearings'],
        },
      },
      { kind: 'assigned', data: { responsible: [null, 'pavel'], head: [null, 'semyon'] } },
      { kind: 'moved', data: { from: 'unprocessed', to: 'express-identification' } },
    ].map((line) => ({
      ...line,
      by: { user: 'pavel' },
      at: '2026-02-02T06:30:00.000Z',
      reason: 'because',
    })),
  );
});

test('the history tells of tasks, decisions, escalations, money and remarks, but not of watches', async () => {
  const { table, putTask, putEntry, take, feedOf } = system();
  const later = (hour: string) => `2026-02-02T${hour}:00:00.000Z`;
  await putTask(aTask({ changedAt: later('07') }));
  await putTask(aTask({ version: 2, assignee: 'artem', changedAt: later('08') }));
  await putTask(aTask({ version: 3, assignee: 'artem', fired: [0], mark: 'late', changedAt: later('09') }));
  await putTask(
    aTask({ version: 4, assignee: 'artem', fired: [0], mark: 'late', token: 'new', changedAt: later('10') }),
  );
  await putTask(
    aTask({
      version: 5,
      assignee: 'artem',
      fired: [0],
      mark: 'late',
      status: 'cancelled',
      changedAt: later('11'),
    }),
  );
  await putTask(aTask({ id: 'a1', kind: 'approval', changedAt: later('12') }));
  await putTask(
    aTask({
      id: 'a1',
      kind: 'approval',
      version: 2,
      status: 'done',
      outcome: 'rejected',
      comment: 'add a penalty clause',
      round: 1,
      changedAt: later('13'),
      changedBy: { user: 'galina' },
    }),
  );
  await putTask(aTask({ id: 'w1', kind: 'watch', changedAt: later('14') }));
  await putEntry(anEntry({ at: later('15') }));
  await table.write({
    put: {
      pk: 'C#d1',
      sk: 'COMMENT#c1',
      row: 'comment',
      id: 'c1',
      deal: 'd1',
      at: later('16'),
      by: { user: 'pavel' },
      text: 'called them',
    },
  });

  await take();

  expect((await feedOf('d1')).map(({ kind }) => kind)).toEqual([
    'task-opened',
    'task-reassigned',
    'escalated',
    'task-cancelled',
    'task-opened',
    'decision',
    'money',
    'comment',
  ]);
  expect((await feedOf('d1')).find(({ kind }) => kind === 'decision')).toMatchObject({
    by: { user: 'galina' },
    data: { task: 'a1', outcome: 'rejected', comment: 'add a penalty clause', round: 1 },
  });
});

test('a process is in the history of the deal it was started from', async () => {
  const { putDeal, take, feedOf } = system();
  const child = aDeal({
    id: 'p1',
    number: 'CA-1',
    pipeline: 'contract-approval',
    stage: 'drafting',
    parent: { deal: 'd1', number: 'G-1', back: {} },
  });
  await putDeal(child);
  await putDeal({ ...child, version: 2, seq: 2, stage: 'approved', outcome: 'done' });

  await take();

  expect((await feedOf('d1')).map(({ kind, data }) => [kind, data.process, data.stage])).toEqual([
    ['process', 'p1', 'drafting'],
    ['process', 'p1', 'approved'],
  ]);
});
