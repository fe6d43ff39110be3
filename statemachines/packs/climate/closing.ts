import {
  accrue,
  all,
  became,
  changed,
  empty,
  entry,
  filled,
  isNot,
  move,
  needs,
  notify,
  person,
  responsible,
  share,
  t,
  tell,
  thread,
  watch,
  watchers,
} from '../../vocabulary/index.ts';
import { bonusUnpaid, noContractFile, noTotal, notShipped } from './refusals.ts';
import { serviceOffer } from './service.ts';
import {
  accountant,
  headOfSales,
  headOfService,
  logist,
  management,
  managers,
  managersAndLogist,
} from './who.ts';

const paymentArrived = thread('payment-arrived', {
  title: t('Пришли деньги', 'Money came'),
  on: entry('payment'),
  work: [notify('tell-of-payment', tell([responsible, logist], 'payment-arrived'))],
  ...needs('CL-52.4', 'CL-07.7'),
});

/** Paperwork: invoice, contract, payment, the order in 1C. */
export const dealClosing = {
  title: t('Заключение сделки', 'Closing the deal'),
  aim: t('Документы оформлены, товар заказан.', 'The papers are done and the goods are ordered.'),
  work: [
    watch('logist-watches', logist, needs('CL-06.3')),
    notify('tell-logist', tell([logist], 'deal-closing'), {
      when: isNot('cameFrom', 'awaiting-shipment'),
      ...needs('CL-06.2'),
    }),
  ],
  on: [
    thread('payment-dated', {
      title: t('Оплата поступила', 'The payment has come'),
      on: changed('paymentReceivedAt'),
      when: filled('paymentReceivedAt'),
      work: [
        notify('tell-manager', tell([responsible], 'payment-dated'), needs('CL-06.9')),
        notify('order-goods', tell([logist], 'order-goods'), needs('CL-06.10')),
      ],
    }),
    paymentArrived,
  ],
  moves: [
    move('awaiting-shipment', managersAndLogist, needs('CL-06.13')),
    move('client-deciding', managers),
    move('on-hold', managers),
    move('refused', managers),
  ],
};

/** Goods are shipped, in parts where need be. */
export const awaitingShipment = {
  title: t('Ждет отгрузку', 'Awaiting shipment'),
  aim: t(
    'Отгрузить товар: логистика и бухгалтерия вместе.',
    'The goods are shipped; logistics and accounting together.',
  ),
  enter: {
    required: ['contractState' as const, 'dealTotalUsd' as const, 'order1cNumber' as const],
    conditions: [
      {
        condition: `${isNot('contractState', 'ready')} or ${filled('contractFile')}`,
        refusal: noContractFile,
      },
      { condition: `${empty('dealTotalUsd')} or dealTotalUsd > 0`, refusal: noTotal },
    ],
    unmet: 'rollback' as const,
    tell: tell([watchers, responsible], 'not-ready-to-ship'),
    ...needs('CL-07.1', 'CL-07.2', 'CL-07.3'),
  },
  on: [
    thread('part-shipped', {
      title: t('Отгружена часть', 'A part was shipped'),
      on: entry('shipment'),
      work: [notify('tell-of-shipment', tell([responsible], 'part-shipped'))],
      ...needs('CL-07.6'),
    }),
    paymentArrived,
    thread('serials-wanted', {
      title: t('Нужны серийные номера', 'Serial numbers are wanted'),
      on: became(all('shippedUsd > 0', 'shippedUsd >= receivedUsd', empty('serialNumbersFile'))),
      work: [notify('ask-for-serials', tell([logist, accountant, responsible], 'serials-wanted'))],
      ...needs('CL-07.8', 'CL-07.9', 'CL-53.2'),
    }),
  ],
  moves: [
    move('completed-success', managersAndLogist, needs('CL-07.10')),
    move('deal-closing', managersAndLogist),
  ],
};

/** All is shipped: bonuses, and what the warranty needs. */
export const completedSuccess = {
  title: t('Завершено успешно', 'Completed'),
  aim: t(
    'Рассчитаться с сотрудниками и заполнить данные гарантии.',
    'Employees have their bonuses and the data of the warranty are complete.',
  ),
  outcome: 'won' as const,
  enter: {
    conditions: [{ condition: '$exists(dealTotalUsd) and shippedUsd >= dealTotalUsd', refusal: notShipped }],
    ...needs('CL-08.1'),
  },
  work: [
    accrue(
      'grant-bonuses',
      'dealTotalUsd',
      [
        share(responsible, { setting: 'managerBonus' }, t('Менеджер', 'Manager')),
        share(headOfSales, { setting: 'headOfSalesBonus' }, t('Руководитель продаж', 'Head of sales')),
        share(logist, { setting: 'logistBonus' }, t('Логист', 'Logist')),
        share(person('firstDesigner'), { setting: 'designerBonus' }, t('Проектировщик', 'Designer')),
      ],
      needs('CL-08.2'),
    ),
    notify('serials-missing', tell([logist, headOfSales], 'serials-missing'), {
      when: all(empty('serialNumbersFile'), isNot('cameFrom', 'archive')),
      ...needs('CL-08.6', 'CL-08.7'),
    }),
  ],
  offers: [serviceOffer],
  moves: [move('archive', managersAndLogist), move('awaiting-shipment', managersAndLogist)],
};

/** Finished deals, closed to all but management. */
export const archive = {
  title: t('Архив/Завершено', 'Archive'),
  aim: t('Хранить завершённые сделки без изменений.', 'Finished deals are kept as they are.'),
  outcome: 'won' as const,
  shelved: true as const,
  enter: {
    required: ['warrantyStart' as const, 'warrantyMonths' as const, 'serialNumbersFile' as const],
    unmet: 'rollback' as const,
    tell: [
      {
        ...tell([responsible, headOfSales, headOfService], 'warranty-missing'),
        when: `${empty('warrantyStart')} or ${empty('warrantyMonths')}`,
      },
      { ...tell([logist, headOfSales], 'serials-missing'), when: empty('serialNumbersFile') },
    ],
    warn: [{ condition: 'bonusUnpaid = 0', refusal: bonusUnpaid }],
    ...needs('CL-08.4', 'CL-08.5', 'CL-08.8'),
  },
  offers: [serviceOffer],
  moves: [move('completed-success', management)],
  editedBy: management,
  ...needs('CL-09.1', 'CL-09.2'),
};
