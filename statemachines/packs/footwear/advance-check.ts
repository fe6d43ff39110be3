import {
  approval,
  choose,
  empty,
  goto,
  is,
  needs,
  notify,
  now,
  responsible,
  set,
  t,
  tell,
  when,
} from '../../vocabulary/index.ts';
import { noAdvance, noItems } from './refusals.ts';
import { some } from './some.ts';
import { accountant, workers } from './who.ts';

/** The accountant confirms the advance, or returns the order. */
export const advanceCheck = {
  title: t('Проверка аванса', 'Advance check', 'Verificare avansului'),
  aim: t(
    'Бухгалтер подтверждает, что аванс пришёл.',
    'The accountant confirms that the advance has come.',
    'Contabilul confirmă că avansul a venit.',
  ),
  enter: {
    conditions: [
      { condition: some('itemCount'), refusal: noItems },
      { condition: 'awaited > 0', refusal: noAdvance },
    ],
    ...needs('FW-02.4'),
  },
  work: [
    approval('check-advance', {
      title: t('Проверить аванс', 'Check the advance', 'Verifică avansul'),
      who: accountant,
      fields: ['orderTotal', 'advanceDue', 'paidTotal'],
      settles: true,
      ...needs('FW-03.1', 'FW-03.2', 'FW-03.3'),
    }),
    choose(
      'advance-decided',
      [
        when(
          is('decision', 'rejected'),
          notify('advance-returned', tell([responsible], 'returned-by-accountant')),
          goto('negotiation', { id: 'back-to-negotiation' }),
        ),
      ],
      {
        otherwise: [
          set('sold', { saleDate: now() }, { when: empty('saleDate'), ...needs('FW-03.4') }),
          choose('made-or-there', [when(some('toMake'), goto('production'))], {
            otherwise: [goto('ready-to-ship', { id: 'reserved' })],
          }),
        ],
      },
    ),
  ],
  editedBy: workers,
  moves: [
    { to: 'production', by: ['system'] },
    { to: 'ready-to-ship', by: ['system'] },
    { to: 'negotiation', by: ['system'] },
  ],
} as const;
