import type { Deal } from '../../schemas/deal.ts';
import { languageOf } from '../../schemas/pack.ts';
import type { Notice } from '../../schemas/pipeline.ts';
import type { Run, Task } from '../../schemas/task.ts';
import { say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { aheadOfStart } from '../../statemachines/compile/compile.ts';
import { act } from '../deals/act.ts';
import { readCard } from '../deals/card.ts';
import { type Context, contextFor, done, stageOf } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { guardFacts } from '../deals/guard.ts';
import { move, unmetToEnter } from '../deals/move.ts';
import { save } from '../deals/save.ts';
import { closeMended, followMended } from '../letters/reach-mended.ts';
import { putDown } from '../notify/put-down.ts';
import { rowsToTell } from '../notify/tell.ts';
import { followTask, setReminder } from '../reminders/ring.ts';
import { clock } from '../shared/clock.ts';
import { DealMoved } from '../shared/errors.ts';
import { holds } from '../shared/expression.ts';
import { dealKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import { withTask } from '../tasks/close.ts';
import { setAlarms } from './alarm.ts';
import { goOn, rearm } from './answer.ts';
import { isIdle } from './idle.ts';
import { abandon, ended, handOn } from './processes.ts';
import { executionName, executionYear, isRunOf, runState } from './run-state.ts';
import { startRun, stopRun } from './runs.ts';
import { answerIn } from './steps/queue.ts';
import type { Order } from './stream.ts';

const byWorkflow = { system: 'workflow' } as const;

const contextOf = async (deal: Deal): Promise<Context> =>
  contextFor(deal.pipeline, {
    now: clock.now(),
    by: byWorkflow,
    reader: undefined,
    company: await theCompany(),
  });

/** What a stage that undoes moves misses of a deal that has come to it. */
const missingHere = async (deal: Deal, context: Context): Promise<Text[]> =>
  stageOf(context.pipeline, deal.stage).enter?.unmet === 'rollback'
    ? (await unmetToEnter(deal, deal.stage, context)).map(({ message }) => message)
    : [];

/** Undoes a move into a stage whose conditions do not hold, and tells the people the stage names; once. */
const rollBack = async (deal: Deal, context: Context): Promise<boolean> => {
  const enter = stageOf(context.pipeline, deal.stage).enter;
  const { cameFrom } = deal;
  if (cameFrom === undefined) return false;
  const missing = deal.undo ?? (await missingHere(deal, context));
  if (missing.length === 0) return false;
  const reason = missing.map((text) => say(text, languageOf(context.pack))).join('; ');
  const id = idOf('rollback', deal.id, String(deal.seq));
  const { card } = await act(
    deal.id,
    (card, now) =>
      card.deal.seq === deal.seq ? move(card, cameFrom, now, { override: true, reason }) : done(card),
    { by: { system: 'rollback' }, key: id },
  );
  const isUndone = card.deal.seq === deal.seq + 1 && card.deal.stage === cameFrom;
  if (!isUndone) return true; // somebody moved it on in between: there is nothing to undo, and nothing to run
  const facts = await factsOf(card.deal, context.pipeline);
  const about = {
    id,
    deal: card.deal,
    facts,
    tasks: card.tasks,
    missing,
    context: { ...context, since: new Date(deal.stageSince) },
  };
  const came = await guardFacts(deal, context);
  const told = enter?.tell ?? context.pipeline.informs?.undone;
  const notices: Notice[] = told === undefined || Array.isArray(told) ? [] : [told];
  for (const { when, ...notice } of Array.isArray(told) ? told : [])
    if (when === undefined || (await holds(when, came))) notices.push(notice);
  await putDown(
    theTable(),
    notices.flatMap((notice, index) =>
      rowsToTell(notice, index === 0 ? about : { ...about, id: `${id}.${index}` }),
    ),
  );
  return true;
};

/** The deal as it is now, if it is still where the run belongs; an order that comes late starts what nobody would stop. */
const present = async (run: Run): Promise<Deal | undefined> => {
  const row = await theTable().get(dealKey(run.deal), { consistent: true });
  if (row === undefined) return undefined;
  const now = dealOf(row);
  return isRunOf(now, run) ? now : undefined;
};

const start = async (run: Run): Promise<void> => {
  const deal = await present(run);
  if (deal === undefined) return;
  const context = await contextOf(deal);
  // A migrated deal has not come to the stage: nobody made a move that could be undone.
  if (run.thread === 'main' && run.era === undefined && (await rollBack(deal, context))) return;
  if (isIdle(stageOf(context.pipeline, run.stage), run.thread)) return;
  if (context.pipeline.stages[run.stage] === undefined) return; // the definition no longer has this stage: there is nothing to run
  const ahead = aheadOfStart(context.pipeline, run.stage, run.thread);
  const facts = await factsOf(deal, context.pipeline);
  await startRun(
    run,
    runState(run, ahead, { facts, tasks: [], context, round: 0 }),
    executionYear(deal.stageSince, context.now),
  );
};

const nothingAhead = { facts: [], timers: {} };

const answer = async (task: Task): Promise<void> => {
  if (task.token === undefined || task.run === undefined) return; // no token yet: the step finds the task closed when it comes
  const row = await theTable().get(dealKey(task.deal), { consistent: true });
  if (row === undefined) return;
  const deal = dealOf(row);
  if (deal.seq !== task.run.seq || deal.era?.n !== task.run.era) return; // the run is being stopped
  const context = await contextOf(deal);
  const facts = await factsOf(deal, context.pipeline);
  const { round, ahead = nothingAhead, run, token } = task;
  await goOn(token, runState(run, ahead, { facts, tasks: [], context, round, ...answerIn(deal, task) }));
};

/** Cancels open tasks of former stages: those that a run put down in the instant the deal went on. */
const sweep = async (deal: Deal): Promise<void> => {
  const card = await readCard(theTable(), deal.id);
  const left = card.tasks.filter(
    (task) => task.status === 'open' && task.run !== undefined && task.run.seq < deal.seq && !task.keep,
  );
  if (left.length === 0) return;
  const now = clock.now();
  const after = left.reduce(
    (swept, task) =>
      withTask(swept, {
        ...task,
        status: 'cancelled',
        outcome: 'stage left',
        closedAt: instantOf(now),
        closedBy: byWorkflow,
      }),
    card,
  );
  await save(theTable(), card, after, { now, by: byWorkflow });
};

/** Carries out one order of the workflow; carried out twice it is done once. Events are published by the caller. */
export const obey = async (order: Exclude<Order, { do: 'publish' | 'follow' }>): Promise<void> => {
  switch (order.do) {
    case 'stop':
      // Also where the stage has no work: it may have had some when the deal came, and a run by that definition.
      return stopRun(order.run, order.why, executionYear(order.since, clock.now()));
    case 'start':
      return start(order.run);
    case 'answer':
      return answer(order.task);
    case 'rearm':
      await rearm(order.task.token ?? '');
      return;
    case 'sweep':
      return sweep(order.deal).catch((error: unknown) => {
        if (error instanceof DealMoved) return sweep(order.deal); // written in between: look once more
        throw error;
      });
    case 'ended':
      return ended(order.deal);
    case 'set-alarms':
      return setAlarms(order.before, order.deal);
    case 'set-reminder':
      return setReminder(order.reminder);
    case 'follow-task':
      return followTask(order.task.deal, order.task.id);
    case 'follow-mended':
      return followMended(order.task.id, order.task.deal, theTable(), clock.now());
    case 'close-mended':
      return closeMended(order.task);
    case 'abandon':
      return abandon(order.process, order.to, order.parent);
    case 'hand-on':
      return handOn(order.process, order.from, order.parent);
    default:
      return order satisfies never;
  }
};

/** How an operator finds the run of an order. */
export const nameOf = (order: Order): string => {
  switch (order.do) {
    case 'stop':
    case 'start':
      return executionName(order.run);
    case 'answer':
    case 'rearm':
    case 'follow-task':
    case 'follow-mended':
      return order.task.id;
    case 'close-mended':
      return order.task;
    case 'set-reminder':
      return order.reminder.id;
    case 'sweep':
    case 'ended':
    case 'set-alarms':
      return order.deal.id;
    case 'abandon':
    case 'hand-on':
      return order.process;
    case 'follow':
      return order.id;
    case 'publish':
      return order.event.id;
    default:
      return order satisfies never;
  }
};
