import { afterEach, beforeEach, expect, test } from 'vitest';
import { Pack } from '../schemas/pack.ts';
import type { Grant } from '../schemas/people.ts';
import {
  anyWith,
  approval,
  field,
  move,
  notify,
  person,
  pipeline,
  role,
  t,
  tell,
  watch,
  watchers,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);
const roleOf = (id: string, grants: Partial<Grant>[], more: object = {}) => ({
  id,
  title: title(id),
  grants,
  ...more,
});

const all = ['view', 'create', 'edit'];
const base = packOf('gate', [
  pipeline({
    id: 'orders',
    kind: 'deal',
    title: title('Orders'),
    prefix: 'O',
    start: 'open',
    assignedBy: [anyWith('chief')],
    fields: {
      note: field.text(title('Note')),
      paidOn: field.date(title('Paid on'), { writtenBy: [anyWith('bookkeeper')] }),
      approver: field.user(title('Approver')),
      paid: field.total(title('Paid'), 'RUB', ['payment']),
      shipped: field.total(title('Shipped'), 'RUB', ['shipment']),
    },
    stages: {
      open: {
        title: title('Open'),
        aim: title('Open.'),
        moves: [move('closing', ['responsible', 'watcher']), move('frozen', ['anyone'])],
      },
      closing: {
        title: title('Closing'),
        aim: title('Closing.'),
        work: [
          watch('let-store-see', role('storeman')),
          notify('tell', tell([watchers], 'closing')),
          approval('approve', { title: title('Approve'), who: person('approver') }),
        ],
        moves: [move('archive', ['watcher']), move('open', ['anyone'])],
      },
      frozen: {
        title: title('Frozen'),
        aim: title('Frozen.'),
        shelved: true,
        moves: [move('open', ['anyone'])],
      },
      archive: {
        title: title('Archive'),
        aim: title('Archive.'),
        outcome: 'won',
        shelved: true,
        editedBy: [anyWith('chief')],
        moves: [move('closing', ['anyone'])],
      },
    },
  }),
]);
const gate = Pack.parse({
  ...base,
  roles: [
    roleOf('seller', [
      { entity: 'deal', actions: all, scope: 'own' },
      { entity: 'task', actions: all },
      { entity: 'ledger', actions: ['view'], scope: 'own' },
    ] as never),
    roleOf('lead', [{ entity: 'deal', actions: ['view'], scope: 'subordinates' }] as never),
    roleOf('bookkeeper', [
      { entity: 'deal', actions: ['view'], stages: ['closing', 'archive'] },
      { entity: 'ledger', actions: ['view', 'create'], kinds: ['payment'] },
    ] as never),
    roleOf('storeman', [
      { entity: 'deal', actions: ['view', 'edit'], scope: 'own', stages: ['closing', 'archive'] },
      { entity: 'ledger', actions: ['view', 'create'], kinds: ['shipment'], scope: 'own' },
    ] as never),
    roleOf(
      'chief',
      [
        { entity: 'deal', actions: all },
        { entity: 'task', actions: all },
      ] as never,
      { override: true },
    ),
  ],
  lastResort: ['chief'],
  messages: { closing: { subject: title('closing'), body: title('closing') } },
  settings: {},
  people: [
    { id: 'sam', name: 'Sam', roles: ['seller'], head: 'hana' },
    { id: 'sue', name: 'Sue', roles: ['seller'], head: 'hana' },
    { id: 'hana', name: 'Hana', roles: ['lead'] },
    { id: 'bob', name: 'Bob', roles: ['bookkeeper'] },
    { id: 'tom', name: 'Tom', roles: ['storeman'] },
    { id: 'vera', name: 'Vera', roles: ['chief'] },
  ],
});

let w: World;
let deal: string;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [gate] });
  deal = await w.as('sam').create({ approver: 'sue' }, { pipeline: 'orders', responsible: 'sam' });
});
afterEach(() => w.stop());

const statusOf = async (asked: Promise<unknown>) => (await refusal(asked)).slice(0, 3);
const seen = async (who: string, path: string) =>
  (await w.as(who).get(path)).items.map(({ id }: { id: string }) => id);

test('a right that holds on some stages holds there alone: card, list, board, search by number', async () => {
  expect(await statusOf(w.as('bob').get(`/v1/deals/${deal}`))).toBe('404');
  expect(await seen('bob', '/v1/deals?pipeline=orders')).toEqual([]);

  await w.as('sam').move(deal, 'closing');

  expect((await w.as('bob').get(`/v1/deals/${deal}`)).deal.id).toBe(deal);
  expect(await seen('bob', '/v1/deals?pipeline=orders&number=O-1')).toEqual([deal]);
  const { columns } = await w.as('bob').get('/v1/boards/orders');
  expect(
    columns.map(({ stage, deals }: { stage: string; deals: unknown[] }) => [stage, deals.length]),
  ).toEqual([
    ['open', 0],
    ['closing', 1],
  ]);
});

test('entries of the ledger are entered and seen by kind, in the history too', async () => {
  await w.as('sam').move(deal, 'closing');
  const enter = (who: string, kind: string) =>
    w.as(who).ask('POST', `/v1/deals/${deal}/ledger`, { kind, amount: { amount: 100, currency: 'RUB' } });

  expect(await refusal(enter('bob', 'shipment'))).toContain('may not enter a shipment');
  expect(await refusal(enter('tom', 'payment'))).toContain('may not enter a payment');
  await enter('bob', 'payment');
  await enter('tom', 'shipment');

  const kinds = async (who: string) =>
    (await w.as(who).get(`/v1/deals/${deal}/ledger`)).items.map(({ kind }: { kind: string }) => kind).sort();
  expect([await kinds('bob'), await kinds('tom'), await kinds('sam'), await kinds('vera')]).toEqual([
    ['payment'],
    ['shipment'],
    ['payment', 'shipment'],
    [],
  ]);
});

test('a field is written by those it names, who need but see the deal, and by nobody else', async () => {
  await w.as('sam').move(deal, 'closing');

  expect(await refusal(w.as('vera').change(deal, { paidOn: '2026-02-02' }))).toContain(
    'written by bookkeeper alone',
  );
  await w.as('bob').change(deal, { paidOn: '2026-02-02' });
  await w.as('vera').change(deal, { paidOn: '2026-02-02', note: 'a form sent whole changes nothing' });
  expect(await statusOf(w.as('bob').change(deal, { paidOn: '2026-02-03', note: 'x' }))).toBe('403');
  expect(await w.fact(deal, 'paidOn')).toBe('2026-02-02');
});

test('a stage that names its editors is closed to all others: fields, files, ledger and moves', async () => {
  await w.as('sam').move(deal, 'closing');
  await w.as('tom').move(deal, 'archive');

  const refusals = [
    w.as('sam').change(deal, { note: 'x' }),
    w.as('bob').change(deal, { paidOn: '2026-02-02' }),
    w.as('sam').move(deal, 'closing'),
    w.as('sam').ask('POST', `/v1/deals/${deal}/files`, { name: 'a.pdf', type: 'application/pdf', size: 1 }),
    w
      .as('bob')
      .ask('POST', `/v1/deals/${deal}/ledger`, { kind: 'payment', amount: { amount: 1, currency: 'RUB' } }),
  ];
  for (const one of refusals) expect(await refusal(one)).toMatch(/^403 .*changed by chief alone/);
  expect((await w.as('sam').get(`/v1/deals/${deal}`)).deal.moves).toEqual([]);

  await w.as('vera').change(deal, { note: 'by the chief' });
  await w.as('vera').move(deal, 'closing');
  expect(await w.stageOf(deal)).toBe('closing');
});

test('what is shelved stands on no board and in no plain list, and is there for who asks for it', async () => {
  await w.as('sam').move(deal, 'frozen');

  expect(await seen('sam', '/v1/deals?pipeline=orders')).toEqual([]);
  expect(await seen('sam', '/v1/deals?pipeline=orders&stage=frozen')).toEqual([deal]);
  expect(await seen('sam', '/v1/deals?pipeline=orders&number=O-1')).toEqual([deal]);
  const { columns } = await w.as('sam').get('/v1/boards/orders');
  expect(columns.map(({ stage }: { stage: string }) => stage)).toEqual(['open', 'closing']);
});

test('who watches a deal is told, and moves it where a watcher may; who may hand it over is said by the pipeline', async () => {
  await w.as('sam').move(deal, 'closing');
  expect(await w.inbox('tom')).toEqual(['2026-02-02 09:00 closing']);

  expect(await refusal(w.as('sam').move(deal, 'archive'))).toContain('it may go to: open');
  expect(await refusal(w.as('sam').assign(deal, 'sue'))).toContain('handed over by chief');
  await w.as('vera').assign(deal, 'sue');
  expect((await w.card(deal)).deal.responsible).toBe('sue');
});

test('an approval is decided by who it was given to, once, and no more after it was withdrawn', async () => {
  await w.as('sam').move(deal, 'closing');
  const task = (await w.task(deal, 'approve')).id;
  const decide = (who: string, decision: string, more: object = {}) =>
    w.as(who).ask('POST', `/v1/tasks/${task}/decide`, { decision, ...more });

  expect(await refusal(decide('sam', 'approved'))).toBe(
    '403 Sue decides this; ask for the approval to be given to you',
  );
  expect(await refusal(decide('sam', 'approved', { override: true, reason: 'x' }))).toContain(
    'Sue decides this',
  );
  expect(await refusal(decide('vera', 'approved', { override: true }))).toBe('422 reason: Say why');
  await decide('sue', 'approved');
  await decide('sue', 'approved'); // the same again changes nothing
  expect(await refusal(decide('sue', 'rejected', { comment: 'no' }))).toContain('closed already: approved');
  expect(await refusal(decide('vera', 'approved', { override: true, reason: 'x' }))).toContain(
    'closed already',
  );

  await w.as('sam').move(deal, 'open');
  await w.as('sam').move(deal, 'closing');
  const second = (await w.task(deal, 'approve')).id;
  await w.as('sam').move(deal, 'open');
  expect(await refusal(w.as('sue').ask('POST', `/v1/tasks/${second}/decide`, { decision: 'approved' }))).toBe(
    '422 task: “Approve” was withdrawn: stage left',
  );
});

test('an approval is passed on by its person or a head of theirs; who decides in their place says why', async () => {
  await w.as('sam').move(deal, 'closing');
  const task = (await w.task(deal, 'approve')).id;
  const pass = (who: string, assignee: string) =>
    w.as(who).ask('POST', `/v1/tasks/${task}/reassign`, { assignee });

  expect(await refusal(pass('sam', 'sam'))).toContain('their head may pass it on');
  await pass('hana', 'bob');
  await pass('bob', 'sue');
  await w
    .as('vera')
    .ask('POST', `/v1/tasks/${task}/decide`, { decision: 'approved', override: true, reason: 'Sue is ill' });

  expect((await w.tasks(deal)).find(({ id }) => id === task)).toMatchObject({
    outcome: 'approved',
    closedBy: { user: 'vera' },
    reason: 'Sue is ill',
  });
});
