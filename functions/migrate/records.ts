import { isDeepStrictEqual } from 'node:util';
import type { Deal } from '../../schemas/deal.ts';
import { MigrationPlan, MigrationRecord } from '../../schemas/migration.ts';
import { instantOf } from '../../schemas/time.ts';
import { keep } from '../admin/keep.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { BadInput, NotFound } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key, Query } from '../shared/table/port.ts';
import { workUnderWay } from './judge.ts';

const planKey = (plan: string): Key => ({ pk: 'MIGRATION', sk: plan });
const recordKey = (plan: string, deal: string): Key => ({ pk: `MIGRATION#${plan}`, sk: deal });

/** The deals that a plan has taken, in the order of their ids. */
export const recordsOf = (plan: string): Query => ({ pk: recordKey(plan, '').pk, consistent: true });

export const recordOf = (row: Item): MigrationRecord => MigrationRecord.parse(contentOf(row));

export const recordRow = (record: MigrationRecord): Item => ({
  ...recordKey(record.plan, record.deal),
  row: 'migration',
  ...record,
});

/** What is to be remembered of a deal that goes from one card to the next. */
export const recordFor = (plan: string, before: Card, after: Card, { now, by }: Context): MigrationRecord => {
  const { deal } = before;
  const later = new Map(after.tasks.map((task) => [task.id, task]));
  const under = workUnderWay(before);
  return {
    plan,
    deal: deal.id,
    at: instantOf(now),
    by,
    from: {
      stage: deal.stage,
      stageSince: deal.stageSince,
      work: deal.era?.work ?? 1,
      threads: deal.threads,
      underWay: [
        ...new Set(
          under.flatMap(({ run }) => (run === undefined || run.thread === 'main' ? [] : [run.thread])),
        ),
      ],
    },
    to: { stage: after.deal.stage, seq: after.deal.seq, era: after.deal.era?.n ?? 1 },
    kept: under.filter(({ id }) => later.get(id)?.status === 'open').map(({ id }) => id),
    cancelled: under.filter(({ id }) => later.get(id)?.status === 'cancelled').map(({ id }) => id),
  };
};

/** The record of a deal under a plan. */
export const recordIn = async (plan: string, deal: Deal['id']): Promise<MigrationRecord | undefined> => {
  const row = await theTable().get(recordKey(plan, deal), { consistent: true });
  return row === undefined ? undefined : recordOf(row);
};

/** The plan of that name as it was applied. @throws {NotFound} */
export const appliedPlan = async (id: string): Promise<MigrationPlan> => {
  const row = await theTable().get(planKey(id), { consistent: true });
  if (row === undefined) throw new NotFound(`no migration "${id}" was ever applied`);
  return MigrationPlan.parse(row.plan);
};

/**
 * Remembers a plan before its first deal, with a line of the audit, so that its name keeps its meaning.
 *
 * @throws {BadInput} if another plan bears the name
 */
export const remember = async (plan: MigrationPlan, context: Context): Promise<void> => {
  const { reader, now } = context;
  const known = await theTable().get(planKey(plan.id), { consistent: true });
  if (known !== undefined) {
    if (!isDeepStrictEqual(MigrationPlan.parse(known.plan), plan))
      throw new BadInput(`id: another plan was applied as "${plan.id}"; give this one a name of its own`);
    return;
  }
  if (reader === undefined) throw new Error('a migration is somebody’s doing');
  await keep(
    { ...planKey(plan.id), row: 'migration-plan', plan },
    { reader, now, what: 'migration', id: plan.id, before: undefined, after: plan },
  );
};
