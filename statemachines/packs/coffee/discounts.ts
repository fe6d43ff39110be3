import {
  any,
  anyWith,
  assign,
  atDue,
  choose,
  empty,
  expression,
  field,
  goto,
  initiator,
  is,
  move,
  needs,
  notify,
  person,
  pipeline,
  queue,
  rate,
  set,
  setting,
  t,
  tell,
  value,
  when,
} from '../../vocabulary/index.ts';
import { brands } from './brands.ts';
import { discounts as section } from './cards.ts';

const asked = ['company', 'brand', 'currentRate', 'requestedRate', 'justification', 'attachments'] as const;

/** Another discount for a company: asked for from a deal or from the company, decided by as many as its size needs. */
export const discounts = pipeline({
  id: 'coffee-discounts',
  kind: 'request',
  title: t('Согласование скидки', 'Discount approval'),
  prefix: 'CD',
  start: 'approval',
  ...needs('CO-51.9', 'CO-70.1'),
  fields: {
    company: field.company(t('Компания', 'Company')),
    brand: field.enumeration(t('Бренд', 'Brand'), brands),
    discounts: section,
    currentRate: field.number(t('Скидка сейчас, %', 'Discount now, %'), { system: true }),
    presentRate: field.computed(
      t('Скидка по справочнику, %', 'Discount by the directory, %'),
      '$lookup(discounts, brand)',
    ),
    requestedRate: field.number(t('Запрошенная скидка, %', 'Discount asked for, %')),
    justification: field.text(t('Обоснование', 'Justification')),
    attachments: field.files(t('Файлы', 'Files')),
    approver: field.user(t('Кто решает сейчас', 'Who decides now'), { system: true }),
  },
  checks: [
    {
      id: 'a-percentage',
      on: ['requestedRate'],
      condition: any(empty('requestedRate'), 'requestedRate >= 0 and requestedRate <= 100'),
      refusal: t('Скидка — от 0 до 100 процентов', 'A discount is 0 to 100 per cent'),
      unmet: 'refuse',
      ...needs('CO-51.4'),
    },
    {
      id: 'nothing-changes-under-approval',
      on: ['company', 'brand', 'requestedRate', 'justification'],
      condition: empty('approver'),
      refusal: t(
        'Запрос на согласовании: отзовите его или дождитесь решения',
        'The request is being decided about: withdraw it, or wait for the decision',
      ),
      unmet: 'refuse',
      ...needs('CO-51.6'),
    },
  ],
  stages: {
    approval: {
      title: t('На согласовании', 'Being decided about'),
      aim: t('О скидке принято решение.', 'There is a decision about the discount.'),
      enter: {
        required: ['company', 'brand', 'requestedRate', 'justification'],
        ...needs('CO-51.4'),
      },
      work: [
        assign('the-author-has-it', initiator, 'responsible', { when: empty('responsible') }),
        set('what-it-is-now', { currentRate: expression('presentRate') }, needs('CO-51.9')),
        queue('approve-discount', {
          title: t('Согласовать скидку', 'Decide about the discount'),
          limits: 'coffee-discount-limits',
          figure: 'requestedRate',
          asks: 'approver',
          due: setting('approvalStepTime'),
          late: [atDue(tell([person('approver')], 'coffee-discount-waits'))],
          fields: asked,
          ...needs('CO-51.5', 'CO-51.6'),
        }),
        set('nobody-is-asked', { approver: value(null) }),
        choose(
          'by-decision',
          [
            when(
              is('decision', 'approved'),
              rate('keep-the-discount', {
                directory: 'coffee-brands',
                entry: 'brand',
                rate: 'requestedRate',
                ...needs('CO-51.7'),
              }),
              notify('tell-approved', tell([initiator], 'coffee-discount-approved'), needs('CO-51.7')),
              goto('approved'),
            ),
          ],
          {
            otherwise: [
              notify('tell-rejected', tell([initiator], 'coffee-discount-rejected'), needs('CO-51.8')),
              goto('rejected', needs('CO-51.8')),
            ],
          },
        ),
      ],
      moves: [
        move('approved', ['system']),
        move('rejected', ['system']),
        move('withdrawn', ['initiator', anyWith('coffee-admin')]),
      ],
    },
    approved: {
      title: t('Скидка согласована', 'Discount approved'),
      aim: t('Скидка действует для компании.', 'The discount holds for the company.'),
      outcome: 'done',
      moves: [],
    },
    rejected: {
      title: t('Скидка отклонена', 'Discount rejected'),
      aim: t('Автор знает причину.', 'The author knows the reason.'),
      outcome: 'lost',
      moves: [],
    },
    withdrawn: {
      title: t('Отозвано', 'Withdrawn'),
      aim: t('Скидка больше не нужна.', 'The discount is no longer wanted.'),
      outcome: 'lost',
      moves: [],
    },
  },
});
