import {
  all,
  any,
  approval,
  assign,
  atOpening,
  changed,
  choose,
  expression,
  field,
  filled,
  goto,
  headOf,
  is,
  isNot,
  mark,
  move,
  needs,
  notify,
  now,
  pipeline,
  responsible,
  role,
  set,
  sets,
  setting,
  sinceDate,
  skipPast,
  t,
  task,
  tell,
  thread,
  value,
  when,
} from '../../vocabulary/index.ts';
import { quoteFields, resultFields, siteFields } from './site-fields.ts';

const headOfDesign = { role: 'climate-head-of-design' } as const;
const results = ['capacityKw', 'outdoorUnits', 'indoorUnits', 'areaM2', 'floors'] as const;

/** By the working days since the calculation came in, whoever has it and whichever of the two open stages it is on. */
const ladder = [
  sinceDate(
    'ladderSince',
    setting('calculationFirstRung'),
    tell([responsible], 'climate-calculation-slow'),
    sets({ deadlineLevel: value(2) }),
    skipPast,
    needs('CL-50.17', 'CL-50.22'),
  ),
  sinceDate(
    'ladderSince',
    setting('calculationSecondRung'),
    tell([responsible, headOf(responsible)], 'climate-calculation-late'),
    sets({ deadlineLevel: value(3) }),
    skipPast,
    needs('CL-50.18', 'CL-50.22'),
  ),
  // Not passed over: work that is begun by then is red from its first moment.
  sinceDate('ladderSince', setting('calculationSecondRung'), mark('red'), needs('CL-50.19')),
  sinceDate(
    'ladderSince',
    setting('calculationLastRung'),
    sets({ deadlineLevel: value(4) }),
    skipPast,
    needs('CL-50.20'),
  ),
];

const handedOver = thread('handed-over', {
  title: t('Передан другому исполнителю', 'Handed over'),
  on: changed('responsible'),
  work: [notify('tell-designer', tell([responsible], 'climate-calculation-yours'))],
  ...needs('CL-50.2'),
});

const byWhoHasIt = ['responsible', headOfDesign, 'system'] as const;

/** A selection of equipment by the design department: a process of its own, begun by a deal and waited for. */
export const calculation = pipeline({
  id: 'climate-calculation',
  kind: 'subdeal',
  title: t('Просчет', 'Calculation'),
  prefix: 'CALC',
  start: 'new',
  assignedBy: [headOfDesign],
  checks: [
    {
      id: 'reselection-has-reason',
      on: ['reselectionReason'],
      condition: any(isNot('isReselection', true), filled('reselectionReason')),
      refusal: t('Укажите «Причину переподбора».', 'State the “Reason for the re-selection”.'),
      unmet: 'refuse',
      ...needs('CL-03.4'),
    },
  ],
  ...needs('CL-02.3'),
  fields: {
    ...siteFields,
    ...resultFields,
    ...quoteFields,
    checkRequired: field.boolean(t('Проверять в задаче по подбору', 'To be checked'), {
      writtenBy: [headOfDesign],
    }),
    plannedOn: field.date(t('Плановая дата', 'Planned on')),
    category: field.enumeration(
      t('Категория', 'Category'),
      { selection: t('Подбор', 'Selection'), reselection: t('Переподбор', 'Re-selection') },
      { system: true },
    ),
    isReselection: field.boolean(t('Переподбор', 'Re-selection'), { system: true }),
    previousAssignee: field.user(t('Предыдущий исполнитель', 'Previous assignee'), { system: true }),
    reselectionReason: field.text(t('Причина переподбора', 'Reason for the re-selection'), { max: 2000 }),
    priceLines: field.rows(t('Аналитики цены и скидки', 'Prices and discounts'), {
      item: { type: 'text', title: t('Позиция', 'Item'), required: true },
      price: { type: 'money', title: t('Цена', 'Price'), currency: 'USD', required: true },
      discount: { type: 'number', title: t('Скидка, %', 'Discount, %') },
    }),
    netTotal: field.computedMoney(
      t('Итого со скидкой', 'Net total'),
      'USD',
      '$exists(priceLines) ? $round2($sum(priceLines.(price * (1 - ($exists(discount) ? discount : 0) / 100))))',
    ),
    documents: field.files(t('Документы', 'Documents')),
    performer: field.user(t('Кто выполнил', 'Done by'), { system: true }),
    ladderSince: field.datetime(t('Отсчёт срока', 'The clock runs since'), { system: true }),
    deadlineLevel: field.number(t('Контроль срока', 'Deadline level'), { system: true }),
  },
  stages: {
    new: {
      title: t('Новая', 'New'),
      aim: t('Начальник отдела выбрал исполнителя.', 'The head of the department has chosen who does it.'),
      work: [
        set(
          'receive',
          { ladderSince: atOpening(), plannedOn: now(), deadlineLevel: value(0) },
          needs('CL-02.4'),
        ),
        notify('tell-of-new', tell([responsible], 'climate-calculation-new'), needs('CL-02.4', 'CL-50.2')),
        task('take-calculation', {
          title: t('Просчет: взять в работу', 'Calculation: start the work'),
          who: responsible,
          fields: ['checkRequired', 'plannedOn'],
          late: ladder,
          ...needs('CL-50.3', 'CL-50.5'),
        }),
        goto('in-progress'),
      ],
      on: [handedOver],
      moves: [move('in-progress', byWhoHasIt, needs('CL-50.5')), move('cancelled', ['system'])],
      ...needs('CL-50.1', 'CL-50.4'),
    },
    'in-progress': {
      title: t('В работе', 'In progress'),
      aim: t(
        'Подбор готов, результаты и КП приложены.',
        'The selection is ready, with its results and the quote.',
      ),
      work: [
        task('calculate', {
          title: t('Просчет: выполнить', 'Calculation: do it'),
          who: responsible,
          fields: [...results, 'quoteFiles', 'quoteComment', 'documents', 'priceLines'],
          guard: all(
            filled('capacityKw'),
            filled('outdoorUnits'),
            filled('indoorUnits'),
            filled('areaM2'),
            filled('floors'),
          ),
          refusal: t(
            'Заполните мощность, количество наружных и внутренних блоков, площадь и количество этажей.',
            'Fill in the capacity, the outdoor and indoor units, the area and the floors.',
          ),
          late: ladder,
          ...needs('CL-50.6', 'CL-50.7', 'CL-50.8', 'CL-50.21'),
        }),
        goto('done', needs('CL-50.9')),
      ],
      on: [handedOver],
      moves: [move('done', byWhoHasIt, needs('CL-50.9')), move('cancelled', ['system'])],
    },
    done: {
      title: t('Выполнено', 'Done'),
      aim: t('Работа проверена или в проверке не нуждается.', 'The work is checked, or needs no check.'),
      enter: { required: [...results], ...needs('CL-50.8') },
      work: [
        set('stop-the-clock', { deadlineLevel: value(0) }, needs('CL-50.21')),
        assign('note-who-did-it', responsible, 'performer'),
        choose(
          'is-it-checked',
          [
            when(
              is('checkRequired', true),
              notify(
                'tell-to-check',
                tell([role('climate-head-of-design')], 'climate-calculation-check'),
                needs('CL-50.10'),
              ),
              approval('check-calculation', {
                title: t('Проверить выполненную работу', 'Check the work done'),
                who: role('climate-head-of-design'),
                fields: [...results, 'quoteFiles', 'quoteComment'],
                ...needs('CL-50.10', 'CL-50.11', 'CL-50.12'),
              }),
              choose('is-it-accepted', [
                when(
                  "decision = 'rejected'",
                  notify(
                    'tell-of-return',
                    tell([responsible], 'climate-calculation-returned'),
                    needs('CL-50.12'),
                  ),
                  set('start-the-clock-anew', { ladderSince: atOpening() }, needs('CL-50.21')),
                  goto('in-progress', { id: 'return', ...needs('CL-50.12') }),
                ),
              ]),
              goto('completed', { id: 'accept', ...needs('CL-50.11') }),
            ),
          ],
          { otherwise: [goto('completed', needs('CL-50.13'))] },
        ),
      ],
      moves: [
        move('completed', ['system'], needs('CL-50.11', 'CL-50.13')),
        move('in-progress', ['system'], needs('CL-50.12')),
        move('cancelled', ['system']),
      ],
    },
    completed: {
      title: t('Завершено', 'Completed'),
      aim: t('Результаты и КП переданы в сделку.', 'The results and the quote are with the deal.'),
      outcome: 'done',
      moves: [],
    },
    cancelled: {
      title: t('Отменена', 'Cancelled'),
      aim: t('Сделка ушла дальше без этого просчета.', 'The deal has gone on without this calculation.'),
      outcome: 'lost',
      shelved: true,
      work: [set('forget-the-deadline', { deadlineLevel: value(0) }, needs('CL-50.21'))],
      moves: [],
    },
  },
});

/** Calculations that the department has in hand. */
export const underWay = all(isNot('stage', 'completed'), isNot('stage', 'cancelled'));

/** How many calculations a deal has had, with one more. */
export const oneMore = (counter: string) => expression(`$exists(${counter}) ? ${counter} + 1 : 1`);
