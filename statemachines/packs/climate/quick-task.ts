import { field, needs, t } from '../../vocabulary/index.ts';

/** The two fields of a contact's card that together make a task. */
export const quickTaskFields = {
  nextTaskAt: field.datetime(t('Дата и время', 'Date and time')),
  nextTaskComment: field.text(t('Комментарий задачи', 'Comment of the task'), { max: 2000 }),
} as const;

/** What becomes of them. */
export const quickTask = {
  at: 'nextTaskAt',
  text: 'nextTaskComment',
  pipeline: 'climate-errands',
  start: 'startAt',
  due: 'dueAt',
  about: 'description',
  contact: 'contact',
  ...needs('CL-56.1', 'CL-56.2'),
};
