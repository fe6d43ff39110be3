import type { Pack } from '../../../schemas/pack.ts';
import { all, is, needs, t } from '../../vocabulary/index.ts';
import { underWay } from './calculation.ts';
import { idleAfter } from './reminders.ts';

const design = ['climate-head-of-design', 'climate-designer', 'climate-company-head', 'climate-admin'];
const sales = ['climate-manager', 'climate-head-of-sales', 'climate-company-head', 'climate-admin'];
const serving = [
  'climate-head-of-service',
  'climate-service-engineer',
  'climate-company-head',
  'climate-admin',
];
const calculation = ['siteName', 'brand', 'category', 'deadlineLevel'];

/** Views of calculations, of what comes next on deals, of tasks and of repairs. */
export const calculationDesks: Pack['desks'] = [
  {
    kind: 'planner',
    id: 'climate-selection',
    title: t('Планировщик подбора', 'Planner of selections'),
    roles: design,
    pipeline: 'climate-calculation',
    person: 'responsible',
    date: 'plannedOn',
    filter: underWay,
    columns: calculation,
    ...needs('CL-50.4', 'CL-50.19', 'CL-60.2'),
  },
  {
    kind: 'planner',
    id: 'climate-deadline',
    title: t('Дедлайн', 'Deadline'),
    roles: design,
    pipeline: 'climate-calculation',
    person: 'responsible',
    date: 'plannedOn',
    filter: all(underWay, is('deadlineLevel', 4)),
    columns: calculation,
    ...needs('CL-50.20', 'CL-60.3'),
  },
  {
    kind: 'board',
    id: 'climate-calculations',
    title: t('Просчеты', 'Calculations'),
    roles: design,
    pipeline: 'climate-calculation',
    ...needs('CL-50.1'),
  },
  {
    kind: 'deals',
    id: 'climate-deciding',
    title: t('Клиент принимает решение', 'The client decides'),
    roles: sales,
    pipelines: ['climate-sales'],
    filter: is('stage', 'client-deciding'),
    columns: ['siteName', 'company', 'contact'],
    nextStep: {},
    ...needs('CL-05.1', 'CL-05.2'),
  },
  {
    kind: 'deals',
    id: 'climate-no-next-step',
    title: t('Без следующего шага', 'No next step'),
    roles: sales,
    pipelines: ['climate-sales'],
    filter: is('stage', 'client-deciding'),
    columns: ['siteName', 'company', 'contact'],
    nextStep: { missingFor: idleAfter },
    ...needs('CL-05.3'),
  },
  {
    kind: 'tasks',
    id: 'climate-tasks',
    title: t('Мои задачи', 'My tasks'),
    roles: [...new Set([...design, ...sales, ...serving])],
    of: 'task',
    ...needs('CL-55.2'),
  },
  {
    kind: 'planner',
    id: 'climate-errands-planner',
    title: t('Планировщик задач', 'Planner of tasks'),
    roles: [...new Set([...design, ...sales, ...serving])],
    pipeline: 'climate-errands',
    person: 'responsible',
    date: 'dueAt',
    filter: is('stage', 'open'),
    ...needs('CL-55.2'),
  },
  {
    kind: 'deals',
    id: 'climate-service-open',
    title: t('Открытые заявки сервиса', 'Open service requests'),
    roles: serving,
    pipelines: ['climate-service'],
    filter: "stage in ['new', 'in-progress', 'done']",
    columns: ['company', 'siteName', 'description', 'inWarranty', 'responsible'],
    ...needs('CL-60.6'),
  },
];
