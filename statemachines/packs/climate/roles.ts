import type { Pack } from '../../../schemas/pack.ts';
import type { Grant } from '../../../schemas/people.ts';
import { keep, may, t } from '../../vocabulary/index.ts';

type Role = Pack['roles'][number];
type RoleWords = Omit<Role, 'hides' | 'override'> & Partial<Pick<Role, 'hides' | 'override'>>;

const sales = 'climate-sales';
const department = 'climate-calculation';

/** What everybody has: tasks of their own, and requests to the service that they made or work on. */
const everybody: Grant[] = ['climate-errands', 'climate-service'].flatMap((pipeline) => [
  may(keep, 'deal', { pipeline, scope: 'own' }),
  may(keep, 'task', { pipeline, scope: 'own' }),
]);
const cards = [
  ...everybody,
  may(keep, 'company'),
  may(keep, 'contact'),
  may(['view'], 'directory'),
  may(['view'], 'users'),
];
const looksUp = [
  ...everybody,
  may(['view'], 'company'),
  may(['view'], 'contact'),
  may(['view'], 'directory'),
  may(['view'], 'users'),
];
const paperwork = ['deal-closing', 'awaiting-shipment', 'completed-success', 'archive'];

/** What those who build and repair neither see nor write. */
const commercial = [
  'dealTotalUsd',
  'receivedUah',
  'receivedUsd',
  'shippedUsd',
  'bonusUnpaid',
  'invoiceIssued',
  'contractState',
  'contractFile',
  'paymentReceived',
  'paymentReceivedAt',
  'order1cNumber',
];

const words: RoleWords[] = [
  {
    id: 'climate-manager',
    title: t('Менеджер', 'Sales manager'),
    grants: [
      may(keep, 'deal', { pipeline: sales, scope: 'own' }),
      may(['view', 'edit'], 'deal', { pipeline: department, scope: 'own' }),
      may(keep, 'task', { pipeline: sales, scope: 'own' }),
      may(['view'], 'task', { pipeline: department, scope: 'own' }),
      may(['view'], 'ledger', { scope: 'own' }),
      may(['view'], 'report', { scope: 'own' }),
      ...cards,
    ],
    help: t(
      'Заведите объект, получите просчет или приложите своё КП, отправьте его и ведите клиента до договора. Из «Ожидания» сделка вернётся сама в назначенный день.',
      'Enter the site, get a calculation or attach your own quote, send it and lead the client to the contract. A deal on hold comes back by itself on its day.',
    ),
  },
  {
    id: 'climate-head-of-sales',
    title: t('Руководитель продаж', 'Head of sales'),
    grants: [
      may(keep, 'deal'),
      may(keep, 'task'),
      may(keep, 'ledger'),
      may(['view'], 'accrual'),
      may(['view'], 'report'),
      may(['view', 'edit'], 'outbox'),
      ...cards,
    ],
    help: t(
      'Вы видите все сделки отдела, передаёте их и возвращаете из отказа. О пропущенных данных гарантии и серийных номерах придёт сообщение.',
      'You see all deals of the department, hand them over and bring them back from a refusal. You are told of missing warranty data and serial numbers.',
    ),
  },
  {
    id: 'climate-designer',
    title: t('Проектировщик', 'Designer'),
    grants: [
      may(['create'], 'deal', { pipeline: sales }),
      may(keep, 'deal', { pipeline: department, scope: 'own' }),
      may(keep, 'task', { pipeline: department, scope: 'own' }),
      ...looksUp,
    ],
    hides: commercial,
    help: t(
      'Просчеты ждут вас в планировщике. Заполните пять показателей и приложите КП, прежде чем отмечать «Выполнено».',
      'Calculations wait for you in the planner. Fill the five figures and attach the quote before you set “Done”.',
    ),
  },
  {
    id: 'climate-head-of-design',
    title: t('Руководитель Проектного отдела', 'Head of design'),
    grants: [
      may(keep, 'deal', { pipeline: department }),
      may(keep, 'task', { pipeline: department }),
      may(['view'], 'ledger', { pipeline: department }),
      may(['view'], 'report', { pipeline: department }),
      ...looksUp,
    ],
    hides: commercial,
    help: t(
      'Новые просчеты приходят вам: выберите проектировщика и решите, нужна ли проверка.',
      'New calculations come to you: choose the designer and decide whether a check is needed.',
    ),
  },
  {
    id: 'climate-logist',
    title: t('Логист', 'Logist'),
    grants: [
      may(['view', 'edit'], 'deal', { pipeline: sales, scope: 'own', stages: paperwork }),
      may(keep, 'task', { scope: 'own' }),
      may(['view'], 'ledger', { pipeline: sales, scope: 'own' }),
      may(['create'], 'ledger', { pipeline: sales, scope: 'own', kinds: ['shipment'] }),
      ...looksUp,
    ],
    help: t(
      'После оплаты создайте заказ в 1С и внесите номер и сумму. Каждую отгрузку записывайте отдельно: итоги сложатся сами.',
      'Once the payment has come, create the order in 1C and enter its number and total. Enter each shipment by itself: totals add up.',
    ),
  },
  {
    id: 'climate-accountant',
    title: t('Бухгалтер', 'Accountant'),
    grants: [
      may(['view'], 'deal', { pipeline: sales, stages: paperwork }),
      may(['view'], 'ledger', { pipeline: sales, stages: paperwork }),
      may(['create'], 'ledger', { pipeline: sales, stages: paperwork, kinds: ['payment'] }),
      may(['view', 'edit'], 'accrual', { pipeline: sales }),
      may(keep, 'task', { scope: 'own' }),
      may(['view'], 'report'),
      ...looksUp,
    ],
    help: t(
      'Вносите поступления в гривне с курсом: доллары посчитаются. Ошибку исправляйте новой записью. Выплаченные бонусы отмечайте в сделке.',
      'Enter what came in hryvnias with its rate: the dollars follow. Mend a mistake by a new entry. Mark bonuses paid in the deal.',
    ),
  },
  {
    id: 'climate-lawyer',
    title: t('Юрист', 'Lawyer'),
    grants: [
      may(['view'], 'deal', { pipeline: sales, stages: ['deal-closing'] }),
      may(keep, 'task', { scope: 'own' }),
      ...looksUp,
    ],
    hides: ['dealTotalUsd', 'receivedUah', 'receivedUsd', 'shippedUsd', 'bonusUnpaid', 'order1cNumber'],
    help: t(
      'Отметьте «Договор» и приложите файл: без него сделка дальше не пойдёт.',
      'Tick the contract and attach its file: the deal does not go on without it.',
    ),
  },
  {
    id: 'climate-head-of-service',
    title: t('Руководитель сервиса', 'Head of service'),
    grants: [
      may(['view'], 'deal', { pipeline: sales, stages: ['completed-success', 'archive'] }),
      may(keep, 'deal', { pipeline: 'climate-service' }),
      may(keep, 'task', { pipeline: 'climate-service' }),
      may(['view', 'edit'], 'outbox', { pipeline: 'climate-service' }),
      ...cards,
    ],
    hides: commercial,
    help: t(
      'Гарантии видны по дате окончания. Заявки на ремонт распределяете вы.',
      'Warranties are listed by the day they end. You hand out the repairs.',
    ),
  },
  {
    id: 'climate-service-engineer',
    title: t('Сервис', 'Service engineer'),
    grants: looksUp,
    hides: commercial,
    help: t(
      'Заявки, назначенные вам, ждут на столе «Сервис».',
      'Requests given to you wait on the desk “Service”.',
    ),
  },
  {
    id: 'climate-company-head',
    title: t('Руководитель компании', 'Company head'),
    grants: [
      may(keep, 'deal'),
      may(keep, 'task'),
      may(keep, 'ledger'),
      may(keep, 'accrual'),
      may(['view'], 'report'),
      may(['view', 'edit'], 'outbox'),
      may(['view'], 'settings'),
      ...cards,
    ],
    override: true,
    help: t(
      'Вам открыто всё, в том числе архив: его меняете только вы и администратор.',
      'Everything is open to you, the archive too: only you and the administrator change it.',
    ),
  },
  {
    id: 'climate-admin',
    title: t('Администратор', 'Administrator'),
    grants: (
      [
        'deal',
        'task',
        'ledger',
        'accrual',
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
    override: true,
    help: t(
      'Права, обязательные поля стадий, проценты и каналы заявок меняются в настройках; каждое изменение видно в журнале.',
      'Rights, required fields of stages, percentages and channels of requests are changed in the settings; each change is in the log.',
    ),
  },
];

/** The roles an administrator starts from. */
export const roles: Role[] = words.map((role) => ({ hides: [], override: false, ...role }));
