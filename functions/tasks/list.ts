import { instantOf } from '../../schemas/time.ts';
import { headsOf } from '../access/people.ts';
import { may, mayDoToAll } from '../access/rights.ts';
import { packsOf } from '../access/tenant.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { taskOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { viewTask } from './view.ts';

/** @throws {Forbidden} unless it is oneself, somebody one leads, or anybody for who sees all tasks */
export const mustLead = (
  assignee: string,
  { reader, company }: Pick<Call<'tasks.list'>, 'reader' | 'company'>,
): void => {
  if (assignee === reader.user.id) return;
  const user = company.users.get(assignee);
  const leads = headsOf(user, company).some(({ id }) => id === reader.user.id);
  const pipelines = (user === undefined ? company.packs : packsOf(user, company)).flatMap((pack) =>
    pack.pipelines.map(({ id }) => id),
  );
  const seesAll = pipelines.length > 0 && pipelines.every((id) => mayDoToAll(reader, 'view', 'task', id));
  if (!leads && !seesAll && !(user === undefined && may(reader, 'view', 'users')))
    throw new Forbidden('the tasks of another person are open to their heads and to administrators');
  if (user === undefined)
    throw new BadInput(`assignee: nobody "${assignee}" works here; GET /v1/users lists people`);
};

/** GET /v1/tasks: open work of one person by due time, so that what is overdue comes first. */
export const listTasks = async (call: Call<'tasks.list'>) => {
  const { query, reader, now } = call;
  const assignee = query.assignee ?? reader.user.id;
  mustLead(assignee, call);
  const at = instantOf(now);
  return pageOf(
    theTable(),
    { index: 'g2', pk: `WORK#${assignee}`, ...behind(query.cursor) },
    query.limit,
    (rows) =>
      rows.map((row) => {
        const task = taskOf(row);
        return query.kind === undefined || task.kind === query.kind ? viewTask(task, at) : undefined;
      }),
  );
};
