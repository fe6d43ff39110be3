import type { Pack } from '../../../schemas/pack.ts';
import type { Grant, Scope } from '../../../schemas/people.ts';
import { keep, may, t } from '../../vocabulary/index.ts';

type Role = Pack['roles'][number];

const money = ['dealTotal', 'paidTotal', 'debt', 'items', 'quoteFile', 'invoiceFile', 'contractDraft'];
const cards: Grant[] = [
  may(keep, 'company'),
  may(keep, 'contact'),
  may(['view'], 'product'),
  may(['view'], 'directory'),
];
const requests: Grant[] = [
  may(keep, 'deal', { pipeline: 'contract-approval', scope: 'own' }),
  may(keep, 'deal', { pipeline: 'trip-approval', scope: 'own' }),
];

/**
 * Work on deals, as far as the scope goes. On requests it is seen and set, not done: whoever a decision is put to decides,
 * and nobody who may change a request decides about it for them.
 */
const workOnDeals = (scope: Scope): Grant[] => [
  may(keep, 'task', { pipeline: 'goods', scope }),
  may(keep, 'task', { pipeline: 'services', scope }),
  may(['view', 'create'], 'task', { scope }),
];

/** The roles an administrator starts from. */
export const roles: Role[] = [
  {
    id: 'manager',
    title: t('Ответственный', 'Sales manager'),
    grants: [
      may(keep, 'deal', { pipeline: 'goods', scope: 'own' }),
      may(keep, 'deal', { pipeline: 'services', scope: 'own' }),
      ...requests,
      ...workOnDeals('own'),
      may(['view', 'create'], 'ledger', { scope: 'own' }),
      may(['view', 'create'], 'payment', { scope: 'own' }),
      may(['view'], 'report', { scope: 'own' }),
      may(['view'], 'users'),
      ...cards,
    ],
    hides: [],
    override: false,
    help: t(
      'Берите обращения из «Не обработан», закрывайте задачи в срок и ведите сделку по стадиям. Даты обратной связи заполняйте сами: по ним ставятся следующие задачи.',
      'Take requests from “Unprocessed”, close tasks in time and move the deal from stage to stage. Fill the feedback dates yourself: the next tasks are set by them.',
    ),
  },
  {
    id: 'head',
    title: t('Руководитель', 'Head'),
    grants: [
      may(keep, 'deal', { scope: 'subordinates' }),
      ...workOnDeals('subordinates'),
      may(['view', 'create'], 'ledger', { scope: 'subordinates' }),
      may(['view', 'create'], 'payment', { scope: 'subordinates' }),
      may(['view'], 'report', { scope: 'subordinates' }),
      may(['view', 'edit'], 'outbox', { scope: 'subordinates' }),
      may(['view'], 'users'),
      ...cards,
    ],
    hides: [],
    override: true,
    help: t(
      'Следите за просроченным и за сводкой дня. Вернуть сделку из «Сделка успешна» и «Сделка провалена» можете только вы.',
      'Watch what is late and the digest of the day. Only you can bring a deal back from “Deal won” and “Deal lost”.',
    ),
  },
  {
    id: 'product-manager',
    title: t('Продакт', 'Product manager'),
    grants: [
      may(['view'], 'deal', { pipeline: 'goods' }),
      may(['view'], 'task', { pipeline: 'goods' }),
      may(keep, 'product'),
      may(['view'], 'directory'),
    ],
    hides: ['dealTotal', 'paidTotal', 'debt'],
    override: false,
    help: t(
      'Вам приходит сообщение, когда товар не опознан в срок: подскажите ответственному.',
      'You are told when goods are not identified in time: help the responsible.',
    ),
  },
  {
    id: 'work-executor',
    title: t('Исполнитель работ', 'Work executor'),
    grants: [
      may(['view', 'edit'], 'deal', { pipeline: 'services', scope: { field: 'workExecutor' } }),
      may(keep, 'deal', { pipeline: 'trip-approval', scope: 'own' }),
      may(['view', 'create'], 'task', { scope: 'own' }),
      may(['view'], 'company'),
      may(['view'], 'contact'),
    ],
    hides: money,
    override: false,
    help: t(
      'За два часа до готовности объекта придёт сообщение и письмо. Командировку согласуйте из сделки.',
      'Two hours before the site is ready a message and a letter come to you. Have trips approved from the deal.',
    ),
  },
  {
    id: 'contract-approver',
    title: t('Утверждающий договор', 'Contract approver'),
    grants: [
      may(['view', 'edit'], 'deal', { pipeline: 'contract-approval' }),
      may(['view'], 'deal', { pipeline: 'goods' }),
      may(['view'], 'deal', { pipeline: 'services' }),
      may(['view'], 'task', { scope: 'own' }),
      may(['view'], 'company'),
    ],
    hides: [],
    override: false,
    help: t(
      'Решения ждут вас на столе «Согласования». Отклоняя договор, напишите, что исправить.',
      'Decisions wait for you on the desk “Approvals”. When you reject a contract, write what to mend.',
    ),
  },
  {
    id: 'trip-approver',
    title: t('Утверждающий командировку', 'Trip approver'),
    grants: [
      may(['view', 'edit'], 'deal', { pipeline: 'trip-approval' }),
      may(['view'], 'task', { scope: 'own' }),
    ],
    hides: [],
    override: false,
    help: t(
      'Решения ждут вас на столе «Согласования». Отказывая, напишите причину.',
      'Decisions wait for you on the desk “Approvals”. When you refuse, write the reason.',
    ),
  },
  {
    id: 'accountant',
    title: t('Бухгалтер', 'Accountant'),
    grants: [
      may(['view'], 'deal'),
      may(keep, 'ledger'),
      may(keep, 'payment'),
      may(['view', 'create'], 'task', { scope: 'own' }),
      may(['view'], 'report'),
      may(['view'], 'company'),
      may(['view'], 'contact'),
    ],
    hides: [],
    override: false,
    help: t(
      'Вносите оплаты в карточке сделки; сумма и долг пересчитаются сами. Деньги на командировки выдавайте по задачам.',
      'Enter payments in the card of the deal; totals and debt follow by themselves. Hand out trip money by tasks.',
    ),
  },
  {
    id: 'executive',
    title: t('Руководство', 'Executive'),
    grants: [
      may(keep, 'deal'),
      may(keep, 'task'),
      may(['view'], 'ledger'),
      may(['view'], 'payment'),
      may(['view'], 'report'),
      may(['view', 'edit'], 'outbox'),
      may(['view'], 'settings'),
      may(['view'], 'users'),
      ...cards,
    ],
    hides: [],
    override: true,
    help: t(
      'Отчёты об оплатах, подписании, документах и долгах собраны в разделе отчётов.',
      'Reports on payments, signing, documents and debts are in the reports section.',
    ),
  },
  {
    id: 'admin',
    title: t('Администратор', 'Administrator'),
    grants: (
      [
        'deal',
        'task',
        'ledger',
        'payment',
        'company',
        'contact',
        'product',
        'directory',
        'report',
        'settings',
        'users',
        'outbox',
        'events',
      ] as const
    ).map((entity) => may([...keep, 'delete'], entity)),
    hides: [],
    override: true,
    help: t(
      'Роли, права, сроки, тексты и справочники меняются в настройках; каждое изменение видно в журнале.',
      'Roles, rights, times, texts and directories are changed in the settings; each change is in the log.',
    ),
  },
];
