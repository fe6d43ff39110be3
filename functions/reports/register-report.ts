import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { factsOf } from '../deals/facts.ts';
import { localDay } from '../schedule/local-time.ts';
import { BadInput } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Query } from '../shared/table/port.ts';
import { dealRow, dealsOf, pageThrough, withCompanyNames } from './deal-rows.ts';
import { type Figure, figuresOf } from './figures.ts';
import { boardReport } from './figures-report.ts';
import { none, registerKey } from './keys.ts';
import { addTo, type Row, readKept, type Sums } from './read.ts';
import { type Register, registers } from './registers.ts';
import { isInScope, isReported, openFigures, pipelinesFor } from './scope.ts';
import { spanOf } from './span.ts';

type Asked = Call<'reports.get'>;

/** Whether a deal is one of those asked for, and open to the reader. */
const isAsked = (deal: Deal, pipelines: readonly Pipeline[], call: Asked): boolean => {
  const { query, company } = call;
  if (!pipelines.some(({ id }) => id === deal.pipeline)) return false;
  const pack = company.packOf(company.pipeline(deal.pipeline));
  const created = localDay(new Date(deal.createdAt), pack.zone);
  return (
    isReported(deal, call) &&
    (query.responsible === undefined || deal.responsible === query.responsible) &&
    (query.company === undefined || deal.fields.company === query.company) &&
    (query.stage === undefined || deal.stage === query.stage) &&
    (query.from === undefined || created >= query.from) &&
    (query.to === undefined || created <= query.to)
  );
};

/** Figures of a deal under the names of the report, without hidden ones. */
const figuresFor = async (deal: Deal, names: Readonly<Record<Figure, string>>, call: Asked): Promise<Row> => {
  const pipeline = call.company.pipeline(deal.pipeline);
  const figures = figuresOf(await factsOf(deal, pipeline), pipeline);
  return Object.fromEntries(
    [...openFigures(pipeline, call)].map((figure) => [names[figure], figures[figure]]),
  );
};

type List = {
  readonly queries: readonly Omit<Query, 'limit' | 'cursor'>[];
  readonly columns: readonly string[];
  readonly names: Readonly<Record<Figure, string>>;
  read(rows: readonly Item[]): Promise<readonly (Deal | undefined)[]>;
  also?(deal: Deal, row: Row): Row;
};

const listed = async (list: List, pipelines: readonly Pipeline[], call: Asked) => {
  const table = theTable();
  const { items, ...cursor } = await pageThrough(table, list.queries, call.query, async (rows) =>
    Promise.all(
      (await list.read(rows)).map(async (deal) => {
        if (deal === undefined || !isAsked(deal, pipelines, call)) return undefined;
        const row = {
          ...(await dealRow(deal, ['company', ...list.columns], call)),
          ...(await figuresFor(deal, list.names, call)),
        };
        return { ...row, ...list.also?.(deal, row) };
      }),
    ),
  );
  return { report: call.params.report, rows: await withCompanyNames(items, table), ...cursor };
};

const queriesFor = ({ query }: Asked, pipelines: readonly Pipeline[]): List['queries'] => {
  if (query.company !== undefined) return [{ index: 'g3', pk: `COMPANY#${query.company}`, descending: true }];
  return pipelines.flatMap(({ id, stages }): List['queries'] => {
    if (query.stage === undefined) return [{ index: 'g2', pk: `NUMBER#${id}`, descending: true }];
    return stages[query.stage] === undefined ? [] : [{ index: 'g1', pk: `BOARD#${id}#${query.stage}` }];
  });
};

/** Deals made and ended in the days of the report, and why those lost were lost. */
const flowOf = async (pipelines: readonly Pipeline[], call: Asked): Promise<Row> => {
  const span = spanOf(call.query, call.now, call.company, call.reader);
  const flow: Sums = {};
  const losses: Record<string, number> = {};
  for (const pipeline of pipelines) {
    const isCounted = (responsible: string) =>
      isInScope(responsible, pipeline.id, call) &&
      (call.query.responsible === undefined || call.query.responsible === responsible);
    const showsSums = openFigures(pipeline, call).has('sum');
    for (const { groups, sums } of await readKept(theTable(), 'flow', pipeline.id, span))
      if (isCounted(groups[1] ?? none))
        addTo(
          flow,
          Object.fromEntries(Object.entries(sums).filter(([name]) => showsSums || !name.endsWith('Sum'))),
        );
    for (const { groups, sums } of await readKept(theTable(), 'losses', pipeline.id, span)) {
      const [, reason = none, responsible = none] = groups;
      if (isCounted(responsible)) losses[reason] = (losses[reason] ?? 0) + (sums.count ?? 0);
    }
  }
  return { from: span.from, to: span.to, ...flow, losses };
};

/** Deals with their figures, newest first; or, grouped, their sums. */
export const dealsReport = async (call: Asked) => {
  const pipelines = pipelinesFor(call.query.pipeline, call);
  const flow = call.query.company === undefined ? await flowOf(pipelines, call) : {};
  if (call.query.group !== undefined) {
    const report = await boardReport(call);
    return { ...report, totals: { ...report.totals, ...flow } };
  }
  const list = await listed(
    {
      queries: queriesFor(call, pipelines),
      columns: [],
      names: { sum: 'total', paid: 'paid', debt: 'debt' },
      read: async (rows) => rows.map(dealOf),
    },
    pipelines,
    call,
  );
  return { ...list, totals: flow };
};

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));

/** By how many days the originals are behind their planned date; nothing once they are here. */
const overdueDays = (row: Row, { now, company }: Asked): Row => {
  const planned = row.originalsPlannedDate;
  if (typeof planned !== 'string' || row.hasOriginals === true) return {};
  const zone = company.packOf(company.pipeline(String(row.pipeline))).zone;
  return { overdueDays: daysBetween(planned.slice(0, 10), localDay(now, zone)) };
};

/** A register: payments, signing or documents. */
export const registerReport = async (id: Register['id'], call: Asked) => {
  const { group } = call.query;
  const pipelines = pipelinesFor(call.query.pipeline, call);
  if (group !== undefined && id !== 'payments')
    throw new BadInput(`group: ${id} is a list of deals; board, debts, deals and payments can be grouped`);
  if (group !== undefined) {
    const report = await boardReport(call);
    const renamed = ({ total, paid, debt, ...row }: Row): Row => ({
      ...row,
      ...(total === undefined ? {} : { expected: total }),
      ...(paid === undefined ? {} : { received: paid }),
      ...(debt === undefined ? {} : { remaining: debt }),
    });
    return { ...report, rows: report.rows.map(renamed), totals: renamed(report.totals) };
  }
  const { columns } = registers[id];
  const list = await listed(
    {
      queries: pipelines.map((pipeline) => ({
        ...registerKey(id, pipeline.id),
        descending: id === 'payments',
      })),
      columns,
      names: { sum: 'expected', paid: 'received', debt: 'remaining' },
      read: (rows) => dealsOf(rows, theTable()),
      also: (_, row) => (id === 'documents' ? overdueDays(row, call) : {}),
    },
    pipelines,
    call,
  );
  return { ...list, totals: {} };
};
