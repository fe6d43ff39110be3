import type { By, Deal } from '../../schemas/deal.ts';
import type { MigrationEffect, MigrationPlan, MigrationRecord } from '../../schemas/migration.ts';
import { instantOf } from '../../schemas/time.ts';
import { mustHave } from '../contacts/rights.ts';
import { act } from '../deals/act.ts';
import { type Card, readCard } from '../deals/card.ts';
import { type Context, contextFor, done } from '../deals/context.ts';
import { pipelineNamed } from '../deals/create.ts';
import { definitionOf } from '../deals/definition.ts';
import { DealMoved } from '../shared/errors.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Query } from '../shared/table/port.ts';
import { isMeant, type Judged, judge, mustFit } from './judge.ts';
import { outdated } from './outdated.ts';
import { appliedPlan, recordFor, recordIn, recordOf, recordRow, recordsOf, remember } from './records.ts';
import { putBack } from './undo.ts';
import { walk } from './walk.ts';

type Asked = Pick<Call<'migrations.apply'>, 'reader' | 'company' | 'now'>;

const contextOf = (pipeline: string, { reader, company, now }: Asked): Context =>
  contextFor(pipelineNamed(pipeline, company).id, { now, by: { user: reader.user.id }, reader, company });

const mustAdminister = ({ reader }: Asked): void => mustHave(reader, 'edit', 'users');

/** Every deal of a pipeline, the oldest number first: no list by stage holds those whose stage is gone. */
const dealsOf = (pipeline: string): Query => ({ index: 'g2', pk: `NUMBER#${pipeline}` });

/** GET /v1/migrations/deals */
export const listOutdated = async (call: Call<'migrations.deals'>) => {
  mustAdminister(call);
  const { pipeline: id, stage, before, cursor, limit } = call.query;
  const { pipeline } = contextOf(id, call);
  return pageOf(theTable(), { ...dealsOf(id), ...behind(cursor) }, limit, (rows) =>
    rows.map(dealOf).map((deal) => {
      const because = outdated(deal, pipeline, before);
      if (because === undefined || (stage !== undefined && stage !== deal.stage)) return undefined;
      const { id: of, number, title, stageSince, definition } = deal;
      const present = definitionOf(pipeline, deal.stage);
      return {
        deal: of,
        number,
        title,
        stage: deal.stage,
        stageSince,
        because,
        ...(definition === undefined ? {} : { definition }),
        ...(present === undefined ? {} : { present }),
      };
    }),
  );
};

/** Nothing is shown of a deal that the plan has no word for. */
const eachMeant = (
  { plan, cursor, limit }: { plan: MigrationPlan; cursor?: string | undefined; limit: number },
  context: Context,
  what: (deal: Deal) => Promise<MigrationEffect>,
) =>
  walk({ ...dealsOf(plan.pipeline), ...behind(cursor) }, limit, async (row) => {
    const deal = dealOf(row);
    return isMeant(deal, plan, context) ? what(deal) : undefined;
  });

/** The effect on a deal that nothing is done to now. */
const untouched = (
  { id, number, title }: Deal,
  said: Pick<MigrationEffect, 'status' | 'from' | 'to'>,
): MigrationEffect => ({
  ...said,
  deal: id,
  number,
  title,
  timers: 'keep',
  kept: [],
  cancelled: [],
  threads: [],
  ended: [],
  refusals: [],
});

const doneBefore = (deal: Deal, { from, to }: MigrationRecord): MigrationEffect =>
  untouched(deal, { status: 'done-before', from: from.stage, to: to.stage });

const present = (deal: Deal): MigrationEffect =>
  untouched(deal, { status: 'present', from: deal.stage, to: deal.stage });

/** POST /v1/migrations/preview: what the plan means, deal by deal; nothing is written. */
export const previewMigration = async (call: Call<'migrations.preview'>) => {
  mustAdminister(call);
  const { plan } = call.body;
  const context = contextOf(plan.pipeline, call);
  mustFit(plan, context);
  return eachMeant(call.body, context, async (deal) => {
    const record = await recordIn(plan.id, deal.id);
    if (record !== undefined) return doneBefore(deal, record);
    return (await judge(await readCard(theTable(), deal.id), plan, context)).effect;
  });
};

/** Judges a deal and saves what came of it, in one transaction with its record. */
const carriedOut = async (
  deal: Deal['id'],
  { reader }: Asked,
  rule: (card: Card, context: Context) => Promise<Judged> | Judged,
  record: (before: Card, after: Card, context: Context) => MigrationRecord,
): Promise<MigrationEffect> => {
  const by: By = { user: reader.user.id };
  let judged: Judged | undefined;
  let before: Card | undefined;
  await act(
    deal,
    async (card, context) => {
      before = card;
      judged = await rule(card, context);
      return done(judged.after ?? card);
    },
    {
      by,
      reader,
      along: (after, context) =>
        judged?.after === undefined || before === undefined
          ? []
          : [{ put: recordRow(record(before, after, context)) }],
    },
  );
  if (judged === undefined) throw new Error(`deal ${deal} was not judged`);
  return judged.effect;
};

/** A deal that others kept writing is left for the next time; everything else ends the page. */
const unlessBusy = async (
  effect: Promise<MigrationEffect>,
  otherwise: MigrationEffect,
): Promise<MigrationEffect> => {
  try {
    return await effect;
  } catch (error) {
    if (!(error instanceof DealMoved)) throw error;
    const message = {
      ru: 'Сделку как раз меняют: повторите',
      en: 'The deal is being written: apply once more',
    };
    return { ...otherwise, status: 'refused', refusals: [{ path: 'deal', code: 'busy', message }] };
  }
};

/**
 * POST /v1/migrations: carries a plan out, one transaction a deal. Ended anywhere and begun again it goes on where it was:
 * a deal with a record under the plan's name is passed over.
 */
export const applyMigration = async (call: Call<'migrations.apply'>) => {
  mustAdminister(call);
  const { plan } = call.body;
  const context = contextOf(plan.pipeline, call);
  mustFit(plan, context);
  await remember(plan, context);
  const migrate = async (deal: Deal): Promise<MigrationEffect> => {
    const known = await recordIn(plan.id, deal.id);
    if (known !== undefined) return doneBefore(deal, known);
    return unlessBusy(
      carriedOut(
        deal.id,
        call,
        async (card, now) => {
          // Somebody may have applied it, or moved the deal, since the list was read.
          const meanwhile = await recordIn(plan.id, deal.id);
          if (meanwhile !== undefined) return { effect: doneBefore(card.deal, meanwhile) };
          if (!isMeant(card.deal, plan, now)) return { effect: present(card.deal) };
          const { effect, after } = await judge(card, plan, now);
          return after === undefined ? { effect } : { effect: { ...effect, status: 'migrated' }, after };
        },
        (before, after, now) => recordFor(plan.id, before, after, now),
      ),
      present(deal),
    );
  };
  return eachMeant(call.body, context, migrate);
};

/** POST /v1/migrations/{plan}/undo: puts back those of its deals that have not moved since, and says why others stay. */
export const undoMigration = async (call: Call<'migrations.undo'>) => {
  mustAdminister(call);
  const plan = await appliedPlan(call.params.plan);
  const { cursor, limit } = call.body;
  const undo = async (record: MigrationRecord): Promise<MigrationEffect> => {
    const before = await readCard(theTable(), record.deal);
    if (record.undoneAt !== undefined) return doneBefore(before.deal, record);
    return unlessBusy(
      carriedOut(
        record.deal,
        call,
        async (card, now) => {
          const meanwhile = await recordIn(plan.id, record.deal);
          if (meanwhile?.undoneAt !== undefined) return { effect: doneBefore(card.deal, meanwhile) };
          return putBack(card, record, now);
        },
        (_, __, { now }) => ({ ...record, undoneAt: instantOf(now) }),
      ),
      doneBefore(before.deal, record),
    );
  };
  return walk({ ...recordsOf(plan.id), ...behind(cursor) }, limit, (row) => undo(recordOf(row)));
};
