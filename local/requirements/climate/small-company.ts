import type { Action, Entity, Grant, Scope } from '../../../schemas/people.ts';
import { calculation } from '../../../statemachines/packs/climate/calculation.ts';
import { calculationDesks } from '../../../statemachines/packs/climate/desks-calculation.ts';
import { errands } from '../../../statemachines/packs/climate/errands.ts';
import { calculationMessages } from '../../../statemachines/packs/climate/messages-calculation.ts';
import { quickTask, quickTaskFields } from '../../../statemachines/packs/climate/quick-task.ts';
import { presets } from '../../../statemachines/packs/climate/reminders.ts';
import {
  calculatedBefore,
  noOpenCalculation,
  quoteIsReady,
  reselectionWork,
  selectionWork,
} from '../../../statemachines/packs/climate/selection.ts';
import { service, serviceOffer } from '../../../statemachines/packs/climate/service.ts';
import { calculationSettings } from '../../../statemachines/packs/climate/settings-calculation.ts';
import {
  calculationsOfDeal,
  quoteFields,
  resultFields,
  siteFields,
} from '../../../statemachines/packs/climate/site-fields.ts';
import { field, move, pack, pipeline, t } from '../../../statemachines/vocabulary/index.ts';

const title = t('Имя', 'Name');
const by = ['responsible', { role: 'climate-company-head' }] as const;

/** The part of the deal's way that calculations stand on. */
const sales = pipeline({
  id: 'climate-sales',
  kind: 'deal',
  title,
  prefix: 'CL',
  start: 'new-request',
  fields: {
    ...siteFields,
    ...resultFields,
    ...quoteFields,
    ...calculationsOfDeal,
    warrantyEnd: field.date(title),
  },
  stages: {
    'new-request': { title, aim: title, moves: [move('selection-needed', by), move('on-hold', by)] },
    'selection-needed': {
      title,
      aim: title,
      enter: { conditions: [noOpenCalculation] },
      work: selectionWork,
      moves: [move('send-quote', ['system']), move('new-request', by), move('on-hold', by)],
    },
    reselection: {
      title,
      aim: title,
      enter: { required: ['reselectionReason'], conditions: [noOpenCalculation, calculatedBefore] },
      work: reselectionWork,
      moves: [move('send-quote', ['system']), move('client-deciding', by), move('on-hold', by)],
    },
    'send-quote': {
      title,
      aim: title,
      work: [quoteIsReady],
      moves: [move('client-deciding', by), move('reselection', by), move('selection-needed', by)],
    },
    'client-deciding': {
      title,
      aim: title,
      offers: [serviceOffer],
      moves: [move('reselection', by), move('on-hold', by)],
    },
    'on-hold': { title, aim: title, outcome: 'lost', moves: [] },
  },
});

const may = (actions: Action[], entity: Entity, pipeline: string, scope: Scope = 'all'): Grant => ({
  actions,
  entity,
  pipeline,
  scope,
});
const keep: Action[] = ['view', 'create', 'edit'];
const all = (scope: Scope, pipeline: string): Grant[] => [
  may(keep, 'deal', pipeline, scope),
  may(keep, 'task', pipeline, scope),
];
const everybody: Grant[] = [
  may(keep, 'contact', '*'),
  may(keep, 'company', '*'),
  may(['view'], 'users', '*'),
  ...all('own', 'climate-errands'),
  ...all('own', 'climate-service'),
];

export const climate = pack({
  id: 'climate',
  title,
  company: 'Клімат Демо',
  country: 'UA',
  zone: 'Europe/Kyiv',
  currency: 'USD',
  roles: [
    {
      id: 'climate-manager',
      title,
      grants: [
        ...everybody,
        ...all('own', 'climate-sales'),
        may(['view', 'edit'], 'deal', 'climate-calculation', 'own'),
      ],
    },
    {
      id: 'climate-designer',
      title,
      grants: [...everybody, may(['create'], 'deal', 'climate-sales'), ...all('own', 'climate-calculation')],
    },
    {
      id: 'climate-head-of-design',
      title,
      grants: [...everybody, ...all('all', 'climate-calculation')],
    },
    { id: 'climate-service-engineer', title, grants: everybody },
    { id: 'climate-head-of-service', title, grants: [...everybody, ...all('all', 'climate-service')] },
    {
      id: 'climate-company-head',
      title,
      grants: [...everybody, ...all('all', '*'), may(['view', 'edit'], 'settings', '*')],
    },
  ],
  lastResort: ['climate-company-head'],
  pipelines: [sales, calculation, service, errands],
  settings: calculationSettings,
  messages: calculationMessages,
  documents: [],
  directories: [],
  desks: calculationDesks,
  presets,
  quickTask,
  cards: { contact: quickTaskFields },
  people: [
    { id: 'olha', name: 'Ольга', roles: ['climate-manager'], head: 'vira' },
    { id: 'ihor', name: 'Ігор', roles: ['climate-designer'], head: 'danylo' },
    { id: 'petro', name: 'Петро', roles: ['climate-designer'], head: 'danylo' },
    { id: 'danylo', name: 'Данило', roles: ['climate-head-of-design'], head: 'vira' },
    { id: 'bohdan', name: 'Богдан', roles: ['climate-head-of-service'], head: 'vira' },
    { id: 'serhii', name: 'Сергій', roles: ['climate-service-engineer'], head: 'bohdan' },
    { id: 'vira', name: 'Віра', roles: ['climate-company-head'] },
  ],
} as unknown as Parameters<typeof pack>[0]);
