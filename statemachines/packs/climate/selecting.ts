import { move, t } from '../../vocabulary/index.ts';
import { calculatedBefore, noOpenCalculation, reselectionWork, selectionWork } from './selection.ts';
import { managers } from './who.ts';

/** A calculation is wanted from the design department. */
export const selectionNeeded = {
  title: t('Нужен подбор', 'Selection needed'),
  aim: t('Получить просчет от проектного отдела.', 'The design department has made a calculation.'),
  enter: {
    conditions: [noOpenCalculation],
  },
  work: selectionWork,
  moves: [
    move('send-quote', ['system']),
    move('new-request', managers),
    move('on-hold', managers),
    move('refused', managers),
  ],
};

/** A new calculation is wanted, and the manager says why. */
export const reselection = {
  title: t('Переподбор', 'Re-selection'),
  aim: t('Получить новый просчет.', 'The design department has made another calculation.'),
  enter: {
    required: ['reselectionReason' as const],
    conditions: [calculatedBefore, noOpenCalculation],
  },
  work: reselectionWork,
  moves: [
    move('send-quote', ['system']),
    move('client-deciding', managers),
    move('on-hold', managers),
    move('refused', managers),
  ],
};
