import type { Pack } from '../../schemas/pack.ts';
import {
  field,
  filled,
  goto,
  move,
  pack,
  pipeline,
  responsible,
  setting,
  start,
  t,
  task,
  thread,
} from '../vocabulary/index.ts';

const title = t('Имя', 'Name');

/** A pack without findings, small enough to break in one place a test. */
export const example = (): Pack =>
  pack({
    id: 'example',
    title,
    company: 'Example',
    country: 'RU',
    zone: 'Europe/Moscow',
    currency: 'RUB',
    roles: [
      {
        id: 'manager',
        title,
        grants: [
          { entity: 'deal', actions: ['view', 'create', 'edit'] },
          { entity: 'ledger', actions: ['create'] },
        ],
      },
      { id: 'reader', title, grants: [{ entity: 'deal', actions: ['view'] }] },
    ],
    lastResort: ['manager'],
    pipelines: [
      pipeline({
        id: 'sales',
        kind: 'deal',
        title,
        prefix: 'S',
        start: 'quote',
        worth: 'amount',
        fields: {
          amount: field.money(title, 'RUB'),
          paid: field.total(title, 'RUB', ['payment']),
          answer: field.enumeration(title, { yes: title, no: title }),
          sentAt: field.date(title),
          seller: field.user(title),
          file: field.file(title),
        },
        stages: {
          quote: {
            title,
            aim: title,
            work: [
              task('send', {
                title,
                who: responsible,
                due: setting('time'),
                guard: filled('amount'),
                stamp: 'sentAt',
              }),
              start('after'),
            ],
            on: [
              thread('after', {
                title,
                work: [goto('contract', { id: 'answered', when: filled('answer') })],
              }),
            ],
            moves: [move('contract', ['responsible', 'system']), move('lost', ['responsible'])],
          },
          contract: {
            title,
            aim: title,
            moves: [move('won', ['responsible']), move('quote', ['responsible'])],
          },
          won: { title, aim: title, outcome: 'won', moves: [] },
          lost: { title, aim: title, outcome: 'lost', moves: [move('came-from', ['head'])] },
        },
      }),
    ],
    settings: {
      time: {
        type: 'duration',
        title,
        value: { unit: 'hours', amount: 2 },
        max: { unit: 'days', amount: 1 },
      },
      boss: { type: 'user', title },
    },
    messages: {
      late: { subject: t('{{number}}', '{{number}}'), body: t('{{task}} {{amount}}', '{{task}} {{amount}}') },
    },
    documents: [
      { id: 'quote', kind: 'quote', title, pipeline: 'sales', field: 'file', body: '{{today}} {{amount}}' },
    ],
    directories: [],
    desks: [{ kind: 'board', id: 'sales', title, roles: ['manager'], pipeline: 'sales' }],
    people: [{ id: 'ann', name: 'Ann', roles: ['manager'] }],
  });
