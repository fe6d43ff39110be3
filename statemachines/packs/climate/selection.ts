import {
  expression,
  goto,
  is,
  needs,
  notify,
  person,
  responsible,
  role,
  set,
  subdeal,
  t,
  tell,
  value,
} from '../../vocabulary/index.ts';
import { oneMore } from './calculation.ts';

/** What a calculation is told of its site. */
const site = {
  dealType: 'dealType',
  siteName: 'siteName',
  address: 'address',
  brand: 'brand',
  company: 'company',
  contact: 'contact',
  description: 'description',
} as const;
const shared = { indoorUnits: 'indoorUnits', areaM2: 'areaM2', floors: 'floors' } as const;
const asked = { capacityKw: 'capacityKw', outdoorUnits: 'outdoorUnits' } as const;
const brought = {
  ...shared,
  ...asked,
  quoteFiles: 'quoteFiles',
  quoteComment: 'quoteComment',
  performer: 'lastDesigner',
} as const;

const isDone = is('outcome', 'done');

/** The guard of both stages: one calculation at a time. */
export const noOpenCalculation = {
  condition: "('climate-calculation' in running) = false",
  refusal: t(
    'У объекта уже есть незавершённый просчет: он в карточке, в «Процессах».',
    'This deal has an open calculation: it stands on its card, among the processes.',
  ),
};

/** The guard of the re-selection: something has been calculated before. */
export const calculatedBefore = {
  condition: '$exists(calculations) and calculations > 0',
  refusal: t(
    'Переподбор возможен после первого завершённого просчета.',
    'A re-selection follows a completed calculation.',
  ),
};

/** The work of `selection-needed`: a calculation by the design department, and on to the quote once it is completed. */
export const selectionWork = [
  subdeal('climate-calculation', {
    id: 'calculation',
    title: t('Просчет', 'Calculation'),
    who: role('climate-head-of-design'),
    down: { ...site, ...shared, ...asked },
    back: brought,
    set: { category: 'selection', isReselection: false },
    abandon: 'cancelled',
    ...needs('CL-02.1', 'CL-02.2', 'CL-50.2', 'CL-50.14', 'CL-50.15'),
  }),
  set(
    'count-calculation',
    {
      calculations: oneMore('calculations'),
      firstDesigner: expression('$exists(firstDesigner) ? firstDesigner : lastDesigner'),
    },
    { when: isDone, ...needs('CL-03.2') },
  ),
  goto('send-quote', { when: isDone, ...needs('CL-02.5', 'CL-50.16') }),
] as const;

/** The work of `reselection`: the same once more, by whoever did the first. The reason asked for is used up by it. */
export const reselectionWork = [
  subdeal('climate-calculation', {
    id: 'recalculation',
    title: t('Переподбор', 'Re-selection'),
    who: person('firstDesigner'),
    down: { ...site, ...shared, firstDesigner: 'previousAssignee', reselectionReason: 'reselectionReason' },
    back: brought,
    set: { category: 'reselection', isReselection: true },
    abandon: 'cancelled',
    ...needs('CL-03.1', 'CL-03.2', 'CL-03.3', 'CL-03.5', 'CL-03.7'),
  }),
  set(
    'count-recalculation',
    {
      calculations: oneMore('calculations'),
      reselectionCount: oneMore('reselectionCount'),
      reselectionReason: value(null),
    },
    { when: isDone },
  ),
  goto('send-quote', { when: isDone, ...needs('CL-03.6', 'CL-50.16') }),
] as const;

/** The first work of `send-quote`: who waited for the calculation hears that it is there. */
export const quoteIsReady = notify('tell-quote-is-ready', tell([responsible], 'climate-quote-ready'), {
  when: "cameFrom in ['selection-needed', 'reselection']",
  ...needs('CL-02.6'),
});
