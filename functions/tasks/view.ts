import type { TaskView } from '../../schemas/api/shapes.ts';
import type { Task } from '../../schemas/task.ts';
import type { Instant } from '../../schemas/time.ts';

/** A task as people see it, without what only its run needs. */
export const viewTask = (task: Task, now: Instant): TaskView => {
  const {
    token: _,
    ahead: __,
    opened: ___,
    keep: ____,
    dueRule: _____,
    files: ______,
    startField: _______,
    reminded: ________,
    version: _________,
    ...shown
  } = task;
  return { ...shown, overdue: task.status === 'open' && task.due !== undefined && task.due < now };
};
