import { pack, t } from '../../vocabulary/index.ts';
import { calculation } from './calculation.ts';
import { cards } from './cards.ts';
import { deals } from './deals.ts';
import { desks } from './desks.ts';
import { calculationDesks } from './desks-calculation.ts';
import { errands } from './errands.ts';
import { messages } from './messages.ts';
import { people } from './people.ts';
import { quickTask } from './quick-task.ts';
import { presets } from './reminders.ts';
import { roles } from './roles.ts';
import { service } from './service.ts';
import { settings } from './settings.ts';
import { calculationSettings } from './settings-calculation.ts';

/** Commercial climate systems: sold with a calculation by the designers, or without. */
export const climate = pack({
  id: 'climate',
  title: t('Климатическое оборудование', 'Climate systems'),
  company: 'Клімат Демо',
  country: 'UA',
  zone: 'Europe/Kyiv',
  currency: 'USD',
  roles,
  lastResort: ['climate-company-head', 'climate-admin'],
  pipelines: [deals, calculation, service, errands],
  settings: { ...settings, ...calculationSettings },
  messages,
  documents: [],
  directories: [],
  desks: [...desks, ...calculationDesks],
  cards,
  quickTask,
  presets,
  people,
});
