import type { Deal, Queue } from '../../../schemas/deal.ts';
import { UserId } from '../../../schemas/ids.ts';
import type { QueueStep } from '../../../schemas/pipeline.ts';
import type { Task } from '../../../schemas/task.ts';
import { instantOf } from '../../../schemas/time.ts';
import { headOf } from '../../access/people.ts';
import { changeFields } from '../../deals/change.ts';
import { type Context, done } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import { queueFor } from '../../deals/limits.ts';
import { dueOf } from '../../tasks/timing.ts';
import { workOf } from '../run-state.ts';
import { type Doing, type Done, goesOn } from '../step.ts';
import { asRun } from './acts.ts';
import { answerOf, base, putDown, waitOn, workIn } from './work.ts';

/** What the ids of a queue's tasks begin with: the round follows. */
const keyOf = ({ run, step }: Doing['command']): string =>
  `${run.deal}.${workOf(run)}.${step.id}.${run.thread}.${run.n}`;

/** The people of a queue who are asked, in turn. */
const asked = ({ people }: Queue): Queue['people'] => people.filter(({ skipped }) => skipped === undefined);

/** The queue that a task is a turn of. */
const queueOf = ({ queues = {} }: Deal, step: string, key: string): Queue | undefined =>
  queues[step]?.find((queue) => queue.key === key);

/**
 * How a closed task lets its run go on: the turn of a queue with `next` while it was approved and somebody else is to be
 * asked.
 */
export const answerIn = (deal: Deal, task: Task): ReturnType<typeof answerOf> => {
  const queue =
    task.step === undefined
      ? undefined
      : queueOf(deal, task.step, task.id.slice(0, task.id.lastIndexOf('.')));
  return queue !== undefined && task.outcome === 'approved' && task.round + 1 < asked(queue).length
    ? { outcome: 'next' }
    : answerOf(task);
};

/** Who decides now: the person who was found, or the head of one who has left. */
const present = (user: string, { company, pack }: Context): string =>
  company.users.get(user)?.active === true ? user : (headOf(user, pack, company)?.id ?? user);

const said = ({ assignee, comment, closedBy }: Task, { company }: Context): string => {
  const by = closedBy !== undefined && 'user' in closedBy ? closedBy.user : assignee;
  const name = company.users.get(by ?? '')?.name ?? by ?? '?';
  return comment === undefined ? name : `${name}: ${comment}`;
};

/** What those before said, for who is asked now. */
const before = ({ card: { tasks }, command }: Doing, context: Context): string | undefined => {
  const key = `${keyOf(command)}.`;
  const lines = tasks
    .filter(({ id, outcome, round }) => id.startsWith(key) && outcome === 'approved' && round < command.round)
    .sort((one, other) => one.round - other.round)
    .map((task) => said(task, context));
  return lines.length === 0 ? undefined : lines.join('\n').slice(0, 4000);
};

/** The deal with its queue for this run, and with who is asked in this round. */
const arranged = async (doing: Doing): Promise<Doing> => {
  const { command } = doing;
  const step = command.step as QueueStep;
  const key = keyOf(command);
  return asRun(doing, async (card, context) => {
    const known = queueOf(card.deal, step.id, key);
    const queue: Queue = known ?? {
      key,
      at: instantOf(context.now),
      ...(await queueFor(step, card.deal, await factsOf(card.deal, context.pipeline), context)),
    };
    const turn = asked(queue)[command.round];
    const queues = {
      ...card.deal.queues,
      [step.id]: [...(card.deal.queues?.[step.id] ?? []), queue].slice(-30),
    };
    const listed = known === undefined ? { ...card, deal: { ...card.deal, queues } } : card;
    return done(
      turn === undefined
        ? listed
        : changeFields(listed, { [step.asks]: present(turn.user, context) }, context),
    );
  });
};

const turnOf = (doing: Doing, user: string): Task => {
  const { command, facts, context } = doing;
  const step = command.step as QueueStep;
  const due = dueOf(step.due, facts, context.now, context);
  const about = before(doing, context);
  const creator = doing.card.deal.initiator ?? doing.card.deal.responsible;
  return {
    ...base(doing),
    kind: 'approval',
    title: step.title,
    assignee: UserId.parse(user),
    ...(about === undefined ? {} : { about }),
    ...(creator === undefined ? {} : { creator }),
    ...(due === undefined ? {} : { due: instantOf(due) }),
    ...(step.due === undefined ? {} : { dueRule: step.due }),
    ...(step.fields === undefined ? {} : { fields: step.fields }),
    late: step.late ?? [],
  };
};

/**
 * One turn of a queue: the people are found when the run comes to it, once, and asked strictly one after another. A
 * directory that changes meanwhile is for the next start.
 */
export const doQueue = async (doing: Doing): Promise<Done> => {
  const task = workIn(doing);
  if (task?.status === 'open') return waitOn(task, doing, doQueue);
  if (task !== undefined) return goesOn(doing, answerIn(doing.card.deal, task));
  const now = await arranged(doing);
  const queue = queueOf(now.card.deal, doing.command.step.id, keyOf(doing.command));
  if (queue === undefined) return 'waiting'; // the deal has gone on, and this run is being stopped
  const turn = asked(queue)[doing.command.round];
  // Nobody to ask: the figure needs no decision.
  if (turn === undefined) return goesOn(now, { outcome: 'approved', decision: 'approved' });
  await putDown(turnOf(now, present(turn.user, now.context)), now);
  return 'waiting';
};
