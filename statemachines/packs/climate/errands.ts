import {
  all,
  atDue,
  changed,
  field,
  filled,
  goto,
  move,
  needs,
  notify,
  onDate,
  pipeline,
  responsible,
  t,
  task,
  tell,
  thread,
} from '../../vocabulary/index.ts';

/** A task that belongs to no deal: a small deal of its own, so that rights, history, reminders and planners hold for it. */
export const errands = pipeline({
  id: 'climate-errands',
  kind: 'request',
  title: t('Задачи', 'Tasks'),
  prefix: 'T',
  start: 'open',
  ...needs('CL-55.1'),
  fields: {
    kind: field.enumeration(t('Вид', 'Kind'), {
      call: t('Звонок', 'Call'),
      meeting: t('Встреча', 'Meeting'),
      letter: t('Письмо', 'Letter'),
      other: t('Другое', 'Other'),
    }),
    description: field.text(t('Описание', 'Description'), { max: 4000 }),
    company: field.company(t('Компания', 'Company')),
    contact: field.contact(t('Контакт', 'Contact')),
    startAt: field.datetime(t('Начало', 'Start')),
    dueAt: field.datetime(t('Срок', 'Due')),
    result: field.text(t('Результат', 'Result'), { max: 2000 }),
  },
  stages: {
    open: {
      title: t('Открыта', 'Open'),
      aim: t('Задача выполнена.', 'The task is done.'),
      work: [
        notify('tell-assignee', tell([responsible], 'climate-task-yours'), {
          when: all(filled('responsible'), filled('initiator'), 'responsible != initiator'),
          ...needs('CL-55.2'),
        }),
        task('do', {
          title: t('Задача', 'Task'),
          titles: [
            { when: "kind = 'call'", title: t('Позвонить', 'Call') },
            { when: "kind = 'meeting'", title: t('Встретиться', 'Meet') },
            { when: "kind = 'letter'", title: t('Написать', 'Write') },
          ],
          who: responsible,
          start: 'startAt',
          due: onDate('dueAt'),
          fields: ['result'],
          late: [atDue(tell([responsible], 'climate-task-late'))],
          ...needs('CL-55.1', 'CL-55.2'),
        }),
        goto('done'),
      ],
      on: [
        thread('handed-over', {
          title: t('Передана другому', 'Handed over'),
          on: changed('responsible'),
          work: [notify('tell-new-assignee', tell([responsible], 'climate-task-yours'))],
        }),
      ],
      moves: [
        move('done', ['responsible', 'initiator', 'system']),
        move('cancelled', ['initiator', 'responsible']),
      ],
    },
    done: {
      title: t('Выполнена', 'Done'),
      aim: t('Поставивший задачу знает о результате.', 'Who set it knows of the result.'),
      outcome: 'done',
      moves: [move('open', ['initiator', 'responsible'])],
    },
    cancelled: {
      title: t('Снята', 'Dropped'),
      aim: t('Задача больше не нужна.', 'The task is no longer wanted.'),
      outcome: 'lost',
      moves: [move('open', ['initiator'])],
    },
  },
});
