import {
  anyWith,
  atDue,
  choose,
  empty,
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
  role,
  set,
  setting,
  t,
  task,
  tell,
  value,
  when,
} from '../../vocabulary/index.ts';

/** What an invoice is for; approvers may be for some kinds only. */
export const invoiceTypes = {
  purchase: t('Закупка', 'Purchase'),
  services: t('Услуги', 'Services'),
  logistics: t('Логистика', 'Logistics'),
};

const form = ['invoiceType', 'invoiceNumber', 'amount', 'payee', 'invoiceFiles'] as const;

/** The form of an invoice to pay: decided about one after another, then paid. */
export const invoices = pipeline({
  id: 'coffee-invoices',
  kind: 'request',
  title: t('Согласование счета на оплату', 'Invoice approval'),
  prefix: 'CI',
  start: 'approval',
  worth: 'amount',
  ...needs('CO-52.12', 'CO-00.6'),
  fields: {
    company: field.company(t('Компания', 'Company')),
    invoiceType: field.enumeration(t('Тип счета', 'Type of invoice'), invoiceTypes),
    invoiceNumber: field.text(t('Номер счета', 'Invoice number'), { max: 60, search: true }),
    amount: field.money(t('Сумма счета', 'Invoice amount'), 'RUB'),
    payee: field.text(t('Получатель', 'Payee'), { max: 200 }),
    invoiceFiles: field.files(t('Файлы', 'Files')),
    extraApprovers: field.users(t('Дополнительные согласующие', 'Further approvers')),
    approvalOrder: field.users(t('Порядок согласования', 'Order of approval')),
    approver: field.user(t('Кто решает сейчас', 'Who decides now'), { system: true }),
    paidAt: field.date(t('Оплачен', 'Paid'), { system: true }),
    isApproved: field.boolean(t('Согласован', 'Approved'), { system: true }),
  },
  checks: [
    {
      id: 'nothing-changes-under-approval',
      on: ['company', 'invoiceType', 'invoiceNumber', 'amount', 'payee', 'extraApprovers', 'approvalOrder'],
      condition: empty('approver'),
      refusal: t(
        'Счёт на согласовании: отзовите его или дождитесь решения',
        'The invoice is being decided about: withdraw it, or wait for the decision',
      ),
      unmet: 'refuse',
      ...needs('CO-52.9'),
    },
  ],
  stages: {
    approval: {
      title: t('На согласовании', 'Being decided about'),
      aim: t('О счёте принято решение.', 'There is a decision about the invoice.'),
      enter: {
        required: ['invoiceType', 'invoiceNumber', 'amount'],
        ...needs('CO-52.1'),
      },
      work: [
        queue('approve-invoice', {
          title: t('Согласовать счет', 'Decide about the invoice'),
          limits: 'coffee-invoice-limits',
          figure: 'amount',
          kind: 'invoiceType',
          extra: 'extraApprovers',
          order: 'approvalOrder',
          asks: 'approver',
          due: setting('approvalStepTime'),
          late: [atDue(tell([person('approver')], 'coffee-invoice-waits'))],
          fields: form,
          ...needs(
            'CO-52.2',
            'CO-52.3',
            'CO-52.4',
            'CO-52.5',
            'CO-52.6',
            'CO-52.7',
            'CO-52.8',
            'CO-52.9',
            'CO-52.13',
          ),
        }),
        set('nobody-is-asked', { approver: value(null) }),
        choose(
          'by-decision',
          [
            when(
              is('decision', 'approved'),
              set('it-is-approved', { isApproved: value(true) }),
              notify('tell-approved', tell([initiator], 'coffee-invoice-approved')),
              goto('approved'),
            ),
          ],
          {
            otherwise: [
              notify('tell-rejected', tell([initiator], 'coffee-invoice-rejected'), needs('CO-52.10')),
              goto('returned', needs('CO-52.10')),
            ],
          },
        ),
      ],
      moves: [
        move('approved', ['system']),
        move('returned', ['system']),
        move('withdrawn', ['initiator', anyWith('coffee-admin')]),
      ],
    },
    returned: {
      title: t('Возвращён автору', 'Returned to the author'),
      aim: t(
        'Автор исправил счёт или отказался от него.',
        'The author has mended the invoice, or given it up.',
      ),
      moves: [
        move('approval', ['initiator', 'responsible'], needs('CO-52.10')),
        move('withdrawn', ['initiator', anyWith('coffee-admin')]),
      ],
    },
    approved: {
      title: t('К оплате', 'To pay'),
      aim: t('Счёт оплачен.', 'The invoice is paid.'),
      outcome: 'done',
      work: [
        task('pay-invoice', {
          title: t('Оплатить счет', 'Pay the invoice'),
          who: role('coffee-accountant'),
          due: setting('payInvoiceTime'),
          stamp: 'paidAt',
          ...needs('CO-52.11'),
        }),
      ],
      moves: [],
    },
    withdrawn: {
      title: t('Отозван', 'Withdrawn'),
      aim: t('Счёт больше не нужен.', 'The invoice is no longer wanted.'),
      outcome: 'lost',
      moves: [],
    },
  },
});
