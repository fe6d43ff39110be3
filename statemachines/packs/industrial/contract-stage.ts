import {
  atDue,
  changed,
  filled,
  goto,
  is,
  move,
  needs,
  offer,
  onDate,
  responsible,
  setting,
  start,
  t,
  task,
  tell,
  thread,
} from '../../vocabulary/index.ts';
import { noDate } from './refusals.ts';

/**
 * The contract of either pipeline: agreed, signed, or not needed.
 *
 * @param next - where the deal goes from here
 * @param section - what its requirements' ids begin with, `IN-G-04`
 */
export const contractStage = <const Next extends string>(next: Next, section: string) => {
  const meets = (first: number, ...more: number[]) =>
    needs(`${section}.${first}`, ...more.map((number) => `${section}.${number}`));
  return {
    title: t('Договор', 'Contract'),
    aim: t('Согласовать и подписать договор.', 'The contract is agreed and signed.'),
    work: [
      goto(next, { when: is('contractNeeded', 'no'), ...meets(1) }),
      task('send-contract', {
        title: t('Сформировать и отправить Договор', 'Make and send the contract'),
        who: responsible,
        due: setting('sendContractTime'),
        fields: ['contractDraft'],
        stamp: 'contractSentAt',
        ...meets(2),
      }),
      task('fill-contract-feedback-date', {
        title: t('Заполнить дату обратной связи по Договору', 'Fill the contract feedback date'),
        who: responsible,
        due: setting('fillDateTime'),
        closeWhen: filled('contractFeedbackDate'),
        refusal: noDate,
        fields: ['contractFeedbackDate'],
        ...meets(3, 4, 5),
      }),
      start('contract-feedback', meets(6)),
    ],
    on: [
      thread('contract-feedback', {
        title: t('Обратная связь по договору', 'Contract feedback'),
        on: changed('contractFeedbackDate'),
        when: filled('contractFeedbackDate'),
        work: [
          task('get-contract-feedback', {
            title: t('Получить обратную связь по договору', 'Get feedback on the contract'),
            who: responsible,
            due: onDate('contractFeedbackDate'),
            fields: ['contractSignedAt'],
            late: [atDue(tell([responsible], 'contract-feedback-due'), meets(7))],
            ...meets(6, 8),
          }),
        ],
        ...meets(8, 9),
      }),
      thread('no-contract', {
        title: t('Договор не нужен', 'No contract after all'),
        on: changed('contractNeeded'),
        when: is('contractNeeded', 'no'),
        work: [goto(next, { id: `to-${next}-after-all`, ...meets(10) })],
      }),
    ],
    offers: [
      offer('contract-approval', {
        title: t('Согласовать нестандартный договор', 'Have a non-standard contract approved'),
        by: ['responsible'],
        single: true,
        down: { company: 'company', dealTotal: 'dealTotal', contractDraft: 'contractDraft' },
        back: { contractDraft: 'contractDraft' },
        ...meets(11),
      }),
    ],
    moves: [
      move(next, ['responsible', 'system']),
      move('invoice-quote', ['responsible']),
      move('lost', ['responsible']),
    ],
  } as const;
};
