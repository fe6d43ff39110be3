import {
  approval,
  choose,
  empty,
  filled,
  goto,
  is,
  move,
  needs,
  notify,
  now,
  responsible,
  set,
  t,
  tell,
  value,
  when,
} from '../../vocabulary/index.ts';
import { noAdvance, noItems } from './refusals.ts';
import { some } from './some.ts';
import { accountant, moneyKeepers } from './who.ts';

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
      { condition: some('orderTotal'), refusal: noItems },
      { condition: 'awaited > 0', refusal: noAdvance },
    ],
    ...needs('FW-02.4'),
  },
  work: [
    approval('check-advance', {
      title: t('Проверить аванс', 'Check the advance', 'Verifică avansul'),
      who: accountant,
      fields: ['orderTotal', 'awaited', 'paidTotal'],
      settles: true,
      guard: 'paidTotal > 0',
      refusal: t(
        'Внесённого аванса нет: верните заказ менеджеру',
        'There is no advance to confirm: return the order to its manager',
        'Nu există avans de confirmat: returnați comanda managerului',
      ),
      ...needs('FW-03.1', 'FW-03.2', 'FW-03.3'),
    }),
    choose(
      'advance-decided',
      [
        when(
          is('decision', 'rejected'),
          notify('advance-returned', tell([responsible], 'returned-by-accountant'), needs('FW-03.3')),
          goto('negotiation', { id: 'back-to-negotiation' }),
        ),
      ],
      {
        otherwise: [
          // An order that came back is sent once more: what held for the first parcel does not hold for the next.
          set(
            'another-sale',
            {
              paymentMode: value(null),
              shippingAllowed: value(null),
              parcelNumber: value(null),
              shippedAt: value(null),
            },
            { when: filled('shippedAt') },
          ),
          set('sold', { saleDate: now() }, { when: empty('saleDate'), ...needs('FW-03.4', 'FW-09.4') }),
          choose('made-or-there', [when(some('toMake'), goto('production'))], {
            otherwise: [goto('ready-to-ship', { id: 'reserved' })],
          }),
        ],
      },
    ),
  ],
  editedBy: moneyKeepers,
  moves: [move('production', ['system']), move('ready-to-ship', ['system']), move('negotiation', ['system'])],
} as const;
