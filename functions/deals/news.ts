import type { User } from '../../schemas/people.ts';
import type { Notice } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { peopleOf, rowsTo } from '../notify/tell.ts';
import type { Write } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { factsOf } from './facts.ts';
import { newsOfEntries } from './telling.ts';

/** Tasks and approvals that this write closes as done. */
const doneIn = (before: Card, after: Card): Task[] =>
  after.tasks.filter(
    (task) =>
      task.kind !== 'watch' &&
      task.status === 'done' &&
      task.outcome !== 'moved' &&
      before.tasks.some(({ id, status }) => id === task.id && status === 'open'),
  );

/** A deal that is being brought back, or is about to be: whoever has to know is told of that. */
const isUndoing = ({ deal }: Card, { by }: Context): boolean =>
  deal.undo !== undefined || ('system' in by && by.system === 'rollback');

/** Everybody but who did it. */
const others = (people: readonly User[], { by }: Context): User[] =>
  people.filter(({ id }) => !('user' in by) || by.user !== id);

/** Whose the deal was and whose it is now, where it went from one to another. */
const handedBetween = (before: Card, after: Card, context: Context): User[] => {
  const [from, to] = [before.deal.responsible, after.deal.responsible];
  if (from === undefined || to === undefined || from === to) return [];
  const people = [from, to].flatMap((id) => context.company.users.get(id) ?? []);
  return others(
    people.filter(({ active }) => active),
    context,
  );
};

/**
 * What people hear of a write by the pipeline's own words: rows that go into the same transaction. Nobody hears of their own
 * doing.
 */
export const newsOfDeal = async (before: Card, after: Card, context: Context): Promise<Write[]> => {
  const { stage, task, tasks = {}, handed } = context.pipeline.informs ?? {};
  const told: { notice: Notice; of: string; task?: Task }[] = [];
  if (stage !== undefined && before.deal.seq !== after.deal.seq && !isUndoing(after, context))
    told.push({ notice: stage, of: 'stage' });
  if (task !== undefined)
    for (const one of doneIn(before, after))
      told.push({ notice: { ...task, text: tasks[one.step ?? ''] ?? task.text }, of: one.id, task: one });
  const both = handed === undefined ? [] : handedBetween(before, after, context);
  const ofEntries = await newsOfEntries(before, after, () => factsOf(after.deal, context.pipeline), context);
  if (told.length === 0 && both.length === 0) return ofEntries;
  const facts = await factsOf(after.deal, context.pipeline);
  const rows = told.flatMap(({ notice, of, task }) => {
    const about = {
      id: `${after.deal.id}.news.${before.deal.version}.${of}`,
      deal: after.deal,
      tasks: after.tasks,
      facts,
      task,
      context,
    };
    return rowsTo(others(peopleOf(notice.to, about), context), notice, about);
  });
  if (handed !== undefined && both.length > 0) {
    const about = {
      id: `${after.deal.id}.news.${before.deal.version}.handed`,
      deal: after.deal,
      tasks: after.tasks,
      facts,
      context,
    };
    rows.push(...rowsTo(both, { text: handed, channels: ['app'] }, about));
  }
  return [...ofEntries, ...rows.map((put) => ({ put }))];
};
