import type { Pack } from '../../../schemas/pack.ts';
import type { Grant } from '../../../schemas/people.ts';
import { keep, may, t } from '../../vocabulary/index.ts';

type Role = Pack['roles'][number];

const cards: Grant[] = [
  may(keep, 'company'),
  may(keep, 'contact'),
  may(['view'], 'product'),
  may(['view'], 'directory'),
  may(['view'], 'users'),
];

/** What heads and directors of every kind see; what they do on it is put to them by name. */
const everything: Grant[] = [
  may(['view'], 'deal'),
  may(['view', 'create'], 'task'),
  may(['view'], 'ledger'),
  may(['view'], 'payment', { pipeline: 'coffee-deals' }),
  may(['view'], 'report'),
  may(['view', 'edit'], 'outbox'),
  ...cards,
];

/** The roles an administrator starts from. */
export const roles: Role[] = [
  {
    id: 'coffee-manager',
    title: t('Менеджер', 'Manager'),
    grants: [
      may(keep, 'deal', { scope: 'own' }),
      may(['view'], 'deal', { pipeline: 'coffee-invoices', scope: { field: 'extraApprovers' } }),
      may(keep, 'task', { pipeline: 'coffee-deals', scope: 'own' }),
      may(['view', 'create'], 'task', { scope: 'own' }),
      may(['view'], 'ledger', { scope: 'own' }),
      may(['view', 'create'], 'payment', { pipeline: 'coffee-deals', scope: 'own' }),
      may(['view'], 'report', { scope: 'own' }),
      ...cards,
    ],
    hides: [],
    override: false,
    help: t(
      'Заявку обработайте в течение рабочего дня. Скидку не правьте в карточке: справочник её вернёт; запросите согласование с обоснованием. Счёт заполняйте из сделки, она пойдёт дальше сама.',
      'Process a lead within a working day. Do not edit a discount on the card, the directory restores it; ask for an approval and say why. Fill in invoices from the deal, which goes on by itself.',
    ),
  },
  {
    id: 'coffee-client-head',
    title: t('Руководитель клиентского отдела', 'Head of the client department'),
    grants: [
      ...everything,
      may(keep, 'deal', { pipeline: 'coffee-leads' }),
      may(keep, 'deal', { pipeline: 'coffee-deals', scope: 'subordinates' }),
    ],
    hides: [],
    override: false,
    help: t(
      'Назначайте ответственного по каждой заявке в день обращения. Если менеджер не успел, напомните ему, назначьте другого или обработайте заявку сами.',
      'Name a manager for every lead on the day it comes. If the manager is late, remind them, name another, or process the lead yourself.',
    ),
  },
  {
    id: 'coffee-dept-head',
    title: t('Руководитель подразделения', 'Head of department'),
    grants: [
      may(keep, 'deal', { pipeline: 'coffee-deals', scope: 'subordinates' }),
      may(keep, 'deal', { pipeline: 'coffee-discounts', scope: 'own' }),
      may(keep, 'deal', { pipeline: 'coffee-invoices', scope: 'own' }),
      may(['view'], 'deal', { scope: 'subordinates' }),
      may(['view', 'create'], 'task', { scope: 'subordinates' }),
      may(['view'], 'ledger', { scope: 'subordinates' }),
      may(['view'], 'report', { scope: 'subordinates' }),
      may(['view', 'edit'], 'outbox', { scope: 'subordinates' }),
      ...cards,
    ],
    hides: [],
    override: true,
    help: t(
      'Согласуйте скидки и счета своих сотрудников в течение рабочего дня. Отклоняя, пишите причину: автор исправит и запустит заново.',
      'Decide on the discounts and invoices of your people within a working day. When you reject, say why: the author mends it and starts again.',
    ),
  },
  {
    id: 'coffee-exec-director',
    title: t('Исполнительный директор', 'Executive director'),
    grants: everything,
    hides: [],
    override: true,
    help: t(
      'К вам приходят крупные скидки и счета, а также заявки, которые никто не обработал на второй день.',
      'You decide on larger discounts and invoices, and hear of leads that nobody processed by the second day.',
    ),
  },
  {
    id: 'coffee-director',
    title: t('Директор', 'Director'),
    grants: everything,
    hides: [],
    override: true,
    help: t(
      'К вам приходят самые крупные скидки и заявки, до которых не дошли руки ни у кого.',
      'You decide on the largest discounts, and hear of leads that nobody took care of.',
    ),
  },
  {
    id: 'coffee-accountant',
    title: t('Бухгалтер', 'Accountant'),
    grants: [
      may(['view'], 'deal', { pipeline: 'coffee-deals' }),
      { ...may(['view'], 'deal', { pipeline: 'coffee-invoices' }), stages: ['approved'] },
      may(['view'], 'ledger'),
      may(keep, 'payment', { pipeline: 'coffee-deals' }),
      may(['view'], 'company'),
      may(['view'], 'contact'),
      may(['view'], 'directory'),
      may(['view'], 'users'),
      may(['view'], 'report'),
    ],
    hides: [],
    override: false,
    help: t(
      'Оплачивайте согласованные счета из списка «Счета к оплате» и закрывайте задачу.',
      'Pay approved invoices from the list “Invoices to pay” and close the task.',
    ),
  },
  {
    id: 'coffee-admin',
    title: t('Администратор', 'Administrator'),
    grants: [
      may([...keep, 'delete'], 'deal'),
      may([...keep, 'delete'], 'task'),
      may(['view', 'create'], 'ledger'),
      may(keep, 'payment', { pipeline: 'coffee-deals' }),
      may([...keep, 'delete'], 'company'),
      may([...keep, 'delete'], 'contact'),
      may(keep, 'product'),
      may(keep, 'directory'),
      may(['view'], 'report'),
      may(keep, 'settings'),
      may(keep, 'users'),
      may(keep, 'outbox'),
      may([...keep, 'delete'], 'events'),
    ],
    hides: [],
    override: true,
    help: t(
      'Вы один меняете скидки напрямую. Таблицы согласующих, поля карточек и почтовые ящики настраиваете тоже вы.',
      'You alone change discounts directly, and keep the tables of approvers, the fields of cards and the mailboxes.',
    ),
  },
];
