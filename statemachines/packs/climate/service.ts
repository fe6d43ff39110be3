import {
  assign,
  changed,
  expression,
  field,
  goto,
  initiator,
  move,
  needs,
  notify,
  offer,
  pipeline,
  responsible,
  role,
  set,
  t,
  task,
  tell,
  thread,
} from '../../vocabulary/index.ts';

const headOfService = { role: 'climate-head-of-service' } as const;

/** Repair after the sale: taken by the head of the service department, handed to an engineer, confirmed by who asked. */
export const service = pipeline({
  id: 'climate-service',
  kind: 'request',
  title: t('Сервис', 'Service'),
  prefix: 'SRV',
  start: 'new',
  assignedBy: [headOfService],
  fields: {
    company: field.company(t('Компания', 'Company')),
    contact: field.contact(t('Контакт', 'Contact')),
    siteName: field.text(t('Объект', 'Site'), { max: 200 }),
    description: field.text(t('Описание', 'Description'), { max: 4000 }),
    warrantyEnd: field.date(t('Окончание гарантии', 'Warranty ends'), { system: true }),
    inWarranty: field.boolean(t('На гарантии', 'In warranty'), { system: true }),
  },
  stages: {
    new: {
      title: t('Новая', 'New'),
      aim: t('Начальник сервиса выбрал инженера.', 'The head of service has chosen an engineer.'),
      enter: { required: ['description'] },
      work: [
        set(
          'look-at-the-warranty',
          { inWarranty: expression('$exists(warrantyEnd) and today <= warrantyEnd') },
          needs('CL-51.3'),
        ),
        assign('first-assignee', role('climate-head-of-service'), 'responsible', needs('CL-51.1')),
        task('take-request', {
          title: t('Сервис: взять заявку в работу', 'Service: start the work'),
          who: responsible,
          ...needs('CL-51.1'),
        }),
        goto('in-progress'),
      ],
      on: [
        thread('handed-over', {
          title: t('Передана исполнителю', 'Handed over'),
          on: changed('responsible'),
          work: [notify('tell-engineer', tell([responsible], 'climate-service-yours'))],
          ...needs('CL-51.4'),
        }),
      ],
      moves: [move('in-progress', ['responsible', headOfService, 'system'])],
      ...needs('CL-51.1', 'CL-51.2'),
    },
    'in-progress': {
      title: t('В работе', 'In progress'),
      aim: t('Неисправность устранена.', 'The fault is mended.'),
      work: [
        task('repair', {
          title: t('Сервис: устранить неисправность', 'Service: mend the fault'),
          who: responsible,
        }),
        goto('done'),
      ],
      on: [
        thread('handed-over', {
          title: t('Передана исполнителю', 'Handed over'),
          on: changed('responsible'),
          work: [notify('tell-other-engineer', tell([responsible], 'climate-service-yours'))],
          ...needs('CL-51.4'),
        }),
      ],
      moves: [move('done', ['responsible', headOfService, 'system'])],
    },
    done: {
      title: t('Выполнена', 'Done'),
      aim: t('Автор заявки подтвердил результат.', 'Who asked for it has confirmed the result.'),
      work: [notify('tell-author', tell([initiator], 'climate-service-done'), needs('CL-51.4'))],
      moves: [move('closed', ['initiator', headOfService])],
    },
    closed: {
      title: t('Закрыта', 'Closed'),
      aim: t('Заявка закрыта.', 'The request is closed.'),
      outcome: 'done',
      moves: [],
    },
  },
});

/** A service request from the card of a deal: it knows its client, its site and its warranty. */
export const serviceOffer = offer('climate-service', {
  title: t('Сервисная заявка', 'Service request'),
  by: ['anyone'],
  single: false,
  down: { company: 'company', contact: 'contact', siteName: 'siteName', warrantyEnd: 'warrantyEnd' },
  ...needs('CL-51.1'),
});
