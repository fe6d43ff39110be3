import {
  all,
  any,
  anyWith,
  atDue,
  changed,
  email,
  empty,
  expression,
  filled,
  goto,
  inTime,
  is,
  isBelow,
  isNot,
  morning,
  move,
  needs,
  onDate,
  person,
  pipeline,
  responsible,
  role,
  set,
  setting,
  skipPast,
  start,
  t,
  task,
  tell,
  thread,
  value,
} from '../../vocabulary/index.ts';
import { fields } from './fields.ts';
import { noMeasurements, noNewPhoto, noPhotos, noReason, noRequirements, noResult } from './refusals.ts';
import { tracking } from './tracking.ts';
import { leads } from './who.ts';

const executive = anyWith('furniture-executive');

/** Reminders of a visit: in the morning of the day before and of the day, those whose hour has not passed. */
const reminders = (
  slot: string,
  tomorrow: string,
  today: string,
  ids: [string, ...string[]],
  again: [string, ...string[]],
) => [
  morning(slot, 1, '08:00', skipPast, tell([person(slot)], tomorrow, ['push']), needs(...ids)),
  morning(slot, 0, '08:00', skipPast, tell([person(slot)], today, ['push']), needs(...again)),
];

/** An order for furniture or doors: from the documents to the closed order, nine stages. */
export const order = pipeline({
  id: 'furniture-order',
  kind: 'deal',
  title: t('Заказ', 'Order'),
  prefix: 'M',
  start: 'order-intake',
  worth: 'total',
  tracking,
  informs: {
    stage: tell([responsible], 'order-moved'),
    task: tell([responsible], 'task-done'),
    tasks: {
      measure: 'measured',
      'measure-by-buyer': 'measured',
      produce: 'produced',
      'prepare-shipment': 'prepared',
      deliver: 'delivered',
      install: 'installed',
      rework: 'reworked',
    },
    undone: tell([responsible], 'move-undone'),
  },
  chat: { message: 'chat-message', mention: 'chat-mention', ...needs('FU-00.3', 'FU-00.4', 'FU-04.2') },
  ...needs(
    'FU-00.2',
    'FU-00.6',
    'FU-00.10',
    'FU-00.11',
    'FU-00.12',
    'FU-04.3',
    'FU-05.2',
    'FU-06.3',
    'FU-07.7',
  ),
  fields,
  stages: {
    'order-intake': {
      title: t('Оформление заказа', 'Order intake'),
      aim: t('Заказ заведён, первые документы приложены.', 'The order is there with its first documents.'),
      enter: { required: ['contact', 'buyerPhone'], take: 'free', ...needs('FU-01.1') },
      moves: [move('measurement', leads, needs('FU-01.3')), move('closed', leads, needs('FU-09.2'))],
      ...needs('FU-01.2'),
    },

    measurement: {
      title: t('Замер', 'Measurement'),
      aim: t('Замер сделан в согласованное время.', 'The site is measured at the agreed time.'),
      enter: {
        required: ['contractDraft', 'techCalculations'],
        conditions: [
          {
            condition: any(filled('buyerRequirements'), filled('buyerWishes')),
            refusal: noRequirements,
          },
        ],
        ...needs('FU-01.3'),
      },
      work: [
        set('not-measured', { measuredAt: value(null) }),
        start('visit', { when: filled('measurementAt') }),
        start('own-sizes', { when: is('ownSizes', true) }),
      ],
      on: [
        thread('visit', {
          title: t('Выезд на замер', 'Visit to measure'),
          on: changed('measurementAt', { emptied: true }),
          work: [
            task('measure', {
              title: t('Замер', 'Measurement'),
              about: t(
                'Снимите размеры, внесите их в заказ, приложите фото и файлы.',
                'Take the sizes, enter them in the order, attach photos and files.',
              ),
              who: person('measurementAt'),
              due: onDate('measurementAt'),
              when: filled('measurementAt'),
              guard: filled('measurements'),
              refusal: noMeasurements,
              fields: ['measurements', 'measurementFiles'],
              stamp: 'measuredAt',
              late: reminders(
                'measurementAt',
                'measurement-tomorrow',
                'measurement-today',
                ['FU-02.4', 'FU-02.6'],
                ['FU-02.5', 'FU-02.6'],
              ),
              ...needs('FU-02.1', 'FU-02.7', 'FU-02.8'),
            }),
            goto('deal-conclusion', {
              when: all(filled('measurementAt'), filled('measuredAt')),
              ...needs('FU-02.9', 'FU-02.10'),
            }),
          ],
          ...needs('FU-02.2', 'FU-02.3', 'FU-02.6', 'FU-50.1', 'FU-50.2', 'FU-50.3'),
        }),
        thread('own-sizes', {
          title: t('Размеры покупателя', "The buyer's own sizes"),
          on: changed('ownSizes', { emptied: true }),
          work: [
            task('measure-by-buyer', {
              title: t('Замер по размерам покупателя', "Measurement by the buyer's own sizes"),
              who: responsible,
              due: setting('agreeTime'),
              when: is('ownSizes', true),
              guard: filled('measurements'),
              refusal: noMeasurements,
              fields: ['measurements', 'measurementFiles'],
              stamp: 'measuredAt',
              ...needs('FU-02.8'),
            }),
            goto('deal-conclusion', {
              id: 'sizes-to-deal-conclusion',
              when: all(is('ownSizes', true), filled('measuredAt')),
            }),
          ],
        }),
      ],
      moves: [
        move('deal-conclusion', ['system'], needs('FU-02.9')),
        move('order-intake', leads),
        move('closed', leads, needs('FU-09.2')),
      ],
    },

    'deal-conclusion': {
      title: t('Заключение сделки', 'Deal conclusion'),
      aim: t('Детали согласованы, договор подписан.', 'The details are agreed on, the contract is signed.'),
      enter: { required: ['measurements', 'measuredAt'] },
      work: [
        task('agree-details', {
          title: t('Согласовать детали с заказчиком', 'Agree on the details with the customer'),
          who: responsible,
          due: setting('agreeTime'),
          closeWhen: filled('contractSignedAt'),
          refusal: t(
            'Задача закроется сама, когда договор заключен.',
            'It closes by itself when the contract is concluded.',
          ),
          fields: [
            'decor',
            'finishing',
            'extraWorks',
            'baseTotal',
            'paymentTerms',
            'paymentNote',
            'contractFile',
          ],
          ...needs('FU-03.1', 'FU-03.2', 'FU-03.3'),
        }),
      ],
      moves: [
        move('production', leads, { stamp: 'contractSignedAt', ...needs('FU-03.4') }),
        move('measurement', leads),
        move('closed', leads, needs('FU-09.2')),
      ],
    },

    production: {
      title: t('Производство', 'Production'),
      aim: t('Заказ изготовлен.', 'The goods are made.'),
      enter: {
        required: [
          'measuredAt',
          'decor',
          'finishing',
          'paymentTerms',
          'total',
          'contractFile',
          'contractSignedAt',
        ],
        ...needs('FU-03.4'),
      },
      work: [
        set('not-made', { producedAt: value(null) }),
        set(
          'due',
          { productionDueAt: inTime(setting('productionTime')) },
          { when: any(empty('productionDueAt'), is('cameFrom', 'rework')) },
        ),
        email('order-in-work', { when: isNot('cameFrom', 'rework') }),
        task('produce', {
          title: t('Изготовить заказ', 'Make the order'),
          who: role('furniture-production'),
          due: onDate('productionDueAt'),
          stamp: 'producedAt',
          late: [
            atDue(tell([responsible, role('furniture-executive')], 'production-late'), needs('FU-04.5')),
          ],
          ...needs('FU-04.1', 'FU-04.3'),
        }),
      ],
      moves: [
        move('shipment-prep', leads, needs('FU-04.4')),
        move('deal-conclusion', leads),
        move('closed', leads, needs('FU-09.2')),
      ],
    },

    'shipment-prep': {
      title: t('Подготовка к отгрузке', 'Preparation for shipment'),
      aim: t('Заказ упакован и проверен.', 'The goods are packed and checked.'),
      enter: { required: ['producedAt'] },
      work: [
        set('not-prepared', { preparedAt: value(null) }),
        task('prepare-shipment', {
          title: t('Подготовить к отгрузке', 'Prepare the shipment'),
          who: role('furniture-warehouse'),
          due: setting('prepareTime'),
          stamp: 'preparedAt',
          ...needs('FU-05.1', 'FU-05.2'),
        }),
      ],
      moves: [move('delivery', leads), move('production', leads), move('closed', leads, needs('FU-09.2'))],
    },

    delivery: {
      title: t('Доставка', 'Delivery'),
      aim: t('Заказ на объекте.', 'The goods are on site.'),
      enter: { required: ['preparedAt'] },
      work: [
        set('not-delivered', { deliveredAt: value(null) }),
        task('deliver', {
          title: t('Доставить заказ', 'Deliver the order'),
          who: person('deliveryAt'),
          due: onDate('deliveryAt', { else: setting('unbookedTime') }),
          stamp: 'deliveredAt',
          late: reminders('deliveryAt', 'delivery-tomorrow', 'delivery-today', ['FU-06.2'], ['FU-06.2']),
          ...needs('FU-06.1', 'FU-06.3'),
        }),
      ],
      moves: [
        move('installation', leads),
        move('shipment-prep', leads),
        move('closed', leads, needs('FU-09.2')),
      ],
    },

    installation: {
      title: t('Монтаж', 'Installation'),
      aim: t('Мебель собрана, двери стоят, фото загружены.', 'All is assembled, and photos prove it.'),
      enter: { required: ['deliveredAt'] },
      work: [
        set('not-installed', { installedAt: value(null) }),
        task('install', {
          title: t('Выполнить монтаж', 'Install'),
          who: person('installationAt'),
          due: onDate('installationAt', { else: setting('unbookedTime') }),
          guard: all(filled('installPhotos'), filled('installResult')),
          refusal: noResult,
          fields: ['installPhotos', 'installResult', 'installNotes'],
          stamp: 'installedAt',
          late: reminders(
            'installationAt',
            'installation-tomorrow',
            'installation-today',
            ['FU-07.2'],
            ['FU-07.2'],
          ),
          ...needs('FU-07.1', 'FU-07.4', 'FU-07.6', 'FU-07.8', 'FU-51.1', 'FU-51.2', 'FU-51.3'),
        }),
      ],
      moves: [
        move('closed', leads, { when: empty('cancelReason'), ...needs('FU-07.5') }),
        move('rework', leads, needs('FU-07.5')),
        move('delivery', leads),
      ],
    },

    rework: {
      title: t('Доработка', 'Rework'),
      aim: t(
        'Замечания устранены, новое фото загружено.',
        'The issues are mended, and a new photo shows it.',
      ),
      enter: {
        required: ['installedAt', 'reworkNotes'],
        conditions: [{ condition: filled('installPhotos'), refusal: noPhotos }],
        ...needs('FU-07.5'),
      },
      work: [
        set('not-reworked', { reworkedAt: value(null) }),
        set('next-round', { reworkRound: expression('reworkRound + 1') }, { when: filled('reworkRound') }),
        set('first-round', { reworkRound: value(1) }, { when: empty('reworkRound') }),
        task('rework', {
          title: t('Доработка', 'Rework'),
          who: person('reworkBy'),
          due: setting('reworkTime'),
          guard: isBelow('opened.reworkPhotoCount', 'reworkPhotoCount'),
          refusal: noNewPhoto,
          fields: ['reworkPhotos'],
          stamp: 'reworkedAt',
          ...needs('FU-08.1', 'FU-08.3'),
        }),
      ],
      moves: [
        move('closed', leads, { when: empty('cancelReason'), ...needs('FU-08.4') }),
        move('installation', leads, needs('FU-08.4')),
        move('production', leads, needs('FU-08.4')),
      ],
      ...needs('FU-08.2'),
    },

    closed: {
      title: t('Закрытие', 'Closing'),
      aim: t('Заказ закончен.', 'The order is over.'),
      outcome: 'won',
      outcomes: [{ when: filled('cancelReason'), outcome: 'lost' }],
      enter: {
        conditions: [
          {
            condition: any(
              filled('cancelReason'),
              all(
                filled('installPhotos'),
                filled('installedAt'),
                any(is('stage', 'installation'), all(is('stage', 'rework'), filled('reworkedAt'))),
              ),
            ),
            refusal: noReason,
          },
        ],
        ...needs('FU-07.5', 'FU-09.1', 'FU-09.2'),
      },
      moves: [move('rework', [executive])],
      editedBy: [executive],
      ...needs('FU-09.3'),
    },
  },
});
