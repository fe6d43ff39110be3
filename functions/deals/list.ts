import type { DealView } from '../../schemas/api/shapes.ts';
import { may, mayDo } from '../access/rights.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { isMerged, mergedPage } from '../shared/merged-page.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Query } from '../shared/table/port.ts';
import { dealIn, listsFor, stageListKey } from './audience.ts';
import type { Context } from './context.ts';
import { pipelineNamed } from './create.ts';
import { contextOf } from './seen.ts';
import { viewDeal } from './view.ts';

/** @throws {Forbidden} if none of the reader's roles looks into this pipeline */
export const mustLookInto = ({ reader, pipeline }: Context): void => {
  if (reader !== undefined && !may(reader, 'view', 'deal', pipeline.id))
    throw new Forbidden(`your roles (${reader.user.roles.join(', ')}) do not look into ${pipeline.id}`);
};

/** The deal of a row, if the reader may see it. */
export const seenDeal = (row: Item, { reader, company, pipeline }: Context) => {
  const deal = dealOf(row);
  const isSeen =
    deal.pipeline === pipeline.id && (reader === undefined || mayDo(reader, 'view', 'deal', deal, company));
  return isSeen ? deal : undefined;
};

const found = ({ pipeline, stage, number, company }: Call<'deals.list'>['query']): Omit<Query, 'limit'> => {
  if (number !== undefined)
    return {
      index: 'g2',
      pk: `NUMBER#${pipeline}`,
      sk: { from: number.padStart(16, ' '), to: number.padStart(16, ' ') },
    };
  if (company !== undefined) return { index: 'g3', pk: `COMPANY#${company}`, descending: true };
  if (stage !== undefined) return { index: 'g1', pk: `BOARD#${pipeline}#${stage}` };
  return { index: 'g2', pk: `NUMBER#${pipeline}`, descending: true };
};

/** Deals on a stage that the reader may see of those in these lists, longest there first. */
export const pageOfLists = (
  lists: readonly string[],
  stage: string,
  paging: { readonly cursor?: string | undefined; readonly limit: number },
  context: Context,
): Promise<{ items: DealView[]; cursor?: string }> =>
  mergedPage(
    theTable(),
    lists.map((list) => stageListKey(list, context.pipeline.id, stage)),
    paging,
    async (rows) => {
      const found = new Map(
        (await theTable().getMany(rows.map((row) => dealKey(dealIn(row))))).map((row) => [row.pk, row]),
      );
      return Promise.all(
        rows.map((listed) => {
          const row = found.get(dealKey(dealIn(listed)).pk);
          const deal = row === undefined ? undefined : seenDeal(row, context);
          // A list may be a moment behind its deals.
          return deal?.stage === stage ? viewDeal({ deal }, context) : undefined;
        }),
      );
    },
  );

/** GET /v1/deals: of a stage the longest there first, of a company or a pipeline the newest first. */
export const listDeals = async (call: Call<'deals.list'>) => {
  const { query } = call;
  const pipeline = pipelineNamed(query.pipeline, call.company);
  const context = contextOf(pipeline.id, call);
  mustLookInto(context);
  if (query.stage !== undefined && pipeline.stages[query.stage] === undefined)
    throw new BadInput(
      `stage: no stage "${query.stage}" in ${pipeline.id}; stages are ${Object.keys(pipeline.stages).join(', ')}`,
    );
  if (query.stage !== undefined && isMerged(query.cursor)) {
    // A column of the board goes on by the lists it came from.
    const lists = listsFor(call.reader, pipeline.id, context.pack, call.company) ?? [];
    return pageOfLists(lists, query.stage, query, context);
  }
  // Who asks for one by its number, or for those of a client, means all of them.
  const isNamed = query.number !== undefined || query.company !== undefined;
  return pageOf(theTable(), { ...found(query), ...behind(query.cursor) }, query.limit, (rows) =>
    Promise.all(
      rows.map((row) => {
        const deal = seenDeal(row, context);
        const isWanted =
          query.stage === undefined
            ? isNamed || pipeline.stages[deal?.stage ?? '']?.shelved !== true
            : deal?.stage === query.stage;
        return deal === undefined || !isWanted ? undefined : viewDeal({ deal }, context);
      }),
    ),
  );
};
