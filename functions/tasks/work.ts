import { instantOf } from '../../schemas/time.ts';
import { act } from '../deals/act.ts';
import { type Card, unseen } from '../deals/card.ts';
import type { Context, Outcome } from '../deals/context.ts';
import { personNamed } from '../deals/create.ts';
import { maySee } from '../deals/editors.ts';
import { mustExist } from '../deals/references.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { changed } from './change.ts';
import { complete, decide, reassign, taskOn } from './close.ts';
import { viewTask } from './view.ts';

/** The deal of a task: the id of every task begins with it. */
const dealOf = (task: string): string => task.split('.', 1)[0] ?? task;

/** A person reaches the tasks of deals they see, and those that are or were their own. @throws {NotFound} */
const mustReach = (card: Card, task: string, context: Context): void => {
  const isOwn = card.tasks.some(({ id, assignee }) => id === task && assignee === context.reader?.user.id);
  if (!isOwn && !maySee(card, context)) throw unseen(card.deal.id);
};

type Working = Pick<Call<'tasks.complete'>, 'params' | 'reader' | 'key' | 'now'>;

const work = async (
  { params, reader, key, now }: Working,
  rule: (card: Card, context: Context) => Outcome<Card> | Promise<Outcome<Card>>,
) => {
  const { card, warnings = [] } = await act(
    dealOf(params.id),
    (before, context) => {
      mustReach(before, params.id, context);
      return rule(before, context);
    },
    { by: { user: reader.user.id }, reader, key },
  );
  const view = viewTask(taskOn(card, params.id), instantOf(now));
  return warnings.length === 0 ? view : { ...view, warnings: [...warnings] };
};

/** POST /v1/tasks/{id}/complete: fields first, so that they count for the guard; all or nothing. */
export const completeTask = (call: Call<'tasks.complete'>) =>
  work(call, async (card, context) => {
    await mustExist(card, call.body.fields ?? {}, context, theTable());
    return complete(card, call.params.id, context, call.body);
  });

/** POST /v1/tasks/{id}/decide: fields first, as for any task. */
export const decideTask = (call: Call<'tasks.decide'>) =>
  work(call, async (card, context) => {
    await mustExist(card, call.body.fields ?? {}, context, theTable());
    return decide(card, call.params.id, call.body.decision, call.body.comment, context, call.body);
  });

/** POST /v1/tasks/{id}/reassign */
export const reassignTask = async (call: Call<'tasks.reassign'>) => {
  const { id: assignee } = personNamed('assignee', call.body.assignee, call.company);
  return work(call, (card, context) => reassign(card, call.params.id, assignee, context, call.body));
};

/** PATCH /v1/tasks/{id} */
export const changeTask = (call: Call<'tasks.change'>) =>
  work(call, (card, context) => changed(card, call.params.id, call.body, context));
