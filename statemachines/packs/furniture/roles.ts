import type { Pack } from '../../../schemas/pack.ts';
import type { Action, Entity, Grant } from '../../../schemas/people.ts';
import { keep, may, t } from '../../vocabulary/index.ts';

type Role = Pack['roles'][number];

const order = 'furniture-order';
/** A right over the orders. */
const onOrders = (
  actions: Action[],
  entity: Entity,
  more: Partial<Pick<Grant, 'scope' | 'stages'>> = {},
): Grant => may(actions, entity, { pipeline: order, ...more });

/** Stages of the production board. */
export const workshop = ['production', 'shipment-prep', 'delivery', 'installation', 'rework'];

/** The roles an administrator starts from. What is commercial the fields themselves hide from the field roles. */
export const roles: Role[] = [
  {
    id: 'furniture-manager',
    title: t('Менеджер', 'Manager'),
    grants: [
      onOrders(keep, 'deal', { scope: 'own' }),
      onOrders(keep, 'task', { scope: 'own' }),
      onOrders(['view'], 'ledger', { scope: 'own' }),
      onOrders(['view', 'create'], 'payment', { scope: 'own' }),
      onOrders(['view'], 'report', { scope: 'own' }),
      may(keep, 'contact'),
      may(keep, 'company'),
      may(['view'], 'directory'),
      may(['view'], 'users'),
    ],
    hides: [],
    override: false,
    help: t(
      '1. Создайте заказ и приложите три документа: проект договора, требования покупателя, технологические расчеты.\n2. Договоритесь о замере: в форме видно, кто из замерщиков свободен.\n3. После замера запишите декор, обработку, дополнительные работы и условия оплаты, приложите договор и нажмите «Договор заключен».\n4. Дальше ведите заказ по стадиям: о каждой законченной работе придёт сообщение.\n5. После монтажа решите, закрыть заказ или отправить на доработку.',
      '1. Create the order and attach three documents: the contract draft, the buyer’s requirements, the technological calculations.\n2. Agree on the measurement: the form shows which measurer is free.\n3. After the measurement write down decor, finishing, extra works and payment terms, attach the contract and press “Contract concluded”.\n4. From then on move the order from stage to stage: you are told of each work done.\n5. After the installation decide whether to close the order or to send it to rework.',
    ),
  },
  {
    id: 'furniture-measurer',
    title: t('Замерщик', 'Measurer'),
    grants: [
      onOrders(['view', 'edit'], 'deal', { scope: { field: 'measurementAt' }, stages: ['measurement'] }),
      onOrders(['view'], 'deal', { scope: { field: 'measurementAt' } }),
    ],
    hides: [],
    override: false,
    help: t(
      '1. Утром накануне и утром в день замера придёт напоминание; все выезды — в «Мои выезды».\n2. На объекте откройте заказ и внесите размеры по строкам, приложите фото и файлы. Если связи нет, загрузка повторится сама.\n3. Отметьте задачу «Замер» выполненной: без данных она не закроется.',
      '1. On the morning before and on the morning of the day you are reminded; all visits are in “My visits”.\n2. On site open the order, enter the sizes row by row, attach photos and files. Without a network the upload is tried again by itself.\n3. Mark the task “Measurement” done: it does not close without data.',
    ),
  },
  {
    id: 'furniture-installer',
    title: t('Монтажник', 'Installer'),
    grants: [
      onOrders(['view', 'edit'], 'deal', { scope: { field: 'installationAt' }, stages: ['installation'] }),
      onOrders(['view', 'edit'], 'deal', { scope: { field: 'reworkBy' }, stages: ['rework'] }),
      onOrders(['view'], 'deal', { scope: { field: 'installationAt' } }),
    ],
    hides: [],
    override: false,
    help: t(
      '1. Утром накануне и утром в день монтажа придёт напоминание; все выезды — в «Мои выезды».\n2. Закончив, прямо на объекте сфотографируйте мебель или двери и загрузите фото в заказ.\n3. Укажите результат: без замечаний или с замечаниями, и закройте задачу. Без фото она не закроется.',
      '1. On the morning before and on the morning of the day you are reminded; all visits are in “My visits”.\n2. When you are done take photos of the furniture or the doors on site and load them to the order.\n3. Say how it went, with issues or without, and close the task. It does not close without a photo.',
    ),
  },
  {
    id: 'furniture-production',
    title: t('Сотрудник производства', 'Production'),
    grants: [
      onOrders(['view'], 'deal', { stages: workshop }),
      onOrders(['view'], 'task', { stages: workshop }),
    ],
    hides: [],
    override: false,
    help: t(
      'На доске «Производство» видны заказы в работе. Обсуждайте их в чате заказа, а закончив, закройте задачу «Изготовить заказ».',
      'The board “Production” shows the orders under way. Discuss them in the chat of the order, and close the task “Make the order” when you are done.',
    ),
  },
  {
    id: 'furniture-warehouse',
    title: t('Склад', 'Warehouse'),
    grants: [
      onOrders(['view'], 'deal', { stages: ['shipment-prep'] }),
      onOrders(['view'], 'task', { stages: ['shipment-prep'] }),
    ],
    hides: [],
    override: false,
    help: t(
      'Заказы к отгрузке ждут вас в задачах: упакуйте, проверьте, закройте задачу.',
      'Orders to ship wait among your tasks: pack, check, close the task.',
    ),
  },
  {
    id: 'furniture-delivery',
    title: t('Служба доставки', 'Delivery'),
    grants: [
      onOrders(['view'], 'deal', { scope: { field: 'deliveryAt' }, stages: ['shipment-prep', 'delivery'] }),
      onOrders(['view'], 'deal', { stages: ['delivery'] }),
      onOrders(['view'], 'task', { stages: ['delivery'] }),
    ],
    hides: [],
    override: false,
    help: t(
      'Адрес, телефон и время — в «Мои выезды». Доставив заказ, закройте задачу.',
      'Address, phone and time are in “My visits”. Close the task when the order is delivered.',
    ),
  },
  {
    id: 'furniture-executive',
    title: t('Руководитель', 'Executive'),
    grants: [
      may(keep, 'deal'),
      may(keep, 'task'),
      may(['view'], 'ledger'),
      may(keep, 'payment'),
      may(['view'], 'report'),
      may(['view', 'edit'], 'outbox'),
      may(keep, 'contact'),
      may(keep, 'company'),
      may(['view'], 'directory'),
      may(['view'], 'settings'),
      may(['view'], 'users'),
    ],
    hides: [],
    override: true,
    help: t(
      'Загрузка бригад — в календаре бригад: отметьте, кто отсутствует. Закрытый заказ можете вернуть на доработку только вы.',
      'The calendar of crews shows who is busy when; enter there who is absent. Only you can bring a closed order back to rework.',
    ),
  },
  {
    id: 'furniture-admin',
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
      'Обязательные поля стадий, сроки, длительность выездов, роли и справочники меняются в настройках.',
      'Required fields of stages, times, lengths of visits, roles and directories are changed in the settings.',
    ),
  },
];
