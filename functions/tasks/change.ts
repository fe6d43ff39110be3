import type { Task } from '../../schemas/task.ts';
import { mayDo } from '../access/rights.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { Forbidden, type Refusal } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import { taskOn, withTask } from './close.ts';

const ofTheProcess: Refusal = {
  path: 'task',
  code: 'task-of-process',
  message: {
    ru: 'Эту задачу поставил процесс: её срок и название следуют за сделкой',
    en: 'The process has set this task: its title and times follow the deal',
    ro: 'Această sarcină a fost pusă de proces: titlul și termenele ei urmează tranzacția',
  },
};

const isOver: Refusal = {
  path: 'task',
  code: 'task-closed',
  message: {
    ru: 'Задача уже закрыта',
    en: 'The task is closed already',
    ro: 'Sarcina este deja închisă',
  },
};

/** Says a task that a person set otherwise: by its author, whose it is, or who may change any of the deal. */
export const changed = (
  card: Card,
  id: string,
  { title, about, start, due }: Call<'tasks.change'>['body'],
  { reader, company }: Context,
): Outcome<Card> => {
  const task = taskOn(card, id);
  const isTheirs = task.assignee === reader?.user.id || task.creator === reader?.user.id;
  if (reader !== undefined && !isTheirs && !mayDo(reader, 'edit', 'task', card.deal, company))
    throw new Forbidden(`this task is for ${task.assignee ?? 'nobody'}; its author may change it`);
  if (task.step !== undefined) return refused(ofTheProcess);
  if (task.status !== 'open') return refused(isOver);
  const { start: _, due: __, about: ___, ...rest } = task;
  const times = {
    ...kept('start', start, task.start),
    ...kept('due', due, task.due),
    ...kept('about', about, task.about),
  };
  const after: Task = {
    ...rest,
    ...times,
    ...(title === undefined ? {} : { title: { ru: title, en: title } }),
  };
  return done(JSON.stringify(after) === JSON.stringify(task) ? card : withTask(card, after));
};

/** The member of that name: a new value, none where it is emptied, else as it was. */
const kept = <N extends string, V>(
  name: N,
  given: V | null | undefined,
  before: V | undefined,
): { [K in N]?: V } => {
  const value = given === undefined ? before : (given ?? undefined);
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: V };
};
