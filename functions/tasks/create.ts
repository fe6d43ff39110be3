import { TaskId } from '../../schemas/ids.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import { mayDo } from '../access/rights.ts';
import { act } from '../deals/act.ts';
import { done } from '../deals/context.ts';
import { personNamed } from '../deals/create.ts';
import { mustSee } from '../deals/seen.ts';
import { Forbidden } from '../shared/errors.ts';
import { idOf, newId } from '../shared/new-id.ts';
import type { Call } from '../shared/serve.ts';
import { taskOn } from './close.ts';
import { viewTask } from './view.ts';

/** POST /v1/deals/{id}/tasks: work a person sets by hand; it stays open when the deal moves on. */
export const createTask = async ({ params, body, reader, company, now, key }: Call<'tasks.create'>) => {
  const assignee = personNamed('assignee', body.assignee ?? reader.user.id, company).id;
  const id = TaskId.parse(`${params.id}.m.${key === undefined ? newId() : idOf(key)}`);
  const by = { user: reader.user.id };
  const { card } = await act(
    params.id,
    (before, context) => {
      mustSee(before, context);
      const { deal } = before;
      if (!mayDo(reader, 'create', 'task', deal, company))
        throw new Forbidden(`your roles (${reader.user.roles.join(', ')}) may not set tasks on this deal`);
      if (before.tasks.some((task) => task.id === id)) return done(before);
      const task: Task = {
        id,
        deal: deal.id,
        pipeline: deal.pipeline,
        dealNumber: deal.number,
        dealTitle: deal.title,
        kind: 'task',
        attempt: 1,
        title: { ru: body.title, en: body.title },
        ...(body.about === undefined ? {} : { about: body.about }),
        assignee,
        creator: reader.user.id,
        ...(body.start === undefined ? {} : { start: body.start }),
        ...(body.due === undefined ? {} : { due: body.due }),
        openedAt: instantOf(now),
        status: 'open',
        keep: true,
        opened: {},
        late: [],
        fired: [],
        round: 0,
        version: 1,
        changedAt: instantOf(now),
        changedBy: by,
      };
      return done({ ...before, tasks: [...before.tasks, task] });
    },
    { by, reader, key },
  );
  return viewTask(taskOn(card, id), instantOf(now));
};
