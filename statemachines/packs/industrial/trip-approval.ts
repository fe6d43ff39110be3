import {
  all,
  approval,
  choose,
  field,
  filled,
  goto,
  initiator,
  is,
  move,
  needs,
  notify,
  pipeline,
  role,
  setting,
  t,
  task,
  tell,
  when,
} from '../../vocabulary/index.ts';
import { tripApprover } from './who.ts';

/** A business trip: its data, one decision, the money. A refusal ends it. */
export const tripApproval = pipeline({
  id: 'trip-approval',
  kind: 'request',
  title: t('Согласование командировки', 'Business trip approval'),
  prefix: 'TA',
  start: 'agreement',
  worth: 'amount',
  ...needs('IN-T-01.8'),
  fields: {
    company: field.company(t('Компания', 'Company')),
    traveller: field.user(t('Кто едет', 'Traveller')),
    place: field.text(t('Место', 'Place'), { max: 200 }),
    from: field.date(t('Дата начала', 'From')),
    to: field.date(t('Дата окончания', 'To')),
    purpose: field.text(t('Цель', 'Purpose')),
    amount: field.money(t('Сумма', 'Amount'), 'RUB'),
  },
  stages: {
    agreement: {
      title: t('Согласование', 'Agreement'),
      aim: t('О командировке принято решение.', 'There is a decision about the trip.'),
      work: [
        task('fill-trip-data', {
          title: t('Заполнить данные о командировке', 'Fill the trip data'),
          who: initiator,
          due: setting('tripDataTime'),
          guard: all(
            filled('traveller'),
            filled('place'),
            filled('from'),
            filled('to'),
            filled('purpose'),
            filled('amount'),
          ),
          refusal: t(
            'Заполните, кто едет, куда, с какого по какое число, зачем и сколько нужно денег.',
            'Fill who goes, where, from and to when, what for and how much money is needed.',
          ),
          fields: ['traveller', 'place', 'from', 'to', 'purpose', 'amount'],
          ...needs('IN-T-01.2'),
        }),
        approval('approve-trip', {
          title: t('Утвердить командировку', 'Approve the trip'),
          who: tripApprover,
          due: setting('approvalTime'),
          fields: ['traveller', 'place', 'from', 'to', 'purpose', 'amount'],
          ...needs('IN-T-01.3', 'IN-T-01.4', 'IN-T-01.8'),
        }),
        choose(
          'by-decision',
          [
            when(
              is('decision', 'approved'),
              notify('tell-approved', tell([initiator], 'trip-approved'), needs('IN-T-01.7')),
              goto('approved'),
            ),
          ],
          {
            otherwise: [
              notify('tell-refused', tell([initiator], 'trip-refused'), needs('IN-T-01.5')),
              goto('refused', needs('IN-T-01.5')),
            ],
          },
        ),
      ],
      moves: [move('approved', ['system']), move('refused', ['system']), move('withdrawn', ['initiator'])],
      ...needs('IN-T-01.1'),
    },
    approved: {
      title: t('Командировка согласована', 'Trip approved'),
      aim: t('Деньги на командировку выданы.', 'The money for the trip is handed out.'),
      outcome: 'done',
      work: [
        task('issue-trip-cash', {
          title: t('Выдать ДС для командировки', 'Hand out the trip money'),
          who: role('accountant'),
          due: setting('tripCashTime'),
          ...needs('IN-T-01.6'),
        }),
        notify('tell-issued', tell([initiator], 'trip-cash-issued'), needs('IN-T-01.7')),
      ],
      moves: [],
    },
    refused: {
      title: t('Командировка не согласована', 'Trip refused'),
      aim: t('Причина отказа известна инициатору.', 'The initiator knows the reason.'),
      outcome: 'lost',
      moves: [],
    },
    withdrawn: {
      title: t('Отозвано', 'Withdrawn'),
      aim: t('Командировка больше не нужна.', 'The trip is no longer wanted.'),
      outcome: 'lost',
      moves: [],
    },
  },
});
