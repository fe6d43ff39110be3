import type { Pack } from '../../../schemas/pack.ts';
import { t, workdays } from '../../vocabulary/index.ts';

const bounds = { min: workdays(1), max: workdays(20) };

/** When a calculation that is not done is heard of. */
export const calculationSettings: Pack['settings'] = {
  calculationFirstRung: {
    type: 'duration',
    title: t('Просчет: напомнить исполнителю через', 'Calculation: remind the assignee after'),
    value: workdays(2),
    ...bounds,
  },
  calculationSecondRung: {
    type: 'duration',
    title: t('Просчет: сообщить руководителю через', 'Calculation: tell the head after'),
    value: workdays(3),
    ...bounds,
  },
  calculationLastRung: {
    type: 'duration',
    title: t('Просчет: в планировщик «Дедлайн» через', 'Calculation: into the planner “Deadline” after'),
    value: workdays(4),
    ...bounds,
  },
};
