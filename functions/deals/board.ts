import type { DealView } from '../../schemas/api/shapes.ts';
import { mayDo, mayDoOn, mayDoToAll } from '../access/rights.ts';
import { groupsOf } from '../reports/keys.ts';
import { pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { cursorBehind, placeIn } from '../shared/table/cursor.ts';
import type { Item } from '../shared/table/port.ts';
import { audienceOf, listsFor, type Owned, ownedBy, scopeFieldsOf } from './audience.ts';
import type { Context } from './context.ts';
import { pipelineNamed } from './create.ts';
import { mustLookInto, pageOfLists, seenDeal } from './list.ts';
import { contextOf } from './seen.ts';
import { hiddenFrom, viewDeal, visibleFacts } from './view.ts';

type Column = { count: number; sum: number; deals: DealView[]; cursor?: string };
type Total = { count: number; sum: number };
/** Deals of one stage that the same people see. */
type Circle = Total & { readonly stage: string; readonly of: Owned };

const stageQuery = (pipeline: string, stage: string) =>
  ({ index: 'g1', pk: `BOARD#${pipeline}#${stage}` }) as const;

const worthIn = (facts: Readonly<Record<string, unknown>>, { pipeline }: Context): number => {
  const worth = pipeline.worth === undefined ? undefined : facts[pipeline.worth];
  return typeof worth === 'number' ? worth : 0;
};

const sumOf = (deals: readonly DealView[], context: Context): number =>
  deals.reduce((sum, { facts }) => sum + worthIn(facts, context), 0);

/** What the reports keep of each stage, by those who see it; the sum is nothing to who may not see what deals are worth. */
const circlesOf = async ({ pipeline, ...context }: Context): Promise<Circle[]> => {
  const hidesWorth = pipeline.worth === undefined || hiddenFrom({ pipeline, ...context }).has(pipeline.worth);
  const circles: Circle[] = [];
  for await (const { pk, sk, count, sum } of theTable().all({ pk: `R#board#${pipeline.id}` })) {
    const [stage = '', ...circle] = groupsOf({ pk, sk });
    if (typeof count === 'number' && count > 0)
      circles.push({
        stage,
        of: ownedBy(circle, pipeline.id, stage),
        count,
        sum: hidesWorth || typeof sum !== 'number' ? 0 : sum,
      });
  }
  return circles;
};

const totalOf = (circles: readonly Circle[]): Total =>
  circles.reduce((total, { count, sum }) => ({ count: total.count + count, sum: total.sum + sum }), {
    count: 0,
    sum: 0,
  });

/** A column of one who sees every deal: a page, and figures from the aggregates. */
const wholeColumn = async (
  stage: string,
  limit: number,
  circles: readonly Circle[],
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
  const total = circles.length === 0 ? { count: deals.length, sum: sumOf(deals, context) } : totalOf(circles);
  return { ...total, deals, ...cursor };
};

/** A column of one who sees some deals: figures of the circles whose deals they see, and the lists that lead to those. */
const ownColumn = async (
  stage: string,
  limit: number,
  circles: readonly Circle[],
  lists: readonly string[],
  context: Context,
): Promise<Column> => {
  const { reader, company, pack } = context;
  const seen = circles.filter(({ of }) => reader === undefined || mayDo(reader, 'view', 'deal', of, company));
  const scopeFields = scopeFieldsOf(pack);
  const leading = new Set(
    seen.map(({ of }) => {
      const stands = audienceOf(of, scopeFields);
      return lists.find((list) => stands.includes(list));
    }),
  );
  const leadingLists = lists.filter((list) => leading.has(list));
  const { items: deals, ...cursor } = await pageOfLists(leadingLists, stage, { limit }, context);
  return { ...totalOf(seen), deals, ...cursor };
};

/** The same by looking at every deal there: for rights of which no list knows. */
const countedColumn = async (stage: string, limit: number, context: Context): Promise<Column> => {
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
  const { reader, company } = call;
  const pipeline = pipelineNamed(call.params.pipeline, company);
  const context = contextOf(pipeline.id, call);
  mustLookInto(context);
  const stages = Object.entries(pipeline.stages).filter(
    ([id, { shelved }]) => shelved !== true && (asked === undefined || asked.split(',').includes(id)),
  );
  const circles = await circlesOf(context);
  const lists = listsFor(reader, pipeline.id, context.pack, company);
  const column = (stage: string): Promise<Column> | Column => {
    const here = circles.filter((circle) => circle.stage === stage);
    if (mayDoToAll(reader, 'view', 'deal', pipeline.id, stage))
      return wholeColumn(stage, limit, here, context);
    if (!mayDoOn(reader, 'view', 'deal', pipeline.id, stage)) return { count: 0, sum: 0, deals: [] };
    // Without any figure the reports have not begun: what there is is counted.
    return lists === undefined || circles.length === 0
      ? countedColumn(stage, limit, context)
      : ownColumn(stage, limit, here, lists, context);
  };
  const columns = await Promise.all(
    stages.map(async ([stage, { title }]) => ({ stage, title, ...(await column(stage)) })),
  );
  return { pipeline: pipeline.id, title: pipeline.title, columns };
};
