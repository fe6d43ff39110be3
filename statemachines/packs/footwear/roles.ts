import type { Pack } from '../../../schemas/pack.ts';
import type { Action, Entity, Grant } from '../../../schemas/people.ts';
import { keep, may, t } from '../../vocabulary/index.ts';
import { accountantRole } from './accountant-role.ts';

type Role = Pack['roles'][number];

const order = 'footwear-order';
/** A right over the orders. */
const onOrders = (
  actions: Action[],
  entity: Entity,
  more: Partial<Pick<Grant, 'scope' | 'stages'>> = {},
): Grant => may(actions, entity, { pipeline: order, ...more });

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
      onOrders(keep, 'deal', { scope: 'own' }),
      onOrders(keep, 'task', { scope: 'own' }),
      onOrders(['view', 'create'], 'ledger', { scope: 'own' }),
      onOrders(['view'], 'report', { scope: 'own' }),
      may(keep, 'contact'),
      may(['view'], 'product'),
      may(['view'], 'directory'),
      may(['view'], 'users'),
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
      onOrders(keep, 'deal'),
      onOrders(keep, 'task'),
      onOrders(keep, 'ledger'),
      onOrders(['view', 'edit'], 'accrual'),
      onOrders(['view'], 'report'),
      onOrders(['view', 'edit'], 'outbox'),
      may(keep, 'contact'),
      may(['view'], 'product'),
      may(['view'], 'directory'),
      may(['view'], 'users'),
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
      onOrders(['view', 'edit'], 'deal', { stages: ['production'] }),
      onOrders(['view', 'edit'], 'task', { scope: 'own', stages: ['production'] }),
      may(['view'], 'product'),
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
      onOrders(['view', 'edit'], 'deal', { stages: ['ready-to-ship', 'additional-payment'] }),
      onOrders(['view'], 'deal', { stages: ['in-transit'] }),
      onOrders(['view', 'edit'], 'task', { scope: 'own' }),
      may(['view'], 'contact'),
      may(keep, 'product'),
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
        'outbox',
        'events',
      ] as const
    ).map((entity) => may([...keep, 'delete'], entity)),
    hides: [],
    override: true,
    help: t(
      'Каналы, проценты, права и вид карточки меняются в настройках; каждое изменение видно в журнале.',
      'Channels, percentages, rights and the layout of the card are changed in the settings; each change is in the log.',
      'Canalele, procentele, drepturile și aspectul fișei se schimbă în setări; fiecare schimbare e în jurnal.',
    ),
  },
];
