import {
  approval,
  field,
  filled,
  goto,
  initiator,
  move,
  needs,
  notify,
  pipeline,
  responsible,
  setting,
  t,
  task,
  tell,
} from '../../vocabulary/index.ts';
import { contractApprover } from './who.ts';

/** A non-standard contract, drafted and decided about in as many rounds as it takes. */
export const contractApproval = pipeline({
  id: 'contract-approval',
  kind: 'request',
  title: t('Согласование договора', 'Contract approval'),
  prefix: 'CA',
  start: 'agreement',
  worth: 'dealTotal',
  ...needs('IN-C-01.10'),
  fields: {
    company: field.company(t('Компания', 'Company')),
    dealTotal: field.money(t('Сумма сделки', 'Deal total'), 'RUB'),
    contractDraft: field.file(t('Проект договора', 'Contract draft')),
  },
  stages: {
    agreement: {
      title: t('Согласование', 'Agreement'),
      aim: t('Утверждающий согласен с договором.', 'The approver agrees to the contract.'),
      work: [
        task('draft-contract', {
          title: t('Оформить нестандартный договор', 'Draft the non-standard contract'),
          who: responsible,
          due: setting('draftContractTime'),
          guard: filled('contractDraft'),
          refusal: t('Приложите файл в «Проект договора».', 'Attach a file as “Contract draft”.'),
          fields: ['contractDraft'],
          ...needs('IN-C-01.2', 'IN-C-01.3'),
        }),
        approval('approve-contract', {
          title: t('Утвердить договор', 'Approve the contract'),
          who: contractApprover,
          due: setting('approvalTime'),
          fields: ['company', 'dealTotal', 'contractDraft'],
          rework: task('fix-contract', {
            title: t('Устранить замечания к договору', 'Mend the contract'),
            who: responsible,
            due: setting('fixContractTime'),
            fields: ['contractDraft'],
            ...needs('IN-C-01.6', 'IN-C-01.7'),
          }),
          ...needs('IN-C-01.4', 'IN-C-01.5', 'IN-C-01.7', 'IN-C-01.9'),
        }),
        notify('tell-initiator', tell([initiator], 'contract-approved'), needs('IN-C-01.8')),
        goto('approved', needs('IN-C-01.8')),
      ],
      moves: [move('approved', ['system']), move('withdrawn', ['initiator'])],
      ...needs('IN-C-01.1'),
    },
    approved: {
      title: t('Договор утверждён', 'Contract approved'),
      aim: t('Утверждённый договор возвращён в сделку.', 'The approved contract is back in the deal.'),
      outcome: 'done',
      moves: [],
    },
    withdrawn: {
      title: t('Отозвано', 'Withdrawn'),
      aim: t('Согласование больше не нужно.', 'The approval is no longer wanted.'),
      outcome: 'done',
      moves: [],
    },
  },
});
