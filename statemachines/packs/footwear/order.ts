import {
  any,
  goto,
  is,
  move,
  needs,
  pipeline,
  responsible,
  setting,
  t,
  task,
  tell,
} from '../../vocabulary/index.ts';
import { additionalPayment } from './additional-payment.ts';
import { advanceCheck } from './advance-check.ts';
import { archive } from './archive.ts';
import { fields } from './fields.ts';
import { finalCheck } from './final-check.ts';
import { inTransit } from './in-transit.ts';
import { readyToShip } from './ready-to-ship.ts';
import { returned } from './return.ts';
import { tracking } from './tracking.ts';
import { heads, managers, production, workers } from './who.ts';

/** An order: from the first message of a client to the archive, and back to work when the client writes again. */
export const order = pipeline({
  id: 'footwear-order',
  kind: 'deal',
  title: t('Заказ', 'Order', 'Comandă'),
  prefix: 'FW',
  start: 'new-request',
  worth: 'orderTotal',
  tracking,
  assignedBy: heads,
  ...needs(
    'FW-00.5',
    'FW-00.8',
    'FW-00.9',
    'FW-00.10',
    'FW-00.11',
    'FW-00.12',
    'FW-01.4',
    'FW-02.3',
    'FW-08.4',
  ),
  audited: ['orderTotal', 'paidTotal', 'remaining'],
  settled: { kinds: ['payment'], by: [{ role: 'footwear-accountant' }] },
  conversation: {
    client: 'client',
    channel: 'channel',
    urgent: 'urgent',
    reopens: 'negotiation',
    tell: tell([responsible], 'client-wrote'),
    unclaimed: tell([managers], 'client-wrote-unclaimed'),
    refused: 'answer-refused',
    answeredBy: workers,
    quickReplies: 'quick-replies',
    ...needs(
      'FW-00.1',
      'FW-00.2',
      'FW-00.4',
      'FW-00.6',
      'FW-00.7',
      'FW-01.1',
      'FW-02.2',
      'FW-10.1',
      'FW-10.2',
      'FW-11.1',
      'FW-50.1',
      'FW-50.2',
      'FW-50.3',
      'FW-50.4',
      'FW-50.5',
      'FW-50.6',
      'FW-51.1',
      'FW-51.2',
      'FW-51.3',
      'FW-51.4',
      'FW-80.1',
      'FW-80.2',
    ),
  },
  informs: { handed: 'handed-over' },
  stock: {
    items: 'items',
    article: ['model', 'size', 'colour'],
    quantity: 'qty',
    from: 'fromStock',
    sent: 'sent',
    back: 'returned',
    reserved: any(
      is('stage', 'advance-check'),
      is('stage', 'production'),
      is('stage', 'ready-to-ship'),
      is('stage', 'additional-payment'),
      is('stage', 'return'),
    ),
    gone: is('stage', 'in-transit'),
    ...needs('FW-02.5', 'FW-52.1', 'FW-52.2', 'FW-70.7'),
  },
  fields,
  stages: {
    'new-request': {
      title: t('Новое обращение', 'New request', 'Cerere nouă'),
      aim: t(
        'Кто-то из менеджеров берёт обращение.',
        'A manager takes the request.',
        'Un manager preia cererea.',
      ),
      enter: { release: true },
      moves: [move('negotiation', ['anyone'], needs('FW-01.2', 'FW-01.3'))],
    },
    negotiation: {
      title: t('Переговоры', 'Negotiation', 'Negocieri'),
      aim: t(
        'Согласованы модель, размер, цена и аванс.',
        'Model, size, price and advance are agreed.',
        'Sunt stabilite modelul, mărimea, prețul și avansul.',
      ),
      enter: { take: 'free', ...needs('FW-01.2') },
      editedBy: workers,
      moves: [
        move('advance-check', workers, needs('FW-02.4')),
        move('refused', workers, needs('FW-02.6')),
        move('new-request', heads),
      ],
      ...needs('FW-02.1'),
    },
    'advance-check': advanceCheck,
    production: {
      title: t('В производстве', 'In production', 'În producere'),
      aim: t('Обувь сделана.', 'The shoes are made.', 'Încălțămintea este gata.'),
      enter: {
        conditions: [
          {
            condition: 'paidTotal > 0',
            refusal: t('Аванс не подтверждён', 'The advance is not confirmed', 'Avansul nu este confirmat'),
          },
        ],
      },
      work: [
        task('make-shoes', {
          title: t('Изготовить обувь', 'Make the shoes', 'Produce încălțămintea'),
          who: production,
          due: setting('productionTime'),
          fields: ['items', 'productPhoto'],
          ...needs('FW-04.1'),
        }),
        goto('ready-to-ship', needs('FW-04.2')),
      ],
      editedBy: [...workers, { role: 'footwear-production' }],
      moves: [move('ready-to-ship', ['system'])],
    },
    'ready-to-ship': readyToShip,
    'additional-payment': additionalPayment,
    'in-transit': inTransit,
    return: returned,
    'final-check': finalCheck,
    archive,
    refused: {
      title: t('Отказ', 'Refused', 'Refuz'),
      aim: t(
        'Клиент не купил; причина известна.',
        'The client did not buy, and the reason is known.',
        'Clientul nu a cumpărat, motivul este cunoscut.',
      ),
      outcome: 'lost',
      enter: { required: ['refusalReason'], ...needs('FW-02.6') },
      moves: [move('negotiation', ['system', ...heads], needs('FW-11.1'))],
    },
  },
});
