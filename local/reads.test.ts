import { afterAll, expect, test } from 'vitest';
import { audienceOf, circleOf, scopeFieldsOf } from '../functions/deals/audience.ts';
import { type Add, sumOf } from '../functions/reports/contribution.ts';
import { aggregateKey, deskKey } from '../functions/reports/keys.ts';
import { listsOf } from '../functions/reports/members.ts';
import { aTask } from '../functions/reports/testing/history.ts';
import { rowsOfDeal } from '../functions/search/rows.ts';
import { useClock } from '../functions/shared/clock.ts';
import { forgetPorts, useTable } from '../functions/shared/ports.ts';
import { dealRow, taskRow } from '../functions/shared/rows.ts';
import type { Item, Table } from '../functions/shared/table/port.ts';
import { createMemoryTable } from '../functions/shared/table/table-memory.ts';
import { send } from '../functions/testing/api.ts';
import { Deal } from '../schemas/deal.ts';
import { DealId, TaskId } from '../schemas/ids.ts';
import type { Pack } from '../schemas/pack.ts';
import type { Pipeline } from '../schemas/pipeline.ts';
import { instantOf } from '../schemas/time.ts';
import { packs } from '../statemachines/packs/index.ts';
import { furniture } from './world/furniture.ts';

const now = new Date('2026-02-02T09:00:00Z');
const start = Date.parse('2025-06-01T06:00:00Z');
const at = (n: number) => instantOf(new Date(start + n * 60_000));

const environment = {
  TABLE_NAME: 'reads',
  BUS_NAME: 'reads',
  BUCKET_NAME: 'reads',
  MACHINE_ARN_PREFIX: 'arn:aws:states:eu-central-1:000000000000:stateMachine:reads-',
  MAIL_FROM: 'crm@example.test',
  MAIL_CONFIGURATION_SET: 'reads',
  MAIL_IN_DOMAIN: 'in.voronka.example',
  SCHEDULE_GROUP: 'reads',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/reads',
  DELIVER_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:reads',
};
const before = { ...process.env };
afterAll(() => {
  forgetPorts();
  useClock({ now: () => new Date() });
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

/** Deals of a pipeline, on each stage as many of each of three people, and of nobody; some watched by a fourth. */
const dealsOf = (pack: Pack, pipeline: Pipeline, many: number): Deal[] => {
  const stages = Object.keys(pipeline.stages);
  const [one, two, three, fourth] = pack.people.map(({ id }) => id);
  const owners = [one, two, three, undefined];
  const first = Deal.parse({
    id: 'd',
    pack: pack.id,
    pipeline: pipeline.id,
    number: '0',
    title: 'Order',
    stage: pipeline.start,
    seq: 1,
    version: 1,
    fields: {},
    totals: {},
    stageSince: at(0),
    createdAt: at(0),
    createdBy: { system: 'test' },
    changedAt: at(0),
    changedBy: { system: 'test' },
  });
  return Array.from({ length: many }, (_, n) => {
    const responsible = owners[n % owners.length];
    const round = Math.floor(n / owners.length);
    const watched = round % 2 === 0 && fourth !== undefined;
    return {
      ...first,
      id: DealId.parse(`${pipeline.id.slice(0, 15)}-${n}`),
      number: `${pipeline.prefix}-${n}`,
      stage: (stages[round % stages.length] ?? pipeline.start) as Deal['stage'],
      ...(responsible === undefined ? {} : { responsible }),
      watchers: watched ? [fourth] : [],
      stageSince: at(n),
      createdAt: at(n),
    };
  });
};

/**
 * What leads to a deal: its stage, every desk of its pipeline as if it stood there, the words it is asked for by, work on it.
 * Further work, and words nobody asks for, would only take time.
 */
const rowsFor = (deal: Deal, n: number, pack: Pack, pipeline: Pipeline): Item[] => {
  const desks = pack.desks.flatMap((desk) =>
    (desk.kind === 'deals' && desk.pipelines.includes(pipeline.id)) ||
    (desk.kind === 'planner' && desk.pipeline === pipeline.id)
      ? [{ ...deskKey(desk.id), sk: `${at(n)}#${deal.id}`, deal: deal.id }]
      : [],
  );
  const finds = [
    ...rowsOfDeal(deal, pipeline).filter(({ sk }) => sk.startsWith('order#') || `${n}`.startsWith('71')),
    ...listsOf(deal, desks, audienceOf(deal, scopeFieldsOf(pack))),
  ];
  const task = () => ({
    ...aTask({ pipeline: pipeline.id, kind: n % 8 < 4 ? 'task' : 'approval', late: [] }),
    id: TaskId.parse(`${deal.id}.work`),
    deal: deal.id,
    assignee: deal.responsible,
  });
  return [
    dealRow(deal),
    ...(n < 400 ? [taskRow(task())] : []),
    ...desks,
    ...finds.map((find) => ({ ...find, row: 'find' })),
  ];
};

const filled = async (pack: Pack, many: number): Promise<Table> => {
  const table = createMemoryTable({ now: () => now });
  const rows: Item[] = [...furniture([pack])];
  const adds: Add[] = [];
  for (const pipeline of pack.pipelines)
    for (const [n, deal] of dealsOf(pack, pipeline, many).entries()) {
      rows.push(...rowsFor(deal, n, pack, pipeline));
      adds.push({
        ...aggregateKey('board', pipeline.id, deal.stage, ...circleOf(deal, scopeFieldsOf(pack))),
        by: { count: 1, sum: 0 },
      });
    }
  for (const { by, ...key } of sumOf(adds)) rows.push({ ...key, ...by });
  await table.batch(rows.map((put) => ({ put })));
  return table;
};

/** Table reads by who asked for what. */
const readsOf = async (pack: Pack, many: number): Promise<Record<string, number>> => {
  const table = await filled(pack, many);
  Object.assign(process.env, environment);
  useClock({ now: () => now });
  useTable(table, [pack]);
  const reads: Record<string, number> = {};
  for (const { id } of pack.people) {
    const { body } = await send(id, 'GET', '/v1/desks');
    const asked = [
      ...body.items.map((desk: { id: string }) => `/v1/desks/${desk.id}?limit=1`),
      ...pack.pipelines.map((pipeline) => `/v1/boards/${pipeline.id}?limit=1`),
      '/v1/search?q=order&limit=1',
      `/v1/search?q=${pack.pipelines[0]?.prefix}-71`,
    ];
    for (const path of asked) {
      const since = table.calls.reads;
      const { status } = await send(id, 'GET', path);
      if (status !== 200 && status !== 403) throw new Error(`${id} GET ${path}: ${status}`);
      reads[`${id} ${path}`] = table.calls.reads - since;
    }
  }
  return reads;
};

test.for(packs.map((pack) => [pack.id, pack] as const))(
  '%s: every desk, every board and the search take as many reads with 10,000 deals as with 100, whoever asks',
  async ([, pack]) => {
    const few = await readsOf(pack, 100);
    const many = await readsOf(pack, Math.ceil(10_000 / pack.pipelines.length));

    expect(many).toEqual(few);
    expect(Math.max(...Object.values(few))).toBeGreaterThan(0);
  },
);
