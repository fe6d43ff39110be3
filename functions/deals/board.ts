import type { DealView } from '../../schemas/api/shapes.ts';
import { mayDoOn, mayDoToAll } from '../access/rights.ts';
import { pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { cursorBehind, placeIn } from '../shared/table/cursor.ts';
import type { Item } from '../shared/table/port.ts';
import type { Context } from './context.ts';
import { pipelineNamed } from './create.ts';
import { mustLookInto, seenDeal } from './list.ts';
import { contextOf } from './seen.ts';
import { hiddenFrom, viewDeal, visibleFacts } from './view.ts';

type Column = { count: number; sum: number; deals: DealView[]; cursor?: string };
type Total = { count: number; sum: number };

const stageQuery = (pipeline: string, stage: string) =>
  ({ index: 'g1', pk: `BOARD#${pipeline}#${stage}` }) as const;

const worthIn = (facts: Readonly<Record<string, unknown>>, { pipeline }: Context): number => {
  const worth = pipeline.worth === undefined ? undefined : facts[pipeline.worth];
  return typeof worth === 'number' ? worth : 0;
};

const sumOf = (deals: readonly DealView[], context: Context): number =>
  deals.reduce((sum, { facts }) => sum + worthIn(facts, context), 0);

/** What the reports keep of each stage, by stage; the sum is nothing to who may not see what deals are worth. */
const totalsOfStages = async ({ pipeline, ...context }: Context): Promise<Map<string, Total>> => {
  const hidesWorth = pipeline.worth === undefined || hiddenFrom({ pipeline, ...context }).has(pipeline.worth);
  const totals = new Map<string, Total>();
  for await (const { sk, count, sum } of theTable().all({ pk: `R#board#${pipeline.id}` }))
    if (typeof count === 'number')
      totals.set(sk, { count, sum: hidesWorth || typeof sum !== 'number' ? 0 : sum });
  return totals;
};

/** A column of one who sees every deal: a page, and figures from the aggregates. */
const wholeColumn = async (
  stage: string,
  limit: number,
  total: Total | undefined,
  context: Context,
): Promise<Column> => {
  const page = await pageOf(theTable(), stageQuery(context.pipeline.id, stage), limit, (rows) =>
    Promise.all(
      rows.map((row) => {
        const deal = seenDeal(row, context);
        return deal === undefined ? undefined : viewDeal({ deal }, context);
      }),
    ),
  );
  const { items: deals, ...cursor } = page;
  return { ...(total ?? { count: deals.length, sum: sumOf(deals, context) }), deals, ...cursor };
};

/** A column of one who sees some deals: no aggregate knows which, so that figures are counted. */
const ownColumn = async (stage: string, limit: number, context: Context): Promise<Column> => {
  const query = stageQuery(context.pipeline.id, stage);
  const column: Column = { count: 0, sum: 0, deals: [] };
  let last: Item | undefined;
  for await (const row of theTable().all(query)) {
    const deal = seenDeal(row, context);
    if (deal === undefined) continue;
    column.count += 1;
    column.sum += worthIn(await visibleFacts({ deal }, context), context);
    if (column.deals.length < limit) {
      column.deals.push(await viewDeal({ deal }, context));
      last = row;
    }
  }
  return column.count > column.deals.length && last !== undefined
    ? { ...column, cursor: cursorBehind(query, placeIn(query, last)) }
    : column;
};

/** GET /v1/boards/{pipeline}: its stages as columns, the cursor of a column continues `GET /v1/deals` of the stage. */
export const board = async (call: Call<'deals.board'>) => {
  const { limit, stages: asked } = call.query;
  const pipeline = pipelineNamed(call.params.pipeline, call.company);
  const context = contextOf(pipeline.id, call);
  mustLookInto(context);
  const seesAll = (stage: string) => mayDoToAll(call.reader, 'view', 'deal', pipeline.id, stage);
  const stages = Object.entries(pipeline.stages).filter(
    ([id, { shelved }]) => shelved !== true && (asked === undefined || asked.split(',').includes(id)),
  );
  const totals = stages.some(([stage]) => seesAll(stage))
    ? await totalsOfStages(context)
    : new Map<string, Total>();
  const columns = await Promise.all(
    stages.map(async ([stage, { title }]) => ({
      stage,
      title,
      ...(seesAll(stage)
        ? await wholeColumn(stage, limit, totals.get(stage), context)
        : mayDoOn(call.reader, 'view', 'deal', pipeline.id, stage)
          ? await ownColumn(stage, limit, context)
          : { count: 0, sum: 0, deals: [] }),
    })),
  );
  return { pipeline: pipeline.id, title: pipeline.title, columns };
};
