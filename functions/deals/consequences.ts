import type { Deal } from '../../schemas/deal.ts';
import type { Thread } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import { headOf } from '../access/people.ts';
import { withoutOpen } from '../payments/lost.ts';
import { withoutNeedless } from '../payments/needless.ts';
import { type Facts, holds } from '../shared/expression.ts';
import { closed, factsOfTask } from '../tasks/close.ts';
import { dueOf, fieldsOfTimers, momentIn, rungsAfter, shownMark } from '../tasks/timing.ts';
import { followSlots, freeSlots } from '../visits/follow.ts';
import type { Card } from './card.ts';
import { type Context, stageOf } from './context.ts';
import { factsOf } from './facts.ts';
import { followParcel } from './parcel-watch.ts';
import { followTurns } from './queue-turn.ts';
import { entriesSince, tellsOnly } from './telling.ts';

const system = (by: string) => ({ system: by }) as const;

/** Tasks whose condition has come true are closed by the system. */
const closeMet = async (card: Card, facts: Facts, context: Context): Promise<Card> => {
  let after = card;
  for (const task of card.tasks)
    if (
      task.status === 'open' &&
      task.closeWhen !== undefined &&
      (await holds(task.closeWhen, factsOfTask(task, facts)))
    )
      after = closed(after, task, 'done', { ...context, by: system('condition') });
  return after;
};

const isStarted = async (
  thread: Thread,
  before: Card,
  after: Card,
  old: Facts,
  facts: Facts,
): Promise<boolean> => {
  const event = thread.on;
  switch (event?.event) {
    case undefined:
      return false;
    case 'date': // by an alarm
      return false;
    case 'changed':
      if (
        (facts[event.field] === undefined && event.emptied !== true) ||
        JSON.stringify(facts[event.field]) === JSON.stringify(old[event.field])
      )
        return false;
      break;
    case 'entry':
      if (entriesSince(before, after, event.ledger).length === 0) return false;
      break;
    case 'became':
      if ((await holds(event.condition, old)) || !(await holds(event.condition, facts))) return false;
      break;
    case 'message':
      if (after.deal.heard === before.deal.heard) return false;
      break;
    case 'letter': {
      const { lettered } = after.deal;
      const isNew = lettered !== undefined && lettered !== before.deal.lettered;
      if (!isNew || lettered.is !== event.is || (event.about ?? lettered.about) !== lettered.about)
        return false;
      break;
    }
    default:
      return event satisfies never;
  }
  return thread.when === undefined || holds(thread.when, facts);
};

/** Starts a thread: its open tasks make way for those of the new run. */
export const startThread = (card: Card, thread: string, context: Context): Card => {
  const { deal } = card;
  const started: Deal = { ...deal, threads: { ...deal.threads, [thread]: (deal.threads[thread] ?? 0) + 1 } };
  const makesWay = (task: Task) =>
    task.status === 'open' && task.run?.seq === deal.seq && task.run.thread === thread;
  return card.tasks
    .filter(makesWay)
    .reduce((after, task) => closed(after, task, 'moved', { ...context, by: system(`thread ${thread}`) }), {
      ...card,
      deal: started,
    });
};

/** A new responsible person takes over the open tasks of the former one, and the head is looked up again. */
const handOver = (before: Card, card: Card, { pack, company }: Context): Card => {
  const { responsible } = card.deal;
  if (responsible === before.deal.responsible || responsible === undefined) return card;
  const head = headOf(responsible, pack, company)?.id;
  return {
    ...card,
    deal: { ...card.deal, ...(head === undefined ? {} : { head }) },
    tasks: card.tasks.map((task) =>
      task.status === 'open' &&
      task.assignee === before.deal.responsible &&
      before.deal.responsible !== undefined
        ? {
            ...task,
            assignee: responsible,
            ...(head === undefined || task.creator === undefined ? {} : { creator: head }),
          }
        : task,
    ),
  };
};

/** A task whose run has to set its timers anew. Without a token, a call of the step that comes in between knows it too. */
const withoutToken = ({ token: _, ...task }: Task): Task => task;

/** Due dates that follow a field follow its change; rungs that hang on it may fire again. */
const setTimersAnew = (card: Card, changed: ReadonlySet<string>, facts: Facts, context: Context): Card => ({
  ...card,
  tasks: card.tasks.map((task) => {
    if (
      task.status !== 'open' ||
      ![...fieldsOfTimers(task.dueRule, task.late)].some((field) => changed.has(field))
    )
      return task;
    const due = dueOf(task.dueRule, facts, new Date(task.openedAt), context);
    const { due: _, mark: __, ...rest } = task.late.length > 0 ? withoutToken(task) : task;
    const timed = { ...task, openedAt: new Date(task.openedAt), due };
    const { fired, passed } = rungsAfter(timed, task.dueRule, changed, facts, context);
    const mark = shownMark(task.late, fired);
    return {
      ...rest,
      ...(due === undefined ? {} : { due: instantOf(due) }),
      ...(mark === undefined ? {} : { mark }),
      fired,
      ...(passed.length === 0 && task.passed === undefined ? {} : { passed }),
    };
  }),
});

/** A date that has moved may come again, also where it is the one that came before. */
const mayArriveAgain = (card: Card, changed: ReadonlySet<string>, context: Context): Card => {
  const { arrived, ...rest } = card.deal;
  if (arrived === undefined) return card;
  const moved = (stageOf(context.pipeline, rest.stage).on ?? []).flatMap(({ id, on }) =>
    on?.event === 'date' && changed.has(on.field) && id in arrived ? [id] : [],
  );
  if (moved.length === 0) return card;
  const left = Object.entries(arrived).filter(([id]) => !moved.includes(id));
  return { ...card, deal: { ...rest, ...(left.length === 0 ? {} : { arrived: Object.fromEntries(left) }) } };
};

/** Work begins when its field says so. */
const setStarts = (card: Card, changed: ReadonlySet<string>, facts: Facts, context: Context): Card => {
  const isMoved = ({ status, startField }: Task): boolean =>
    status === 'open' && startField !== undefined && changed.has(startField);
  if (!card.tasks.some(isMoved)) return card;
  const tasks = card.tasks.map((task) => {
    if (!isMoved(task)) return task;
    const { start: _, ...rest } = task;
    const start = momentIn(task.startField ?? '', facts, context);
    return start === undefined ? rest : { ...rest, start: instantOf(start) };
  });
  return { ...card, tasks };
};

const changedNames = (old: Facts, facts: Facts): ReadonlySet<string> =>
  new Set(
    [...Object.keys(old), ...Object.keys(facts)].filter(
      (name) => JSON.stringify(old[name]) !== JSON.stringify(facts[name]),
    ),
  );

/** Conditions a cycle stands still by: it is woken when its own comes true, and finds out by itself that it no longer does. */
const wake = async (card: Card, facts: Facts): Promise<Card> => {
  const tasks = await Promise.all(
    card.tasks.map(async (task) => {
      if (task.status !== 'open' || task.cycle === undefined) return task;
      const active = await holds(task.cycle.while, facts);
      return active === task.cycle.active
        ? task
        : {
            ...(active ? withoutToken(task) : task),
            cycle: { ...task.cycle, active, turns: task.cycle.turns + 1 },
          };
    }),
  );
  return tasks.some((task, index) => task !== card.tasks[index]) ? { ...card, tasks } : card;
};

/**
 * What follows from a change by itself, in the same write: tasks whose condition has come true close, threads start,
 * due dates move, a new responsible person takes over. What follows with time or outside is the workflow's.
 */
export const withConsequences = async (before: Card, after: Card, context: Context): Promise<Card> => {
  const booked = followSlots(
    before.deal,
    freeSlots(before.deal, handOver(before, after, context), context),
    context,
  );
  const handed = withoutOpen(before, followParcel(followTurns(before, booked, context), context));
  const met = await factsOf(handed.deal, context.pipeline);
  const changed = await closeMet(await withoutNeedless(before, handed, met, context), met, context);
  if (changed.deal.seq !== before.deal.seq) return changed;
  const old = await factsOf(before.deal, context.pipeline);
  const facts = await factsOf(changed.deal, context.pipeline);
  let card = changed;
  for (const thread of stageOf(context.pipeline, card.deal.stage).on ?? [])
    if (!tellsOnly(thread) && (await isStarted(thread, before, card, old, facts)))
      card = startThread(card, thread.id, context);
  const names = changedNames(old, facts);
  return wake(
    setTimersAnew(
      setStarts(mayArriveAgain(card, names, context), names, facts, context),
      names,
      facts,
      context,
    ),
    facts,
  );
};
