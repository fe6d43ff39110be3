import { serve } from '../shared/serve.ts';
import { absent, back } from '../visits/absences.ts';
import { availability } from '../visits/availability.ts';
import { createTask } from './create.ts';
import { listTasks } from './list.ts';
import { changeTask, completeTask, decideTask, reassignTask } from './work.ts';

export const handler = serve('tasks', {
  'tasks.list': listTasks,
  'tasks.create': createTask,
  'tasks.change': changeTask,
  'tasks.complete': completeTask,
  'tasks.decide': decideTask,
  'tasks.reassign': reassignTask,
  'visits.availability': availability,
  'visits.absent': absent,
  'visits.back': back,
});
