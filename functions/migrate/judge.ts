import type { Deal } from '../../schemas/deal.ts';
import type { MigrationEffect, MigrationPlan, StageMigration } from '../../schemas/migration.ts';
import type { Stage } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { type Context, stageOf } from '../deals/context.ts';
import { definedBy } from '../deals/definition.ts';
import { unmetToEnter } from '../deals/move.ts';
import { BadInput, type Refusal } from '../shared/errors.ts';
import { idsOf } from '../workflow/behind.ts';
import { mainRun } from '../workflow/run-state.ts';
import { outdated } from './outdated.ts';

/** What a plan makes of a deal: the effect to show, and the card after it where nothing stands in the way. */
export type Judged = { readonly effect: MigrationEffect; readonly after?: Card };

/** One transaction takes a hundred rows; deal, record and a margin are kept free. */
const mostTasks = 90;

/** @throws {BadInput} naming everything in the plan that no deal could follow */
export const mustFit = (plan: MigrationPlan, { pipeline }: Pick<Context, 'pipeline'>): void => {
  const known = Object.keys(pipeline.stages);
  const problems = Object.entries(plan.stages).flatMap(([from, { to }]) =>
    pipeline.stages[to] === undefined
      ? [`stages.${from}.to: no stage "${to}" in ${pipeline.id}; stages are ${known.join(', ')}`]
      : [],
  );
  if (Object.keys(plan.stages).length === 0)
    problems.push('stages: no stage is named; say where deals go, such as {"quote":{"to":"offer"}}');
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
};

/** Whether the plan has a word for this deal. */
export const isMeant = (
  deal: Deal,
  plan: MigrationPlan,
  { pipeline }: Pick<Context, 'pipeline'>,
): boolean => {
  const stage = plan.stages[deal.stage];
  return (
    stage !== undefined && (stage.to !== deal.stage || outdated(deal, pipeline, plan.before) !== undefined)
  );
};

/** Steps of a stage by thread; a step that waits without a row cannot be seen from outside. */
export const stepsOf = ({ work = [], on = [] }: Stage): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([
    ['main', new Set(idsOf(work))],
    ...on.map((thread) => [thread.id, new Set(idsOf(thread.work))] as const),
  ]);

const waits = (stage: Stage, thread: string): boolean =>
  JSON.stringify(stage.on?.find(({ id }) => id === thread)?.work ?? []).includes('"do":"wait"');

/** The open work of the runs that a deal has now. */
export const workUnderWay = ({ deal, tasks }: Card): Task[] =>
  tasks.filter(
    ({ status, run }) =>
      status === 'open' &&
      run?.seq === deal.seq &&
      (run.thread === 'main' || deal.threads[run.thread] === run.n),
  );

/** A task as the new run finds it: open, and waited on by nobody yet. */
export const handedTo = (deal: Deal, task: Task): Task => {
  const { token: _, ...rest } = task;
  const { thread = 'main', n = 1 } = task.run ?? {};
  return { ...rest, run: { ...mainRun(deal), thread, n } };
};

const takenAway = (task: Task, { now, by }: Context): Task => {
  const { token: _, ...rest } = task;
  return { ...rest, status: 'cancelled', outcome: 'migrated', closedAt: instantOf(now), closedBy: by };
};

export const shown = ({ id, step, title, assignee, due }: Task) => ({
  task: id,
  title,
  ...(step === undefined ? {} : { step }),
  ...(assignee === undefined ? {} : { assignee }),
  ...(due === undefined ? {} : { due }),
});

const outcomeDiffers = (deal: Deal, to: string): Refusal => ({
  path: 'stage',
  code: 'outcome-differs',
  message: {
    ru: `Перенос не завершает и не открывает сделку заново: у «${to}» другой итог`,
    en: `A migration neither ends a deal nor opens it again: “${to}” has another outcome than “${deal.outcome ?? 'under way'}”`,
  },
});

const tooMany = (count: number): Refusal => ({
  path: 'tasks',
  code: 'too-many-tasks',
  message: {
    ru: `Открытых задач ${count}, за один шаг переносится не больше ${mostTasks}: закройте лишние`,
    en: `${count} open tasks, of which one step takes at most ${mostTasks}: close some`,
  },
});

const processUnderWay = (numbers: readonly string[]): Refusal => ({
  path: 'processes',
  code: 'process-under-way',
  message: {
    ru: `Стадия ждёт ${numbers.join(', ')}: начатая заново, она запустила бы второй процесс; сохраните таймеры (keep)`,
    en: `The stage waits for ${numbers.join(', ')}: begun anew it would start a second one; keep the timers instead`,
  },
});

/** Numbers of the processes that a run waits for: it has put a watch down that nothing but their end closes. */
const awaited = ({ processes }: Card, under: readonly Task[]): string[] => {
  const waits = under.some(
    ({ kind, closeWhen, nextTurn, late }) =>
      kind === 'watch' && closeWhen === undefined && nextTurn === undefined && late.length === 0,
  );
  return waits ? processes.flatMap(({ number, outcome }) => (outcome === undefined ? [number] : [])) : [];
};

const refusalsOf = async (
  card: Card,
  { to, timers }: StageMigration,
  under: readonly Task[],
  context: Context,
): Promise<Refusal[]> => {
  const { deal } = card;
  const stage = stageOf(context.pipeline, to);
  const asks = to !== deal.stage || stage.enter?.unmet === 'rollback';
  return [
    ...(stage.outcome === deal.outcome ? [] : [outcomeDiffers(deal, to)]),
    ...(asks ? await unmetToEnter(deal, to, context) : []),
    ...(under.length > mostTasks ? [tooMany(under.length)] : []),
    ...(timers === 'restart' && awaited(card, under).length > 0
      ? [processUnderWay(awaited(card, under))]
      : []),
  ];
};

/**
 * What a plan means for a deal it is meant for. Every deal keeps `seq`: being migrated is no coming to a stage.
 *
 * @returns the effect with everything that stands in the way, or with the card as it is to be saved
 */
export const judge = async (card: Card, plan: MigrationPlan, context: Context): Promise<Judged> => {
  const { deal } = card;
  const { to, timers } = plan.stages[deal.stage] ?? { to: deal.stage, timers: 'keep' as const };
  const stage = stageOf(context.pipeline, to);
  const steps = stepsOf(stage);
  const under = workUnderWay(card);
  const goesOn = ({ step, run }: Task) =>
    timers === 'keep' && step !== undefined && steps.get(run?.thread ?? '')?.has(step) === true;
  const kept = under.filter(goesOn);
  const underWay = new Set(under.map(({ run }) => run?.thread));
  const threads =
    timers === 'restart'
      ? []
      : Object.keys(deal.threads).filter(
          (thread) => steps.has(thread) && (underWay.has(thread) || waits(stage, thread)),
        );
  // A task that is to outlive its stage outlives its step as well.
  const cancelled = under.filter((task) => !goesOn(task) && !task.keep);
  const isWork = ({ kind }: Task) => kind !== 'watch';
  const refusals = await refusalsOf(card, { to, timers }, under, context);
  const effect: MigrationEffect = {
    deal: deal.id,
    number: deal.number,
    title: deal.title,
    status: refusals.length > 0 ? 'refused' : 'would-migrate',
    from: deal.stage,
    to,
    timers,
    kept: kept.filter(isWork).map(shown),
    cancelled: cancelled.filter(isWork).map(shown),
    threads,
    ended: [...underWay].flatMap((thread) =>
      thread === undefined || thread === 'main' || threads.includes(thread) ? [] : [thread],
    ),
    refusals,
  };
  if (refusals.length > 0) return { effect };

  const n = (deal.era?.n ?? 1) + 1;
  const migrated: Deal = {
    ...deal,
    stage: to,
    ...definedBy(context.pipeline, to),
    era: {
      n,
      at: instantOf(context.now),
      work: timers === 'restart' ? n : (deal.era?.work ?? 1),
      plan: plan.id,
      how: timers,
      threads,
    },
    ...(plan.reason === undefined ? {} : { reason: plan.reason }),
    ...(timers === 'restart' ? { threads: {}, stageSince: instantOf(context.now) } : {}),
  };
  const keeps = new Set(kept);
  const cancels = new Set(cancelled);
  const tasks = card.tasks.map((task) => {
    if (keeps.has(task)) return handedTo(migrated, task);
    return cancels.has(task) ? takenAway(task, context) : task;
  });
  return { effect, after: { ...card, deal: migrated, tasks } };
};
