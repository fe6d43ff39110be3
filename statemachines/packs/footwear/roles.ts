import type { Pack } from '../../../schemas/pack.ts';
import type { Action, Entity, Grant, Scope } from '../../../schemas/people.ts';
import { t } from '../../vocabulary/index.ts';
import { accountantRole } from './accountant-role.ts';

type Role = Pack['roles'][number];

const order = 'footwear-order';
const may = (
  actions: Action[],
  entity: Entity,
  { scope = 'all', stages }: { scope?: Scope; stages?: string[] } = {},
): Grant => ({ actions, entity, pipeline: order, scope, ...(stages && { stages }) });

const keep: Action[] = ['view', 'create', 'edit'];
const forAll = (actions: Action[], entity: Entity): Grant => ({ ...may(actions, entity), pipeline: '*' });

/** What whoever makes the shoes neither sees nor needs: money and the client. */
const makersDoNotSee = [
  'advanceDue',
  'paymentMode',
  'payDate',
  'discount',
  'orderTotal',
  'paidTotal',
  'remaining',
];

export const roles: Role[] = [
  {
    id: 'footwear-manager',
    title: t('Менеджер по продажам', 'Sales manager', 'Manager de vânzări'),
    grants: [
      may(keep, 'deal', { scope: 'own' }),
      may(keep, 'task', { scope: 'own' }),
      may(['view', 'create'], 'ledger', { scope: 'own' }),
      may(['view'], 'report', { scope: 'own' }),
      forAll(keep, 'contact'),
      forAll(['view'], 'product'),
      forAll(['view'], 'directory'),
      forAll(['view'], 'users'),
    ],
    hides: [],
    override: false,
    help: t(
      'Берите новые обращения: кто первый, тот и ведёт заказ. Срочные и избранные собраны отдельно. Отвечайте клиенту прямо из заказа, готовые ответы — в списке быстрых ответов.',
      'Take new requests: the first who does has the order. Urgent and favourite orders stand apart. Answer the client from the order; the list of quick replies has ready words.',
      'Preluați cererile noi: primul care o face conduce comanda. Comenzile urgente și favorite stau separat. Răspundeți clientului direct din comandă; în lista de răspunsuri rapide sunt texte gata.',
    ),
  },
  {
    id: 'footwear-head-of-sales',
    title: t('Руководитель отдела продаж', 'Head of sales', 'Șeful departamentului de vânzări'),
    grants: [
      may(keep, 'deal'),
      may(keep, 'task'),
      may(keep, 'ledger'),
      may(['view', 'edit'], 'accrual'),
      may(['view'], 'report'),
      forAll(keep, 'contact'),
      forAll(['view'], 'product'),
      forAll(['view'], 'directory'),
      forAll(['view'], 'users'),
    ],
    hides: [],
    override: true,
    help: t(
      'Передавайте обращения, правьте быстрые ответы, проверяйте завершённые заказы и начисляйте зарплату одной кнопкой.',
      'Hand requests over, edit the quick replies, verify finished orders and grant the pay in one click.',
      'Repartizați cererile, editați răspunsurile rapide, verificați comenzile finalizate și calculați salariul dintr-un clic.',
    ),
  },
  accountantRole,
  {
    id: 'footwear-production',
    title: t('Производство', 'Production', 'Producere'),
    grants: [
      may(['view', 'edit'], 'deal', { stages: ['production'] }),
      may(['view', 'edit'], 'task', { scope: 'own', stages: ['production'] }),
      forAll(['view'], 'product'),
    ],
    hides: makersDoNotSee,
    override: false,
    help: t(
      'На вашем столе заказы в производстве: модель, размер, количество, фото. Когда обувь готова, закройте задачу.',
      'Your desk holds the orders to make: model, size, quantity, photo. When the shoes are made, close the task.',
      'Pe masa dumneavoastră sunt comenzile în producere: model, mărime, cantitate, fotografie. Când încălțămintea e gata, închideți sarcina.',
    ),
  },
  {
    id: 'footwear-dispatcher',
    title: t('Отправка', 'Dispatch', 'Expediere'),
    grants: [
      may(['view', 'edit'], 'deal', { stages: ['ready-to-ship', 'additional-payment'] }),
      may(['view'], 'deal', { stages: ['in-transit'] }),
      may(['view', 'edit'], 'task', { scope: 'own' }),
      forAll(['view'], 'contact'),
      forAll(keep, 'product'),
    ],
    hides: ['payDate'],
    override: false,
    help: t(
      'На вашем столе заказы, которые разрешено отправить. Отправив, впишите номер посылки. Остатки склада правите вы.',
      'Your desk holds the orders that may leave. Once one is sent, enter its parcel number. The stock is yours to keep.',
      'Pe masa dumneavoastră sunt comenzile care pot fi expediate. După expediere introduceți numărul coletului. Stocul îl țineți dumneavoastră.',
    ),
  },
  {
    id: 'footwear-admin',
    title: t('Администратор', 'Administrator', 'Administrator'),
    grants: (
      [
        'deal',
        'task',
        'ledger',
        'accrual',
        'contact',
        'product',
        'directory',
        'report',
        'settings',
        'users',
      ] as const
    ).map((entity) => forAll([...keep, 'delete'], entity)),
    hides: [],
    override: true,
    help: t(
      'Каналы, проценты, права и вид карточки меняются в настройках; каждое изменение видно в журнале.',
      'Channels, percentages, rights and the layout of the card are changed in the settings; each change is in the log.',
      'Canalele, procentele, drepturile și aspectul fișei se schimbă în setări; fiecare schimbare e în jurnal.',
    ),
  },
];
