import type { FieldChanges } from '../../schemas/api/shapes.ts';
import { FileRef } from '../../schemas/deal.ts';
import type { Task } from '../../schemas/task.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { headsOf } from '../access/people.ts';
import { mayDo, mayOverride } from '../access/rights.ts';
import type { Card } from '../deals/card.ts';
import { changeFields, withFields } from '../deals/change.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { mustBeOpen } from '../deals/editors.ts';
import { factsOf } from '../deals/facts.ts';
import { openFacts } from '../deals/guard.ts';
import { settle } from '../ledger/settle.ts';
import { fill, printFacts } from '../notify/render.ts';
import { localDay } from '../schedule/local-time.ts';
import { BadInput, Forbidden, NotFound, type Refusal } from '../shared/errors.ts';
import { type Facts, holds, namesIn } from '../shared/expression.ts';

/** The facts a task's conditions read: the deal's, and under `opened` those of when the task was opened. */
export const factsOfTask = (task: Task, facts: Facts): Facts => ({ ...facts, opened: task.opened });

/** Whether nothing stands in the way of closing a task. */
export const isMet = async (task: Task, facts: Facts): Promise<boolean> => {
  const known = factsOfTask(task, facts);
  return (
    (task.closeWhen === undefined || task.byHand === true || (await holds(task.closeWhen, known))) &&
    (task.guard === undefined || (await holds(task.guard, known)))
  );
};

/** The card with one task in place of its former self. */
export const withTask = (card: Card, task: Task): Card => ({
  ...card,
  tasks: card.tasks.map((other) => (other.id === task.id ? task : other)),
});

/** Closes a task and stamps its day; guards have been looked at before. */
export const closed = (
  card: Card,
  task: Task,
  outcome: string,
  { now, by, pack }: Pick<Context, 'now' | 'by' | 'pack'>,
): Card => {
  const stamped =
    task.stamp === undefined || outcome === 'moved' || outcome === 'rejected'
      ? card
      : withFields(card, { ...card.deal.fields, [task.stamp]: localDay(now, pack.zone) });
  return withTask(stamped, { ...task, status: 'done', outcome, closedAt: instantOf(now), closedBy: by });
};

const conditionNames = (task: Task): string[] =>
  [task.closeWhen, task.guard]
    .flatMap((condition) => (condition === undefined ? [] : [...namesIn(condition)]))
    .filter((name) => name !== 'opened');

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name);

const standsInTheWay = (task: Task, facts: Facts, { pipeline, pack, company }: Context): Refusal => {
  const [field] = conditionNames(task);
  const said = (language: Language, text: Text) =>
    fill(say(text, language), printFacts(facts, pipeline, { language, zone: pack.zone, company }));
  return {
    path: field === undefined ? 'task' : `fields.${field}`,
    code: 'task-guard',
    message:
      task.refusal === undefined
        ? {
            ru: `Задачу «${task.title.ru}» пока нельзя закрыть`,
            en: `The task “${task.title.en}” cannot be closed yet`,
            ro: `Sarcina „${say(task.title, 'ro')}” nu poate fi închisă încă`,
          }
        : {
            ru: said('ru', task.refusal),
            en: said('en', task.refusal),
            ro: said('ro', task.refusal),
          },
  };
};

/** What the guard and its refusal read: `{ paidTotal: 10000000, dealTotal: 24000000, debt: 14000000 }`. */
const shownFacts = (task: Task, facts: Facts): Facts => {
  const names = new Set([...conditionNames(task), ...placeholders(task.refusal?.en ?? '')]);
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name)));
};

const mustWork = (card: Card, task: Task, { reader, company }: Context): void => {
  if (reader === undefined || task.assignee === reader.user.id) return;
  if (!mayDo(reader, 'edit', 'task', card.deal, company))
    throw new Forbidden(
      `this ${task.kind} is for ${task.assignee ?? 'nobody'}; you may ask for it to be reassigned`,
    );
};

/** The task of that id on the card. @throws {NotFound} */
export const taskOn = (card: Card, id: string): Task => {
  const task = card.tasks.find((other) => other.id === id && other.kind !== 'watch');
  if (task === undefined) throw new NotFound(`no task "${id}" on deal ${card.deal.number}`);
  return task;
};

const withdrawn = (task: Task): Refusal => ({
  path: 'task',
  code: 'task-withdrawn',
  message: {
    ru: `«${task.title.ru}» отозвано: ${task.outcome === 'stage left' ? 'сделка ушла со стадии' : (task.outcome ?? 'отменено')}`,
    en: `“${task.title.en}” was withdrawn: ${task.outcome ?? 'cancelled'}`,
    ro: `«${say(task.title, 'ro')}» a fost retras: ${task.outcome === 'stage left' ? 'tranzacția a părăsit etapa' : (task.outcome ?? 'anulat')}`,
  },
});

const closedAlready = (task: Task): Refusal => ({
  path: 'task',
  code: 'task-closed',
  message: {
    ru: `Задача уже закрыта: ${task.outcome ?? task.status}`,
    en: `The task is closed already: ${task.outcome ?? task.status}`,
    ro: `Sarcina este deja închisă: ${task.outcome ?? task.status}`,
  },
});

const alreadyClosed = (task: Task): Refusal =>
  task.status === 'cancelled' ? withdrawn(task) : closedAlready(task);

/** Whether this very person closed it before: a repeated request. */
const isOwnDoing = ({ status, closedBy }: Task, { reader }: Context): boolean =>
  status === 'done' && closedBy !== undefined && 'user' in closedBy && closedBy.user === reader?.user.id;

/** The refusal of closing a task on this card, with what its guard reads; nothing where it may be closed. */
const unmetToClose = async (
  card: Card,
  task: Task,
  context: Context,
): Promise<Outcome<never> | undefined> => {
  const facts = await factsOf(card.deal, context.pipeline);
  if (await isMet(task, facts)) return undefined;
  const seen = openFacts(facts, context);
  return {
    ok: false,
    refusals: [standsInTheWay(task, seen, context)],
    details: { facts: shownFacts(task, seen) },
  };
};

/**
 * Closes a task by its person, with the fields its form asked for. Closing what the same person closed before changes
 * nothing, so that a repeated request is harmless.
 *
 * @returns refused while the guard fails; the refusal names the field and says what is missing
 */
export const complete = async (
  before: Card,
  id: string,
  context: Context,
  { fields, comment }: { fields?: FieldChanges | undefined; comment?: string | undefined } = {},
): Promise<Outcome<Card>> => {
  const task = taskOn(before, id);
  mustWork(before, task, context);
  if (task.kind === 'approval')
    return refused({
      path: 'task',
      code: 'needs-decision',
      message: {
        ru: 'Это согласование: утвердите или отклоните',
        en: 'This is an approval: approve or reject it',
        ro: 'Aceasta este o aprobare: aprobați sau respingeți',
      },
    });
  if (isOwnDoing(task, context)) return done(before);
  if (task.status !== 'open') return refused(alreadyClosed(task));
  if (fields !== undefined) mustBeOpen(before, context);
  const card = fields === undefined ? before : changeFields(before, fields, context);
  const unmet = await unmetToClose(card, task, context);
  if (unmet !== undefined) return unmet;
  return done(closed(card, comment === undefined ? task : { ...task, comment }, 'done', context));
};

/** Writes what the form of a task asks for. @throws {BadInput} if it is something else */
const withForm = (
  card: Card,
  { fields = [], title }: Task,
  changes: FieldChanges,
  context: Context,
): Card => {
  const others = Object.keys(changes).filter((id) => !fields.includes(id));
  if (others.length > 0)
    throw new BadInput(
      `fields: “${title.en}” does not ask for ${others.join(', ')}; it asks for ${fields.join(', ') || 'nothing'}`,
    );
  return changeFields(card, changes, context);
};

export type Overriding = {
  /** written with the decision */
  readonly fields?: FieldChanges | undefined;
  readonly override?: boolean | undefined;
  readonly reason?: string | undefined;
};

/** The files that a task's form shows, each in the version it is in now. */
const filesShown = ({ fields = [] }: Task, { deal }: Card): NonNullable<Task['files']> =>
  fields.flatMap((field) =>
    [deal.fields[field]]
      .flat()
      .map((value) => FileRef.safeParse(value))
      .flatMap(({ data }) => (data === undefined ? [] : [{ field, id: data.id, version: data.version }])),
  );

const nameOf = (task: Task, { company }: Context): string =>
  company.users.get(task.assignee ?? '')?.name ?? task.assignee ?? '—';

/**
 * What keeps this reader from deciding in the assignee's place: an override needs a reason.
 *
 * @throws {Forbidden} if it is not the reader's to decide, and the reader may not or does not override
 */
const unmetToDecide = (
  task: Task,
  { override, reason }: Overriding,
  context: Context,
): Refusal | undefined => {
  const { reader, pipeline } = context;
  if (reader === undefined || task.assignee === reader.user.id) return undefined;
  if (override !== true || !mayOverride(reader, pipeline.id))
    throw new Forbidden(`${nameOf(task, context)} decides this; ask for the approval to be given to you`);
  return reason === undefined
    ? {
        path: 'reason',
        code: 'required',
        message: { ru: 'Укажите причину', en: 'Say why', ro: 'Indicați motivul' },
      }
    : undefined;
};

/**
 * Decides an approval, and with it the money that waits for it: by its assignee alone, or by a role that may override
 * with a reason that goes to the feed. A rejection without a comment is refused, an approval while its guard fails.
 */
export const decide = async (
  card: Card,
  id: string,
  decision: 'approved' | 'rejected',
  comment: string | undefined,
  context: Context,
  overriding: Overriding = {},
): Promise<Outcome<Card>> => {
  const task = taskOn(card, id);
  if (task.kind !== 'approval')
    return refused({
      path: 'task',
      code: 'not-an-approval',
      message: {
        ru: 'Это задача, а не согласование',
        en: 'This is a task, not an approval',
        ro: 'Aceasta este o sarcină, nu o aprobare',
      },
    });
  if (task.outcome === decision && isOwnDoing(task, context)) return done(card);
  if (task.status !== 'open') return refused(alreadyClosed(task));
  const own = unmetToDecide(task, overriding, context);
  if (own !== undefined) return refused(own);
  if (decision === 'rejected' && (comment ?? '').trim() === '')
    return refused({
      path: 'comment',
      code: 'required',
      message: {
        ru: 'Напишите, почему отклоняете',
        en: 'Say why you reject it',
        ro: 'Scrieți de ce respingeți',
      },
    });
  const filled = overriding.fields === undefined ? card : withForm(card, task, overriding.fields, context);
  const settled =
    task.settles === true
      ? settle(filled, decision === 'approved' ? 'approved' : 'returned', comment, context)
      : filled;
  if (decision === 'approved') {
    const unmet = await unmetToClose(settled, task, context);
    if (unmet !== undefined) return unmet;
  }
  const { reason } = task.assignee === context.reader?.user.id ? { reason: undefined } : overriding;
  const files = filesShown(task, card);
  const said = {
    ...task,
    ...(files.length === 0 ? {} : { files }),
    ...(comment === undefined ? {} : { comment }),
    ...(reason === undefined ? {} : { reason }),
  };
  return done(closed(settled, said, decision, context));
};

/** @throws {Forbidden} unless the approval is the reader's own or of somebody below, or the reader may override and does */
const mustPassOn = (task: Task, { override }: Overriding, context: Context): void => {
  const { reader, company, pipeline } = context;
  if (reader === undefined || task.assignee === reader.user.id) return;
  if (override === true && mayOverride(reader, pipeline.id)) return;
  const heads = headsOf(company.users.get(task.assignee ?? ''), company);
  if (!heads.some(({ id }) => id === reader.user.id))
    throw new Forbidden(`${nameOf(task, context)} decides this; they or their head may pass it on`);
};

/** Gives an open task to another person. */
export const reassign = (
  card: Card,
  id: string,
  assignee: string,
  context: Context,
  overriding: Overriding = {},
): Outcome<Card> => {
  const task = taskOn(card, id);
  if (task.kind === 'approval') mustPassOn(task, overriding, context);
  else mustWork(card, task, context);
  if (task.status !== 'open') return refused(alreadyClosed(task));
  const user = context.company.users.get(assignee);
  if (user?.active !== true)
    return refused({
      path: 'assignee',
      code: 'unknown-person',
      message: {
        ru: 'Нет такого сотрудника',
        en: `No person "${assignee}" works here`,
        ro: 'Nu există un astfel de angajat',
      },
    });
  return done(withTask(card, { ...task, assignee: user.id }));
};
