import type { Deal } from '../../schemas/deal.ts';
import type { MigrationEffect, MigrationRecord } from '../../schemas/migration.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { definedBy } from '../deals/definition.ts';
import type { Refusal } from '../shared/errors.ts';
import { handedTo, type Judged, shown, workUnderWay } from './judge.ts';

const movedSince = (deal: Deal): Refusal => ({
  path: 'stage',
  code: 'moved-since',
  message: {
    ru: `Сделка с тех пор ушла дальше и стоит на «${deal.stage}»`,
    en: `The deal has gone on since, and stands on “${deal.stage}”`,
  },
});

const stageGone = (stage: string, { pipeline }: Context): Refusal => ({
  path: 'stage',
  code: 'stage-gone',
  message: {
    ru: `Стадии «${stage}» нет: сначала верните определение, в котором она есть`,
    en: `There is no stage “${stage}” in ${pipeline.id}: deploy the definition that has it first`,
  },
});

const ended = (deal: Deal): Refusal => ({
  path: 'outcome',
  code: 'outcome-differs',
  message: { ru: `Сделка уже завершена: ${deal.outcome}`, en: `The deal is over by now: ${deal.outcome}` },
});

const reopened = (deal: Deal, task: Task): Task => {
  const { outcome: _, closedAt: __, closedBy: ___, ...rest } = task;
  return handedTo(deal, { ...rest, status: 'open' });
};

/**
 * Puts a deal back to where a migration took it from, if it has not moved since: tasks that were taken away are open again
 * as they were, those that were kept stay, those that were opened since are taken away. Its runs begin by the definition of
 * the former stage that is deployed now.
 */
export const putBack = (card: Card, record: MigrationRecord, context: Context): Judged => {
  const { deal } = card;
  const { from, to } = record;
  const stage = context.pipeline.stages[from.stage];
  const refusals = [
    ...(deal.seq === to.seq && deal.era?.n === to.era ? [] : [movedSince(deal)]),
    ...(stage === undefined ? [stageGone(from.stage, context)] : []),
    ...(stage === undefined || stage.outcome === deal.outcome ? [] : [ended(deal)]),
  ];
  const cancelled = new Set<string>(record.cancelled);
  const kept = new Set<string>(record.kept);
  const back = card.tasks.filter(({ id, outcome }) => cancelled.has(id) && outcome === 'migrated');
  const under = workUnderWay(card);
  const since = under.filter(({ id }) => !kept.has(id));
  const isWork = ({ kind }: Task) => kind !== 'watch';
  const effect: MigrationEffect = {
    deal: deal.id,
    number: deal.number,
    title: deal.title,
    status: refusals.length > 0 ? 'refused' : 'undone',
    from: deal.stage,
    to: from.stage,
    timers: 'keep',
    kept: [...under.filter(({ id }) => kept.has(id)), ...back].filter(isWork).map(shown),
    cancelled: since.filter(isWork).map(shown),
    threads: from.underWay,
    ended: [],
    refusals,
  };
  if (refusals.length > 0) return { effect };

  const former: Deal = {
    ...deal,
    stage: from.stage,
    ...definedBy(context.pipeline, from.stage),
    stageSince: from.stageSince,
    threads: { ...from.threads, ...(from.work === deal.era?.work ? deal.threads : {}) },
    era: {
      n: to.era + 1,
      at: instantOf(context.now),
      work: from.work,
      plan: record.plan,
      how: 'undo',
      threads: from.underWay,
    },
  };
  const at = instantOf(context.now);
  const tasks = card.tasks.map((task): Task => {
    if (back.includes(task)) return reopened(former, task);
    if (!under.includes(task)) return task;
    if (kept.has(task.id)) return handedTo(former, task);
    const { token: _, ...rest } = task;
    return { ...rest, status: 'cancelled', outcome: 'migrated', closedAt: at, closedBy: context.by };
  });
  return { effect, after: { ...card, deal: former, tasks } };
};
