import type { Pack } from '../../../schemas/pack.ts';
import type { Text } from '../../../schemas/text.ts';
import { t } from '../../vocabulary/index.ts';

type Setting = Pack['settings'][string];

const percent = (title: Text, value: number): Setting => ({ type: 'number', title, value, min: 0, max: 20 });
const isOn = (title: Text, value: boolean): Setting => ({ type: 'boolean', title, value });

/** Figures of the processes, and the channels by which requests come in. */
export const settings: Pack['settings'] = {
  managerBonus: percent(t('Бонус менеджера, %', 'Bonus of the manager, %'), 1),
  headOfSalesBonus: percent(t('Бонус руководителя продаж, %', 'Bonus of the head of sales, %'), 0),
  logistBonus: percent(t('Бонус логиста, %', 'Bonus of the logist, %'), 0),
  designerBonus: percent(t('Бонус проектировщика, %', 'Bonus of the designer, %'), 0),
  intakeManual: isOn(t('Заявки вручную', 'Requests entered by hand'), true),
  intakeSocial: isOn(t('Заявки из соцсетей', 'Requests from social networks'), false),
  intakeChat: isOn(t('Заявки из чата', 'Requests from the chat'), false),
  intakeSite: isOn(t('Заявки с сайта', 'Requests from the site'), false),
};
