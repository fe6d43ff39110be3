import type { Deal } from '../../schemas/deal.ts';
import { Span, WaitStep } from '../../schemas/pipeline.ts';
import type { RunState } from '../../schemas/step.ts';
import type { Ahead, Run, Task } from '../../schemas/task.ts';
import type { Context } from '../deals/context.ts';
import type { Facts } from '../shared/expression.ts';
import { dueOf, timersOf, waitEnd, yearGuardSeconds } from '../tasks/timing.ts';
import { keepsTurn } from './wake.ts';

/** No more than the guard: a run ends before it, and the service refuses a time-out of some years. */
const secondsUntil = (moment: Date, now: Date): number =>
  Math.min(yearGuardSeconds, Math.max(1, Math.ceil((moment.getTime() - now.getTime()) / 1000)));

const isWorkOf = (task: Task, step: string, seq: unknown): boolean =>
  task.status === 'open' && task.step === step && task.run?.seq === seq;

/** Timers of one coming step: of its open task if there is one, else as if it were opened now. */
const timersAhead = (
  step: string,
  ahead: Ahead['timers'][string],
  tasks: readonly Task[],
  facts: Facts,
  context: Context,
): number[] => {
  const { now } = context;
  const open = tasks.find((task) => isWorkOf(task, step, facts.seq));
  if (open !== undefined && keepsTurn(open, now, 0))
    return [secondsUntil(new Date(open.nextTurn), now), yearGuardSeconds];
  if (ahead.span !== undefined) {
    const wait = WaitStep.shape.for.safeParse(ahead.span);
    return [
      secondsUntil(
        waitEnd(
          wait.success ? wait.data : { due: 'after', span: Span.parse(ahead.span) },
          facts,
          now,
          context,
        ),
        now,
      ),
      yearGuardSeconds,
    ];
  }
  const timed = {
    openedAt: open === undefined ? now : new Date(open.openedAt),
    due: open?.due === undefined ? undefined : new Date(open.due),
    late: open?.late ?? ahead.late ?? [],
    fired: open?.fired ?? [],
    passed: open?.passed,
  };
  return timersOf(
    open === undefined ? { ...timed, due: dueOf(ahead.due, facts, now, context) } : timed,
    facts,
    now,
    context,
  ).map((seconds) => Math.min(seconds, yearGuardSeconds));
};

/** Names of facts that a run's choices may read; personal data of the deal stays out of the console's history. */
const chosen = (names: readonly string[], facts: Facts): Record<string, unknown> =>
  Object.fromEntries(names.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]])));

/**
 * What a run is told when it goes on: the facts its next choices read and the timers its next states wait by.
 *
 * @param decision - of the approval that has just been decided
 */
export const runState = (
  run: Run,
  ahead: Ahead,
  {
    facts,
    tasks,
    context,
    round,
    outcome,
    decision,
  }: {
    facts: Facts;
    tasks: readonly Task[];
    context: Context;
    round: number;
    outcome?: string | undefined;
    decision?: RunState['decision'];
  },
): RunState => ({
  run,
  rung: 0,
  round,
  facts: chosen(ahead.facts, facts),
  timers: Object.fromEntries(
    Object.entries(ahead.timers).map(([step, coming]) => [
      step,
      timersAhead(step, coming, tasks, facts, context),
    ]),
  ),
  ...(outcome === undefined ? {} : { outcome }),
  ...(decision === undefined ? {} : { decision }),
});

/** A run that has waited this long is started again under another name: an execution may last a year, no longer. */
const longestDays = 350;

/** Which execution of a run that began then is the present one: 1 in its first year. */
export const executionYear = (since: string, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(since)) / (longestDays * 86_400_000)) + 1;

/**
 * The name of the execution of a run: starting it twice is one run.
 *
 * @param again - which execution in this place: an operator may start a second one where the first came to grief
 */
export const executionName = ({ deal, seq, stage, thread, n, era }: Run, year = 1, again = 1): string => {
  const migrated = era === undefined ? '' : `-m${era}`;
  const name = thread === 'main' ? `${deal}-${seq}-${stage}` : `${deal}-${seq}-${stage}-${thread}-${n}`;
  return `${name.slice(0, 74 - migrated.length)}${migrated}${year === 1 ? '' : `-y${year}`}${again === 1 ? '' : `-r${again}`}`;
};

/** The main run of a deal's present stage. */
export const mainRun = (deal: Deal): Run => ({
  deal: deal.id,
  pack: deal.pack,
  pipeline: deal.pipeline,
  stage: deal.stage,
  seq: deal.seq,
  thread: 'main',
  n: 1,
  ...(deal.era === undefined ? {} : { era: deal.era.n }),
  ...(deal.era === undefined || deal.era.work === 1 ? {} : { work: deal.era.work }),
});

/** Whether a run is one of the deal as it stands: not of a stage it has left, nor of a thread or a definition before. */
export const isRunOf = ({ seq, threads, era }: Deal, run: Run): boolean =>
  seq === run.seq && era?.n === run.era && (run.thread === 'main' || threads[run.thread] === run.n);

/** What ids of a run's work begin with: the coming to the stage, and the migration that opened everything anew. */
export const workOf = ({ seq, work }: Run): string => (work === undefined ? `${seq}` : `${seq}m${work}`);

/** The machine a run is an execution of. */
export const machineId = ({ pack, pipeline, stage }: Pick<Run, 'pack' | 'pipeline' | 'stage'>): string =>
  `${pack}-${pipeline}-${stage}`;
