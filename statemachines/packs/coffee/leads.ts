import {
  after,
  all,
  any,
  anyWith,
  assign,
  changed,
  choose,
  client,
  empty,
  expression,
  field,
  filled,
  is,
  letter,
  move,
  needs,
  notify,
  now,
  person,
  pipeline,
  responsible,
  role,
  set,
  sets,
  setting,
  start,
  subdeal,
  t,
  task,
  tell,
  thread,
  value,
  wait,
  when,
} from '../../vocabulary/index.ts';

const clientHead = role('coffee-client-head');
const director = role('coffee-director');
const execDirector = role('coffee-exec-director');
const namesManagers = anyWith('coffee-client-head');

/** Somebody is named, by whatever way: whoever had the lead hears of it, and so does who has it now; their day begins. */
const named = thread('named', {
  title: t('Назначен ответственный', 'A manager is named'),
  on: changed('responsible'),
  work: [
    notify('tell-former', tell([person('namedManager')], 'coffee-lead-taken'), {
      when: all(filled('namedManager'), filled('responsible'), 'namedManager != responsible'),
      ...needs('CO-50.3'),
    }),
    set(
      'note-naming',
      { assignedAt: now(), namedManager: expression('responsible'), ladderLevel: value(0) },
      needs('CO-01.9'),
    ),
    notify('tell-named', tell([responsible], 'coffee-lead-named'), needs('CO-01.9', 'CO-50.3')),
    start('day', { once: false, ...needs('CO-02.1', 'CO-50.3', 'CO-50.4') }),
  ],
  ...needs('CO-01.9'),
});

/** The one-day clock of whoever was named on this stage, and the ladder behind it. Leaving the stage ends both. */
const day = thread('day', {
  title: t('День на обработку', 'The day for processing'),
  work: [
    set('begin-the-day', { ladderLevel: value(0), ladderChoice: value(null), nextManager: value(null) }),
    wait('day-of-the-manager', { setting: 'leadDay' }, needs('CO-02.1', 'CO-50.1')),
    set('first-level', { ladderLevel: value(1) }, needs('CO-50.1')),
    task('react-to-late-lead', {
      title: t('Заявка не обработана: что делаем?', 'The lead is not processed: what now?'),
      about: t(
        'Напомнить менеджеру, назначить другого или обработать самому.',
        'Remind the manager, appoint another, or process it yourself.',
      ),
      who: clientHead,
      due: setting('leadDay'),
      guard: any(
        is('ladderChoice', 'remind'),
        is('ladderChoice', 'myself'),
        all(
          is('ladderChoice', 'another'),
          filled('nextManager'),
          any(empty('responsible'), 'nextManager != responsible'),
        ),
      ),
      refusal: t(
        'Выберите, что делать с заявкой; если другой менеджер, укажите, кто (сейчас {{responsible}}).',
        'Choose what to do; if another manager takes it, say who (it is {{responsible}} now).',
      ),
      fields: ['ladderChoice', 'nextManager'],
      late: [
        after(
          { setting: 'leadDay' },
          tell([execDirector], 'coffee-lead-unprocessed', ['email']),
          sets({ ladderLevel: value(2) }),
          needs('CO-50.5', 'CO-50.9'),
        ),
        after(
          { setting: 'leadTwoDays' },
          tell([director], 'coffee-lead-unprocessed', ['email']),
          sets({ ladderLevel: value(3) }),
          needs('CO-50.6', 'CO-50.9'),
        ),
      ],
      ...needs('CO-50.1', 'CO-02.2'),
    }),
    choose(
      'by-choice',
      [
        when(
          is('ladderChoice', 'another'),
          assign('appoint-another', person('nextManager'), 'responsible', needs('CO-50.3')),
        ),
        when(
          all(is('ladderChoice', 'myself'), filled('responsible')),
          assign('take-it-over', clientHead, 'responsible', needs('CO-50.4')),
          start('day', { id: 'own-day', once: false, ...needs('CO-50.4') }),
        ),
      ],
      {
        otherwise: [
          notify('remind-manager', tell([responsible], 'coffee-lead-reminded'), needs('CO-50.2')),
          start('day', { id: 'new-day', once: false, ...needs('CO-50.2') }),
        ],
      },
    ),
  ],
  ...needs('CO-02.2', 'CO-50.7'),
});

/** Where the ladder ends, its level goes back to none. */
const endTheLadder = set(
  'end-the-ladder',
  { ladderLevel: value(0), ladderChoice: value(null), nextManager: value(null) },
  needs('CO-50.7', 'CO-02.3'),
);

/** Requests by phone and by letter, from the first word to a deal. */
export const leads = pipeline({
  id: 'coffee-leads',
  kind: 'lead',
  title: t('Заявки', 'Leads'),
  prefix: '',
  numbering: 'coffee',
  start: 'new-lead',
  assignedBy: [namesManagers, anyWith('coffee-admin')],
  ...needs('CO-00.3', 'CO-00.4', 'CO-01.5', 'CO-01.7'),
  fields: {
    source: field.enumeration(t('Источник', 'Source'), {
      phone: t('Телефон', 'Phone'),
      email: t('Почта', 'E-mail'),
    }),
    mailbox: field.text(t('Почтовый ящик', 'Mailbox'), { max: 200 }),
    requestKind: field.enumeration(t('Тип заявки', 'Kind of request'), {
      order: t('Заказ', 'Order'),
      service: t('Сервисное обслуживание', 'Service'),
      repair: t('Ремонт', 'Repair'),
    }),
    contact: field.contact(t('Контакт', 'Contact')),
    company: field.company(t('Компания', 'Company')),
    clientName: field.text(t('Имя клиента', 'Client’s name'), { max: 200, personal: true, search: true }),
    companyName: field.text(t('Название компании', 'Company’s name'), { max: 300, search: true }),
    phone: field.text(t('Телефон клиента', 'Client’s phone'), { max: 40, personal: true, search: true }),
    email: field.text(t('Почта клиента', 'Client’s e-mail'), { max: 200, personal: true, search: true }),
    text: field.text(t('Что нужно клиенту', 'What the client wants'), { personal: true }),
    letter: field.file(t('Письмо', 'Letter')),
    letterFiles: field.files(t('Файлы письма', 'Files of the letter')),
    confirmedAt: field.datetime(t('Клиенту сообщено', 'The client was told'), { system: true }),
    assignedAt: field.datetime(t('Назначен', 'Named at'), { system: true }),
    namedManager: field.user(t('Назначенный менеджер', 'Named manager'), { system: true }),
    ladderLevel: field.number(t('Уровень эскалации', 'Level of escalation'), { system: true }),
    ladderChoice: field.enumeration(t('Решение по заявке', 'What to do with the lead'), {
      remind: t('Напомнить менеджеру', 'Remind the manager'),
      another: t('Назначить другого', 'Appoint another'),
      myself: t('Обработаю сам', 'I process it myself'),
    }),
    nextManager: field.user(t('Другой менеджер', 'Another manager')),
    spamReason: field.enumeration(t('Причина', 'Reason'), {
      spam: t('Спам', 'Spam'),
      'not-a-client': t('Не клиент', 'Not a client'),
      duplicate: t('Повторная заявка', 'Duplicate'),
      unreachable: t('Не удалось связаться', 'Could not be reached'),
    }),
  },
  stages: {
    'new-lead': {
      title: t('Новая заявка', 'New lead'),
      aim: t(
        'Клиент знает номер заявки, ответственный менеджер назначен.',
        'The client knows the number, and a manager is named.',
      ),
      enter: {
        conditions: [
          {
            condition: any(filled('phone'), filled('email')),
            refusal: t('Укажите телефон или почту клиента', 'Give the client’s phone or e-mail'),
          },
        ],
        ...needs('CO-01.5'),
      },
      work: [
        choose('by-source', [
          when(
            all(empty('confirmedAt'), is('source', 'email')),
            letter('coffee-lead-accepted', ['email', 'sms'], {
              id: 'confirm-by-letter',
              to: { email: 'email', sms: 'phone' },
              failed: tell([clientHead], 'coffee-lead-not-confirmed'),
              ...needs('CO-01.6', 'CO-01.7', 'CO-01.10'),
            }),
          ),
          when(
            empty('confirmedAt'),
            letter('coffee-lead-accepted', ['sms', 'email'], {
              id: 'confirm-by-sms',
              to: { email: 'email', sms: 'phone' },
              failed: tell([clientHead], 'coffee-lead-not-confirmed'),
              ...needs('CO-01.6', 'CO-01.7', 'CO-01.10'),
            }),
          ),
        ]),
        set('note-confirmation', { confirmedAt: now() }, { when: empty('confirmedAt') }),
        start('named', { when: all(filled('responsible'), empty('assignedAt')) }),
        task('assign-manager', {
          title: t('Назначьте ответственного менеджера', 'Name the responsible manager'),
          who: clientHead,
          due: setting('leadDay'),
          closeWhen: filled('responsible'),
          late: [
            after(
              { setting: 'leadDay' },
              tell([execDirector], 'coffee-lead-unnamed', ['email']),
              sets({ ladderLevel: value(2) }),
              needs('CO-50.8', 'CO-50.9'),
            ),
            after(
              { setting: 'leadTwoDays' },
              tell([director], 'coffee-lead-unnamed', ['email']),
              sets({ ladderLevel: value(3) }),
              needs('CO-50.8', 'CO-50.9'),
            ),
          ],
          ...needs('CO-01.8'),
        }),
      ],
      on: [named, day],
      moves: [
        move('lead-processing', ['responsible', namesManagers]),
        move('lead-rejected', ['responsible', namesManagers]),
      ],
      ...needs('CO-01.6', 'CO-00.7'),
    },
    'lead-processing': {
      title: t('В обработке', 'In progress'),
      aim: t('Заявка обработана за один рабочий день.', 'The lead is processed within one working day.'),
      enter: {
        conditions: [
          {
            condition: filled('responsible'),
            refusal: t('Сначала назначьте ответственного менеджера', 'Name the responsible manager first'),
          },
        ],
      },
      work: [endTheLadder],
      on: [named, day],
      moves: [
        move('lead-converted', ['responsible']),
        move('lead-rejected', ['responsible', namesManagers]),
        move('new-lead', [namesManagers]),
      ],
      ...needs('CO-02.1', 'CO-02.3', 'CO-00.7'),
    },
    'lead-converted': {
      title: t('Сконвертирован', 'Converted'),
      aim: t('Заявка стала сделкой с тем же номером.', 'The lead is a deal by the same number.'),
      outcome: 'done',
      enter: {
        required: ['requestKind'],
        conditions: [
          {
            condition: any(filled('contact'), filled('clientName')),
            refusal: t('Укажите контакт или имя клиента', 'Name the contact, or give the client’s name'),
          },
        ],
      },
      work: [
        endTheLadder,
        client(
          'know-the-client',
          {
            contact: 'contact',
            company: 'company',
            name: 'clientName',
            phone: 'phone',
            email: 'email',
            companyName: 'companyName',
          },
          needs('CO-03.1'),
        ),
        subdeal('coffee-deals', {
          id: 'make-deal',
          wait: false,
          number: 'same',
          who: responsible,
          down: {
            company: 'company',
            contact: 'contact',
            requestKind: 'requestKind',
            text: 'text',
            letter: 'letter',
          },
          ...needs('CO-03.1', 'CO-01.7', 'CO-00.3'),
        }),
      ],
      moves: [],
      ...needs('CO-02.3'),
    },
    'lead-rejected': {
      title: t('Спам / некачественный', 'Spam or no client'),
      aim: t('Причина известна.', 'The reason is known.'),
      outcome: 'lost',
      enter: { required: ['spamReason'], ...needs('CO-04.1') },
      work: [endTheLadder],
      moves: [move('new-lead', [namesManagers])],
      ...needs('CO-02.3', 'CO-04.1'),
    },
  },
});
