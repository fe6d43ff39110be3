import { TaskId } from '../../../schemas/ids.ts';
import type {
  ApprovalStep,
  CycleStep,
  Rung,
  TaskStep,
  UntilStep,
  WaitStep,
  Written,
} from '../../../schemas/pipeline.ts';
import type { Task } from '../../../schemas/task.ts';
import type { Text } from '../../../schemas/text.ts';
import { instantOf } from '../../../schemas/time.ts';
import { headOf, resolve } from '../../access/people.ts';
import { act } from '../../deals/act.ts';
import { readCard, unseen } from '../../deals/card.ts';
import { changeFields } from '../../deals/change.ts';
import { done } from '../../deals/context.ts';
import { factsFor, factsOf } from '../../deals/facts.ts';
import { putDown as tell } from '../../notify/put-down.ts';
import { rowsToTell } from '../../notify/tell.ts';
import { type Facts, holds } from '../../shared/expression.ts';
import { dealKey } from '../../shared/keys.ts';
import { theTable } from '../../shared/ports.ts';
import { dealOf, taskRow } from '../../shared/rows.ts';
import { ConditionFailed } from '../../shared/table/port.ts';
import { factsOfTask, withTask } from '../../tasks/close.ts';
import { dueOf, momentIn, rungsAhead, shownMark, waitEnd } from '../../tasks/timing.ts';
import { rearm } from '../answer.ts';
import { isRunOf, workOf } from '../run-state.ts';
import { type Doing, type Done, goesOn } from '../step.ts';
import { asksAgainAt, isReached, keepsTurn } from '../wake.ts';
import { writtenValues } from './written.ts';

type WorkStep = TaskStep | ApprovalStep;

/** The id of a step's task: the same for every rung of it, another for each round of a loop and each run of a thread. */
export const taskIdOf = ({ run, step, round }: Doing['command']): TaskId =>
  TaskId.parse(`${run.deal}.${workOf(run)}.${step.id}.${run.thread}.${run.n}.${round}`);

/** The row of a step's work, if it was put down. What a migration took away is as if it had not been. */
export const workIn = ({ card, command }: Doing, id: TaskId = taskIdOf(command)): Task | undefined =>
  card.tasks.find((task) => task.id === id && task.outcome !== 'migrated');

const titleOf = async (step: WorkStep, facts: Facts): Promise<Text> => {
  if (step.do === 'task')
    for (const { when, title } of step.titles ?? []) if (await holds(when, facts)) return title;
  return step.title;
};

/** What the person who has to mend something reads: the remark of the rejection that led here. */
const aboutOf = ({ command: { run, round, step }, card }: Doing): string | undefined => {
  if (step.do !== 'task') return undefined;
  const approvals = card.tasks.filter(
    (task) => task.kind === 'approval' && task.run?.seq === run.seq && task.run.work === run.work,
  );
  const rejected = approvals.find((task) => task.round === round - 1 && task.outcome === 'rejected');
  const isAskedAgain = approvals.some((task) => task.round === round && task.step === rejected?.step);
  return rejected !== undefined && !isAskedAgain ? rejected.comment : step.about?.ru;
};

const opened = async (step: WorkStep, doing: Doing): Promise<Task> => {
  const { card, facts, context } = doing;
  const { deal } = card;
  const { company, pack, now } = context;
  const due = dueOf(step.due, facts, now, context);
  const startField = step.do === 'task' ? step.start : undefined;
  const start = startField === undefined ? undefined : momentIn(startField, facts, context);
  const [assignee] = resolve(step.who, deal, pack, company);
  const creator = headOf(assignee?.id ?? deal.responsible, pack, company);
  const about = aboutOf(doing);
  const conditions = step.do === 'task' ? [step.closeWhen, step.guard] : [step.guard];
  return {
    ...base(doing),
    kind: step.do,
    title: await titleOf(step, facts),
    ...(about === undefined ? {} : { about }),
    ...(assignee === undefined ? {} : { assignee: assignee.id }),
    ...(creator === undefined ? {} : { creator: creator.id }),
    ...(due === undefined ? {} : { due: instantOf(due) }),
    ...(start === undefined ? {} : { start: instantOf(start) }),
    ...(startField === undefined ? {} : { startField }),
    ...(step.due === undefined ? {} : { dueRule: step.due }),
    ...(step.do === 'task'
      ? {
          ...(step.closeWhen === undefined ? {} : { closeWhen: step.closeWhen }),
          ...(step.byHand === undefined ? {} : { byHand: step.byHand }),
          keep: step.keep ?? false,
        }
      : { ...(step.settles === undefined ? {} : { settles: step.settles }) }),
    ...(step.guard === undefined ? {} : { guard: step.guard }),
    ...(step.refusal === undefined ? {} : { refusal: step.refusal }),
    ...(step.stamp === undefined ? {} : { stamp: step.stamp }),
    ...(step.fields === undefined ? {} : { fields: step.fields }),
    opened: factsFor(conditions, facts),
    late: step.late ?? [],
  };
};

export const base = ({ command, card, context }: Doing): Task => {
  const { run, ahead, round, token } = command;
  return {
    id: taskIdOf(command),
    deal: card.deal.id,
    pipeline: card.deal.pipeline,
    dealNumber: card.deal.number,
    dealTitle: card.deal.title,
    kind: 'watch',
    step: command.step.id,
    run,
    attempt: round + 1,
    title: { ru: command.step.id, en: command.step.id },
    openedAt: instantOf(context.now),
    status: 'open',
    keep: false,
    opened: {},
    late: [],
    fired: [],
    ...(token === undefined ? {} : { token }),
    ahead,
    round,
    version: 1,
    changedAt: instantOf(context.now),
    changedBy: { system: command.execution },
  };
};

/**
 * Puts a new task or watch down. If the deal has left the stage meanwhile, it is taken back at once: the mover's write
 * could not have seen it, and whoever stops the run comes too late for it.
 */
export const putDown = async (fresh: Task, doing: Doing): Promise<void> => {
  const { run } = doing.command;
  const former = doing.card.tasks.find(({ id }) => id === fresh.id);
  const task = former === undefined ? fresh : { ...fresh, version: former.version + 1 };
  try {
    await theTable().write({
      put: taskRow(task),
      if: former === undefined ? { absent: true } : { equals: { version: former.version } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // a repeated call: the first one has put it down
  }
  const row = await theTable().get(dealKey(run.deal), { consistent: true });
  if (row === undefined) throw unseen(run.deal);
  const deal = dealOf(row);
  if (isRunOf(deal, run)) {
    // Whoever wrote the deal meanwhile could not see the task: a condition that came true then is taken up now.
    if (deal.version !== doing.card.deal.version)
      await act(run.deal, (card) => done(card), { by: { system: doing.command.execution } });
    return;
  }
  if (task.keep) return;
  const cancelled: Task = {
    ...task,
    status: 'cancelled',
    // A migrated run may come to the same step, and is to find it as if it had not been.
    outcome: deal.seq === run.seq && deal.era?.n !== run.era ? 'migrated' : 'stage left',
    closedAt: task.openedAt,
    version: task.version + 1,
  };
  try {
    await theTable().write({
      put: taskRow(cancelled),
      if: { equals: { version: task.version, status: 'open' } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // somebody closed it in between
  }
};

/** Whether the state of a step has timers that could be set anew; one that just waits would fail by being told to. */
const isTimed = (step: Doing['command']['step']): boolean =>
  step.do === 'cycle' ||
  step.do === 'wait' ||
  ((step.do === 'task' ||
    step.do === 'approval' ||
    step.do === 'queue' ||
    step.do === 'ship' ||
    step.do === 'pay') &&
    (step.late ?? []).length > 0);

/**
 * Tells the people of every rung that is due and parks the task under the fresh token. A state that would not ask again when
 * the next moment comes is made to set its timers anew.
 *
 * @param again - looks once more where the task was closed or changed in this very instant
 * @param moment - when the state has to ask again; the next rung, if it is not given
 */
export const waitOn = async (
  task: Task,
  doing: Doing,
  again: (doing: Doing) => Promise<Done>,
  moment?: Date,
): Promise<Done> => {
  const { command, card, facts, context } = doing;
  const { now } = context;
  const ahead = rungsAhead(
    {
      openedAt: new Date(task.openedAt),
      due: task.due === undefined ? undefined : new Date(task.due),
      late: task.late,
      fired: task.fired,
      passed: task.passed,
    },
    facts,
    context,
  );
  const reached = ahead.filter(({ at }, place) => isReached(at, now, place === 0 ? command.rung : 0));
  const next = moment ?? ahead[reached.length]?.at;
  const setTimers = async (): Promise<Done> => {
    if (
      command.token !== undefined &&
      next !== undefined &&
      isTimed(command.step) &&
      !asksAgainAt(next, now, task, command)
    )
      await rearm(command.token);
    return 'waiting';
  };
  // A repeated call: the token is written together with all that the first one did.
  if (command.token !== undefined && task.token === command.token) return setTimers();
  const rows = reached.flatMap(({ index }) =>
    (task.late[index]?.tell ?? []).flatMap((notice, place) =>
      rowsToTell(notice, {
        id: `${task.id}.rung.${index}.${task.due ?? ''}.${place}`,
        deal: card.deal,
        tasks: card.tasks,
        facts,
        task,
        context,
      }),
    ),
  );
  if (rows.length > 0) await tell(theTable(), rows);
  const news = reached.map(({ index }) => index);
  const fired = [...task.fired, ...news];
  const mark = shownMark(task.late, fired) ?? task.mark;
  const waiting: Task = {
    ...task,
    fired,
    ...(mark === undefined ? {} : { mark }),
    ...(command.token === undefined ? {} : { token: command.token }),
    ahead: command.ahead,
    version: task.version + 1,
    changedAt: instantOf(now),
    changedBy: { system: command.execution },
  };
  const written = Object.assign({}, ...news.map((index) => task.late[index]?.set ?? {}));
  if (await isParked(task, waiting, written, doing)) return setTimers();
  // The new token must not wait on a closed task.
  const fresh = await readCard(theTable(), card.deal.id);
  return again({ ...doing, card: fresh, facts: await factsOf(fresh.deal, context.pipeline) });
};

/**
 * Writes a task that goes on waiting, in one step with the fields its rungs write.
 *
 * @returns false if the task was closed or changed in this very instant
 */
const isParked = async (
  before: Task,
  waiting: Task,
  values: Readonly<Record<string, Written>>,
  { command, card: { deal }, facts }: Doing,
): Promise<boolean> => {
  if (Object.keys(values).length === 0) {
    try {
      await theTable().write({ put: taskRow(waiting), if: { equals: { version: before.version } } });
      return true;
    } catch (error) {
      if (error instanceof ConditionFailed) return false;
      throw error;
    }
  }
  let parked = false;
  const { card } = await act(
    deal.id,
    async (now, context) => {
      parked = now.tasks.some(({ id, version }) => id === before.id && version === before.version);
      if (!parked) return done(now);
      return done(withTask(changeFields(now, await writtenValues(values, facts, context), context), waiting));
    },
    { by: { system: command.execution } },
  );
  const after = card.tasks.find(({ id }) => id === before.id);
  // What was written moves this very ladder.
  if (parked && after?.status === 'open' && after.token === undefined && command.token !== undefined)
    await rearm(command.token);
  return parked;
};

/** A task or an approval: opened once, waited on until it is closed, its people told rung by rung. */
export const doWork = async (doing: Doing): Promise<Done> => {
  const { command, facts } = doing;
  const step = command.step as WorkStep;
  const task = workIn(doing);
  if (task === undefined) {
    const fresh = await opened(step, doing);
    if (fresh.closeWhen !== undefined && (await holds(fresh.closeWhen, factsOfTask(fresh, facts))))
      return goesOn(doing, { outcome: 'passed over' });
    await putDown(fresh, doing);
    return 'waiting';
  }
  if (task.status !== 'open') return goesOn(doing, answerOf(task));
  return waitOn(task, doing, doWork);
};

/** How a closed task lets its run go on. */
export const answerOf = ({
  kind,
  outcome,
}: Task): { outcome?: string; decision?: 'approved' | 'rejected' } => ({
  ...(outcome === undefined ? {} : { outcome }),
  ...(kind === 'approval' && (outcome === 'approved' || outcome === 'rejected') ? { decision: outcome } : {}),
});

/** Waits, without work for anybody, until a condition over the deal holds. */
export const doUntil = async (doing: Doing): Promise<Done> => {
  const { command, facts } = doing;
  const step = command.step as UntilStep;
  if (await holds(step.condition, facts)) return goesOn(doing, { outcome: 'done' });
  const task = workIn(doing);
  if (task === undefined) {
    await putDown({ ...base(doing), closeWhen: step.condition }, doing);
    return 'waiting';
  }
  return task.status === 'open' ? waitOn(task, doing, doUntil) : goesOn(doing, answerOf(task));
};

/** A rung that tells nobody: a change of the field it hangs on sets the state's timer anew. */
const followed = (wait: WaitStep['for']): Rung[] =>
  wait.due === 'at' ? [{ at: { moment: 'at', field: wait.field }, tell: [], needs: [] }] : [];

/** Waits, without work for anybody, for a moment that may move until it is there. */
export const doWait = async (doing: Doing): Promise<Done> => {
  const { command, facts, context } = doing;
  const step = command.step as WaitStep;
  const task = workIn(doing);
  const since = task === undefined ? context.now : new Date(task.openedAt);
  const end = waitEnd(step.for, facts, since, context);
  const isOver = isReached(end, context.now, command.rung);
  if (task === undefined) {
    if (isOver) return goesOn(doing, { outcome: 'done' });
    await putDown({ ...base(doing), late: followed(step.for) }, doing);
    return 'waiting';
  }
  if (task.status !== 'open') return goesOn(doing, answerOf(task));
  if (!isOver) return waitOn(task, doing, doWait, end);
  const at = instantOf(context.now);
  const ended: Task = {
    ...task,
    status: 'done',
    outcome: 'done',
    closedAt: at,
    closedBy: { system: command.execution },
    version: task.version + 1,
    changedAt: at,
    changedBy: { system: command.execution },
  };
  // Refused where it was changed or closed in this instant: the machine asks again and then sees which.
  await theTable().write({ put: taskRow(ended), if: { equals: { version: task.version, status: 'open' } } });
  return goesOn(doing, { outcome: 'done' });
};

/** Waits, without work for anybody, until the watch is closed from elsewhere. */
export const doWatch = async (doing: Doing): Promise<Done> => {
  const task = workIn(doing);
  if (task === undefined) {
    await putDown(base(doing), doing);
    return 'waiting';
  }
  return task.status === 'open' ? waitOn(task, doing, doWatch) : goesOn(doing, answerOf(task));
};

/**
 * One turn of a cycle: its body where `while` holds, and then waiting on for the next time-out, for the condition to
 * turn, or for the end.
 *
 * @param body - carries out the body of this turn, once however often it is called
 */
export const doCycle = async (doing: Doing, body: (turn: Doing) => Promise<void>): Promise<Done> => {
  const { command, facts, context } = doing;
  const step = command.step as CycleStep;
  if (step.until !== undefined && (await holds(step.until, facts))) return goesOn(doing, { outcome: 'done' });
  const active = step.while === undefined || (await holds(step.while, facts));
  const id = TaskId.parse(
    `${command.run.deal}.${workOf(command.run)}.${step.id}.${command.run.thread}.${command.run.n}.0`,
  );
  const task = workIn(doing, id);
  if (task !== undefined && task.status !== 'open') return goesOn(doing, answerOf(task));
  const isTurn = task === undefined || !keepsTurn(task, context.now, command.rung);
  // The condition's turns are part of the occasion: what runs again after a pause is done anew. A turn whose time has come is
  // known by that time, since a state that is redriven counts the time-outs it counted before.
  const occasion = {
    round: task?.cycle?.turns ?? 0,
    ...(task?.token === undefined || task.nextTurn === undefined
      ? {}
      : { rung: Math.floor(Date.parse(task.nextTurn) / 1000) }),
  };
  const turn = { ...doing, command: { ...command, ...occasion } };
  if (active && isTurn && (step.first === 'now' || command.rung > 0)) await body(turn);
  const every: WaitStep['for'] = { due: 'after', span: step.every };
  const nextTurn =
    isTurn || task?.nextTurn === undefined
      ? instantOf(waitEnd(every, facts, context.now, context))
      : task.nextTurn;
  if (task !== undefined)
    return waitOn(
      { ...task, nextTurn, ...(task.cycle === undefined ? {} : { cycle: { ...task.cycle, active } }) },
      doing,
      (fresh) => doCycle(fresh, body),
      new Date(nextTurn),
    );
  await putDown(
    {
      ...base(doing),
      id,
      nextTurn,
      ...(step.until === undefined ? {} : { closeWhen: step.until }),
      ...(step.while === undefined ? {} : { cycle: { while: step.while, active, turns: 0 } }),
    },
    doing,
  );
  return 'waiting';
};
