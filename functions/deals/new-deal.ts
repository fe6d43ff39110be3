import type { Deal } from '../../schemas/deal.ts';
import { instantOf } from '../../schemas/time.ts';
import { headOf } from '../access/people.ts';
import { totalsOf } from '../ledger/record.ts';
import type { Context } from './context.ts';
import { definedBy } from './definition.ts';

type Given = Pick<Deal, 'id' | 'number' | 'title'> &
  Partial<Pick<Deal, 'fields' | 'responsible' | 'initiator' | 'parent'>>;

/** A deal on the first stage of its pipeline. */
export const newDeal = (given: Given, context: Context): Deal => {
  const { now, by, pack, pipeline, company } = context;
  const { responsible, initiator, parent } = given;
  const head = responsible === undefined ? undefined : headOf(responsible, pack, company)?.id;
  const at = instantOf(now);
  return {
    id: given.id,
    pack: pack.id,
    pipeline: pipeline.id,
    number: given.number,
    title: given.title,
    stage: pipeline.start,
    ...definedBy(pipeline, pipeline.start),
    seq: 1,
    version: 1,
    ...(responsible === undefined ? {} : { responsible }),
    ...(initiator === undefined ? {} : { initiator }),
    ...(head === undefined ? {} : { head }),
    ...(parent === undefined ? {} : { parent }),
    watchers: [],
    fields: given.fields ?? {},
    totals: totalsOf({ ledger: [], accruals: [] }, context),
    threads: {},
    stageSince: at,
    createdAt: at,
    createdBy: by,
    changedAt: at,
    changedBy: by,
    keys: [],
  };
};

/** A card with nothing on it but the deal. */
export const bareCard = (deal: Deal) => ({
  deal,
  tasks: [],
  ledger: [],
  accruals: [],
  files: [],
  payments: [],
  processes: [],
  parcels: [],
  feed: [],
});
