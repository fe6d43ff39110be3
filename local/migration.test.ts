import { afterEach, beforeEach, expect, test } from 'vitest';
import { changedRow } from '../functions/reports/changed-row.ts';
import { linesOf } from '../functions/reports/feed.ts';
import { changeOf } from '../functions/shared/table/records.ts';
import type { FeedEntry } from '../schemas/feed.ts';
import type { MigrationEffect, MigrationPlan } from '../schemas/migration.ts';
import type { Pack } from '../schemas/pack.ts';
import { deploy, yard } from './migration/yard.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const first = yard({ tasks: [['weigh'], ['seal', 8]] });
/** The same stage with another second task, and less time for the first. */
const changed = yard({
  tasks: [
    ['weigh', 3],
    ['photo', 5],
  ],
});
/** The stage by another name. */
const renamed = yard({
  between: 'weighbridge',
  tasks: [
    ['weigh', 3],
    ['seal', 8],
  ],
});

let w: World;
let history: FeedEntry[];
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [first] });
  history = [];
  w.between.deliver = (batch) => {
    for (const record of batch) {
      const row = changedRow(changeOf(record));
      if (row !== undefined) history.push(...linesOf(row));
    }
    return [batch];
  };
});
afterEach(() => w.stop());

/** A load that has just come to the stage between arrival and the gate, with its first task open since. */
const load = async (stage = 'yard'): Promise<string> => {
  const deal = await w.as('pavel').create({}, { pipeline: 'loads', title: 'A load', responsible: 'pavel' });
  await w.as('pavel').move(deal, stage);
  return deal;
};

const plan = (
  stages: Record<string, { to: string; timers?: 'keep' | 'restart' }>,
  more: Partial<MigrationPlan> = {},
) => ({ id: 'spring', pipeline: 'loads', stages, ...more });

type Effects = { items: MigrationEffect[]; cursor?: string };
const ask = (path: string, body: object): Promise<Effects> =>
  w.as('admin').ask('POST', `/v1/migrations${path}`, body);
const apply = (of: ReturnType<typeof plan>, more: object = {}) => ask('', { plan: of, ...more });
const undo = () => ask('/spring/undo', {});
const statuses = ({ items }: Effects) => items.map(({ status }) => status);
const reasons = ({ items }: Effects) =>
  items.map(({ status, refusals }) => [status, ...refusals.map(({ code }) => code)].join(' '));
const outdated = async (query = '') =>
  (await w.as('admin').get(`/v1/migrations/deals?pipeline=loads${query}`)).items.map(
    ({ deal, stage, because }: { deal: string; stage: string; because: string }) =>
      `${deal} ${stage} ${because}`,
  );
const keep = { yard: { to: 'yard' } };

test('deals whose runs finish an older definition are listed, and no others', async () => {
  const older = await load();
  const elsewhere = await w.as('pavel').create({}, { pipeline: 'loads', title: 'Not there yet' });
  expect(await outdated()).toEqual([]);

  await deploy(w, changed);
  const newer = await load();

  expect(await outdated()).toEqual([`${older} yard older-definition`]);
  expect(await outdated('&stage=arrived')).toEqual([]);
  expect([elsewhere, newer].every((deal) => deal !== older)).toBe(true);

  await deploy(w, renamed);
  expect(await outdated()).toEqual([`${older} yard stage-gone`, `${newer} yard stage-gone`]);
});

test('a deal that came before an instant is listed whatever is recorded of it', async () => {
  const deal = await load();

  expect(await outdated('&before=2026-02-02T06:00:00.000Z')).toEqual([]);
  expect(await outdated('&before=2026-02-02T06:00:01.000Z')).toEqual([`${deal} yard older-definition`]);
});

test('a kept task goes on as it was: due date, rungs, creation; what follows is of the new definition', async () => {
  const deal = await load();
  await w.advanceTo('2026-02-02 11:30');
  expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 originals-due', '2026-02-02 11:00 scans-late']);
  const before = await w.task(deal, 'weigh');

  await deploy(w, changed);
  expect(statuses(await apply(plan(keep)))).toEqual(['migrated']);

  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m2`]);
  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-02 13:00']);
  const { openedAt, fired, due, late } = await w.task(deal, 'weigh');
  expect({ openedAt, fired, due, late }).toEqual({
    openedAt: before.openedAt,
    fired: [0],
    due: before.due,
    late: before.late,
  });
  await w.advanceTo('2026-02-02 13:00');
  expect(await w.inbox('pavel')).toHaveLength(2); // neither the welcome nor the first rung a second time
  expect(await w.inbox('semyon')).toEqual(['2026-02-02 13:00 quote-late']);

  await w.as('pavel').complete(deal, 'weigh');
  expect(await w.open(deal)).toEqual(['photo pavel 2026-02-02 18:00']);
  expect(await outdated()).toEqual([]);
});

test('a task that the run begins with keeps its rungs as well', async () => {
  await deploy(w, yard({ tasks: [['weigh']], quiet: true }));
  const deal = await load();
  await w.advanceTo('2026-02-02 11:30');

  await deploy(w, yard({ tasks: [['weigh', 3]], quiet: true }));
  await apply(plan(keep));

  await w.advanceTo('2026-02-02 13:00');
  expect(await w.inbox('semyon')).toEqual(['2026-02-02 13:00 quote-late']);
  await w.advanceTo('2026-02-03 13:00');
  expect(await w.inbox('pavel')).toEqual(['2026-02-02 11:00 scans-late']);
  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m2`]);
});

test('what a deal has behind it is not done again; a task that the new definition lacks is taken away', async () => {
  const deal = await load();
  await w.as('pavel').complete(deal, 'weigh');
  await w.advanceTo('2026-02-02 10:00');

  await deploy(w, changed);
  const { items } = await apply(plan(keep));

  expect(items).toMatchObject([
    { status: 'migrated', kept: [], cancelled: [{ step: 'seal', assignee: 'pavel' }] },
  ]);
  expect(await w.endsOf(deal, 'weigh')).toEqual(['done by pavel']);
  expect(await w.endsOf(deal, 'seal')).toEqual(['migrated by admin']);
  expect(await w.open(deal)).toEqual(['photo pavel 2026-02-02 15:00']);
  expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 originals-due']);
});

test('the last word of work that is done is not said again', async () => {
  await deploy(w, yard({ tasks: [['weigh']], last: true }));
  const deal = await load();
  await w.as('pavel').complete(deal, 'weigh');
  await w.advanceTo('2026-02-02 10:00');
  expect(await w.inbox('pavel')).toHaveLength(2);

  await deploy(w, yard({ tasks: [['weigh', 3]], last: true }));
  expect(statuses(await apply(plan(keep)))).toEqual(['migrated']);

  expect(await w.inbox('pavel')).toHaveLength(2);
  expect(w.runs(deal)).toEqual([]);
});

test('a process that a stage waits for is waited for once', async () => {
  await deploy(w, yard({ tasks: [['weigh']], papers: true }));
  const deal = await load();
  const processes = async () => (await w.card(deal)).processes;
  const [papers] = await processes();
  await deploy(w, yard({ tasks: [['weigh', 3]], papers: true }));

  expect(reasons(await apply(plan({ yard: { to: 'yard', timers: 'restart' } })))).toEqual([
    'refused process-under-way',
  ]);
  await apply(plan(keep, { id: 'kept' }));
  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m2`]);
  expect(await processes()).toHaveLength(1);

  await w.as('pavel').move(papers?.deal ?? '', 'closed');
  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-02 12:00']);
});

test('restarted, a deal is as if it had just come', async () => {
  const deal = await load();
  await w.advanceTo('2026-02-02 11:30');

  await deploy(w, changed);
  await apply(plan({ yard: { to: 'yard', timers: 'restart' } }));

  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m2`]);
  expect(await w.endsOf(deal, 'weigh')).toEqual(['migrated by admin', 'open']);
  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-02 14:30']);
  expect(await w.inbox('pavel')).toContain('2026-02-02 11:30 originals-due');

  await w.advanceTo('2026-02-02 13:30');
  expect((await w.inbox('pavel')).at(-1)).toBe('2026-02-02 13:30 scans-late');
});

test('a renamed stage takes its deals along, and the history says by which migration', async () => {
  const deal = await load();

  await deploy(w, renamed);
  await apply(plan({ yard: { to: 'weighbridge' } }, { reason: 'One name for both sites' }));

  expect(await w.stageOf(deal)).toBe('weighbridge');
  expect(w.runs(deal)).toEqual([`${deal}-2-weighbridge-m2`]);
  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-02 13:00']);
  expect(history.filter(({ kind }) => kind === 'migrated')).toMatchObject([
    {
      deal,
      by: { user: 'admin' },
      reason: 'One name for both sites',
      data: { from: 'yard', to: 'weighbridge', plan: 'spring', how: 'keep' },
    },
  ]);
  expect(w.events.filter(({ type }) => type === 'deal.migrated')).toHaveLength(1);

  await w.as('pavel').complete(deal, 'weigh');
  await w.as('pavel').move(deal, 'gate');
  expect(w.runs(deal)).toEqual([]);
  expect(await w.open(deal)).toEqual([]);
});

test('a thread under way goes on by the new definition; one that is gone ends', async () => {
  const [here, there] = [await load(), await load()];
  await w.as('pavel').change(here, { seal: 'A-1' });
  await w.advanceTo('2026-02-02 10:00');

  await deploy(w, changed);
  await apply(plan(keep));
  expect(w.runs(here)).toEqual([`${here}-2-yard-m2`, `${here}-2-yard-recheck-1-m2`]);
  expect(w.runs(there)).toEqual([`${there}-2-yard-m2`]);
  expect(await w.open(here)).toEqual(['look-again pavel 2026-02-02 15:00', 'weigh pavel 2026-02-02 13:00']);
  await w.as('pavel').complete(here, 'look-again');
  expect(w.runs(here)).toEqual([`${here}-2-yard-m2`]);

  await w.as('pavel').change(there, { seal: 'B-1' });
  await deploy(w, yard({ tasks: [['weigh']], thread: 'other' }));
  const { items } = await apply(plan(keep, { id: 'summer' }));
  expect(items.map(({ deal, ended }) => [deal, ended])).toEqual([
    [here, []],
    [there, ['recheck']],
  ]);
  expect(w.runs(there)).toEqual([`${there}-2-yard-m3`]);
  expect(await w.open(there)).toEqual(['weigh pavel 2026-02-02 13:00']);
});

test('the preview says the same as the applying, and writes nothing', async () => {
  await load();
  await deploy(w, changed);
  const { writes, transactions } = w.table.calls;

  const before = await ask('/preview', { plan: plan(keep) });
  expect([w.table.calls.writes, w.table.calls.transactions]).toEqual([writes, transactions]);

  const after = await apply(plan(keep));
  expect(before.items.map((item) => ({ ...item, status: 'migrated' }))).toEqual(after.items);
  expect(before.items).toMatchObject([{ kept: [{ step: 'weigh', due: '2026-02-02T10:00:00.000Z' }] }]);
});

test('a deal that could not enter its new stage stays where it is, and the others go', async () => {
  const [empty, weighed] = [await load(), await load()];
  await w.as('pavel').change(weighed, { weight: 12 });
  const strict = yard({ between: 'weighbridge', tasks: [['weigh']], required: 'weight' });

  await deploy(w, strict);

  expect(reasons(await apply(plan({ yard: { to: 'weighbridge' } })))).toEqual([
    'refused required',
    'migrated',
  ]);
  expect([await w.stageOf(empty), await w.stageOf(weighed)]).toEqual(['yard', 'weighbridge']);

  await w.as('admin').change(empty, { weight: 7 });
  expect(reasons(await apply(plan({ yard: { to: 'weighbridge' } })))).toEqual(['migrated']);
});

test('a migration neither ends a deal nor opens it again', async () => {
  await load();
  await deploy(w, renamed);

  expect(reasons(await apply(plan({ yard: { to: 'gate' } })))).toEqual(['refused outcome-differs']);
});

test('ended between two deals and begun again, every deal is migrated once', async () => {
  const deals = [await load(), await load(), await load()];
  await deploy(w, changed);

  const [one] = (await apply(plan(keep), { limit: 1 })).items;
  expect(one?.deal).toBe(deals[0]);

  // The one that is done stands where the plan leads, and is no longer meant by it.
  expect((await apply(plan(keep))).items.map(({ deal, status }) => [deal, status])).toEqual([
    [deals[1], 'migrated'],
    [deals[2], 'migrated'],
  ]);
  expect((await apply(plan(keep))).items).toEqual([]);
  expect(history.filter(({ kind }) => kind === 'migrated')).toHaveLength(3);
  expect(deals.flatMap((deal) => w.runs(deal))).toEqual(deals.map((deal) => `${deal}-2-yard-m2`));
});

test('page by page, every deal that was migrated is told of', async () => {
  await w.as('pavel').create({}, { pipeline: 'loads', title: 'Not there yet' });
  const deals = [await load(), await load(), await load()];
  await deploy(w, changed);

  const told: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await apply(plan(keep), { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    told.push(...page.items.map(({ deal }) => deal));
    cursor = page.cursor;
  } while (cursor !== undefined);

  expect(told).toEqual(deals);
});

test('applied by two people at once, every deal is migrated once', async () => {
  const deals = [await load(), await load()];
  await deploy(w, changed);

  const [one, other] = await Promise.all([apply(plan(keep)), apply(plan(keep))]);

  const migrated = [...one.items, ...other.items].filter(({ status }) => status === 'migrated');
  expect(migrated.map(({ deal }) => deal).sort()).toEqual([...deals].sort());
  expect(deals.map((deal) => w.runs(deal))).toEqual(deals.map((deal) => [`${deal}-2-yard-m2`]));
});

test('a plan in which one stage leads to another takes no deal twice', async () => {
  const chain = plan({ yard: { to: 'arrived' }, arrived: { to: 'yard' } });
  const deal = await load();
  await deploy(w, changed);

  await apply(chain);
  expect(await w.stageOf(deal)).toBe('arrived');

  expect(statuses(await apply(chain))).toEqual(['done-before']);
  expect(await w.stageOf(deal)).toBe('arrived');
});

test('told of twice by the stream, a migrated deal has one run', async () => {
  const deal = await load();
  await deploy(w, changed);
  w.between.deliver = (batch) => [batch, batch];

  await apply(plan(keep));

  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m2`]);
  await w.advanceTo('2026-02-02 13:00');
  expect(await w.inbox('semyon')).toHaveLength(1);
});

test('a name keeps its meaning: another plan may not bear it', async () => {
  await load();
  await deploy(w, changed);
  await apply(plan(keep));

  expect(await refusal(apply(plan({ arrived: { to: 'arrived' } })))).toContain('400 id: another plan');
});

test.each([
  [plan({ yard: { to: 'yrad' } }), /no stage "yrad" in loads; stages are arrived, yard, gate/],
  [plan({}), /no stage is named/],
  [{ ...plan(keep), pipeline: 'load' }, /no pipeline "load"; pipelines are loads/],
])('a plan that no deal could follow is refused as a whole: %o', async (of, message) => {
  expect(await refusal(apply(of))).toMatch(message);
});

test('administrators migrate, others do not', async () => {
  await deploy(w, changed);

  for (const user of ['pavel', 'semyon', 'galina'])
    for (const path of ['', '/preview'])
      expect(await refusal(w.as(user).ask('POST', `/v1/migrations${path}`, { plan: plan(keep) }))).toMatch(
        /^403/,
      );
  expect(await refusal(w.as('pavel').get('/v1/migrations/deals?pipeline=loads'))).toMatch(/^403/);
  expect(await refusal(w.as('pavel').ask('POST', '/v1/migrations/spring/undo', {}))).toMatch(/^403/);
});

/** Applies the plan in the instant in which a run puts a task down, and once only. */
const inTheMiddle = (of: ReturnType<typeof plan>, step: string, to: Pack) => {
  let done = false;
  w.between.beforeWrite = async (write) => {
    if (done || !('put' in write) || write.put.row !== 'task' || write.put.step !== step) return;
    done = true;
    await deploy(w, to);
    // Not settled: the world is in the middle of something.
    const { send } = await import('../functions/testing/api.ts');
    expect((await send('admin', 'POST', '/v1/migrations', { body: { plan: of } })).status).toBe(200);
  };
};

test('a task put down in the instant of the migration is found by the new run, once', async () => {
  const deal = await load();
  inTheMiddle(
    plan(keep),
    'seal',
    yard({
      tasks: [
        ['weigh', 3],
        ['seal', 5],
      ],
    }),
  );

  await w.as('pavel').complete(deal, 'weigh');

  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m2`]);
  expect(await w.open(deal)).toEqual(['seal pavel 2026-02-02 14:00']);
  await w.as('pavel').complete(deal, 'seal');
  expect(await w.open(deal)).toEqual([]);
  expect(w.runs(deal)).toEqual([]);
});

test('a task put down in the instant of the migration goes if the new definition lacks it', async () => {
  const deal = await load();
  inTheMiddle(plan(keep), 'seal', changed);

  await w.as('pavel').complete(deal, 'weigh');

  expect(await w.open(deal)).toEqual(['photo pavel 2026-02-02 14:00']);
});

test('undone, a deal is where it was, with its tasks as they were', async () => {
  const deal = await load();
  await w.as('pavel').complete(deal, 'weigh');
  await w.advanceTo('2026-02-02 11:30'); // the first rung of sealing has fired
  const before = await w.task(deal, 'seal');
  await deploy(w, changed);
  await apply(plan(keep));
  await w.advanceTo('2026-02-02 12:00');

  await deploy(w, first);
  expect(statuses(await undo())).toEqual(['undone']);

  expect(await w.open(deal)).toEqual(['seal pavel 2026-02-02 17:00']);
  const { openedAt, fired } = await w.task(deal, 'seal');
  expect({ openedAt, fired }).toEqual({ openedAt: before.openedAt, fired: [0] });
  expect(await w.endsOf(deal, 'photo')).toEqual(['migrated by admin']);
  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m3`]);
  await w.advanceTo('2026-02-02 17:00');
  expect(await w.inbox('semyon')).toEqual(['2026-02-02 17:00 quote-late']);
  expect(history.filter(({ kind }) => kind === 'migrated').map(({ data }) => data.how)).toEqual([
    'keep',
    'undo',
  ]);

  expect(statuses(await undo())).toEqual(['done-before']);
});

test('a restart undone brings back the dates of before', async () => {
  const deal = await load();
  await w.advanceTo('2026-02-02 11:30');
  await deploy(w, changed);
  await apply(plan({ yard: { to: 'yard', timers: 'restart' } }));
  await w.advanceTo('2026-02-02 12:00');
  const told = await w.inbox('pavel');

  await deploy(w, first);
  await undo();

  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-02 13:00']);
  expect((await w.card(deal)).deal.stageSince).toBe('2026-02-02T06:00:00.000Z');
  expect(await w.inbox('pavel')).toEqual(told);
  await w.as('pavel').complete(deal, 'weigh');
  expect(await w.open(deal)).toEqual(['seal pavel 2026-02-02 20:00']);
});

test('undone, a renamed stage gets its deals back, except those that went on', async () => {
  const [stays, goes] = [await load(), await load()];
  await deploy(w, renamed);
  await apply(plan({ yard: { to: 'weighbridge' } }));
  await w.as('pavel').move(goes, 'gate');

  expect(new Set(reasons(await undo()))).toEqual(
    new Set(['refused stage-gone', 'refused moved-since stage-gone']),
  );
  await deploy(w, first);
  const { items } = await undo();

  expect(new Map(items.map(({ deal, status, refusals }) => [deal, [status, refusals[0]?.code]]))).toEqual(
    new Map([
      [stays, ['undone', undefined]],
      [goes, ['refused', 'moved-since']],
    ]),
  );
  expect(await w.stageOf(stays)).toBe('yard');
  expect(w.runs(stays)).toEqual([`${stays}-2-yard-m3`]);
  expect(await w.open(stays)).toEqual(['weigh pavel 2026-02-02 13:00']);
  expect(await w.stageOf(goes)).toBe('gate');
});

test('deals whose runs are lost, as after a restore, get new ones that keep their timers', async () => {
  const [deal, twice] = [await load(), await load()];
  await w.advanceTo('2026-02-02 09:30');
  await deploy(w, changed);
  await apply(plan(keep));
  await w.advanceTo('2026-02-02 10:00');
  const { engine } = w;
  for (const { arn } of engine.listStateMachines())
    for (const run of engine.listExecutions({ stateMachineArn: arn, status: 'RUNNING' }))
      await engine.stopExecution({ executionArn: run.arn });
  expect([...w.runs(deal), ...w.runs(twice)]).toEqual([]);

  const restored = plan(keep, { id: 'restored', before: '2026-02-02T07:00:00.000Z' as never });
  expect(statuses(await apply(restored))).toEqual(['migrated', 'migrated']);

  expect(w.runs(deal)).toEqual([`${deal}-2-yard-m3`]);
  expect(await w.open(deal)).toEqual(['weigh pavel 2026-02-02 13:00']);
  await w.advanceTo('2026-02-02 13:00');
  expect(await w.inbox('semyon')).toEqual(['2026-02-02 13:00 quote-late', '2026-02-02 13:00 quote-late']);
  expect(statuses(await apply(restored))).toEqual([]);
});

test('nothing of that name was applied: there is nothing to undo', async () => {
  expect(await refusal(undo())).toBe('404 no migration "spring" was ever applied');
});
