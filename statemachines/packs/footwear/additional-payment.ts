import {
  all,
  approval,
  choose,
  filled,
  goto,
  is,
  move,
  needs,
  notify,
  responsible,
  set,
  t,
  tell,
  value,
  when,
} from '../../vocabulary/index.ts';
import { notPaidBefore } from './refusals.ts';
import { shipParcel } from './ship-parcel.ts';
import { accountant, dispatcher, mayShip, moneyKeepers } from './who.ts';

/** The accountant confirms the rest and permits the dispatch, or returns the order. */
export const additionalPayment = {
  title: t('Доплата', 'Additional payment', 'Plată suplimentară'),
  aim: t(
    'Остаток оплачен, посылку можно отправлять.',
    'The rest is paid and the parcel may leave.',
    'Restul e plătit și coletul poate pleca.',
  ),
  enter: {
    conditions: [{ condition: is('paymentMode', 'full-before-dispatch'), refusal: notPaidBefore }],
    ...needs('FW-05.3'),
  },
  work: [
    approval('check-rest', {
      title: t('Проверить доплату', 'Check the rest', 'Verifică plata suplimentară'),
      who: accountant,
      fields: ['orderTotal', 'awaited', 'paidTotal', 'remaining'],
      settles: true,
      guard: all(filled('remaining'), 'remaining <= 0'),
      refusal: t(
        'Останется неоплаченным: {{remaining}}',
        'Would stay unpaid: {{remaining}}',
        'Ar rămâne neachitat: {{remaining}}',
      ),
      ...needs('FW-06.1', 'FW-06.2', 'FW-06.4', 'FW-06.6'),
    }),
    choose(
      'rest-decided',
      [
        when(
          is('decision', 'rejected'),
          notify('rest-returned', tell([responsible], 'returned-by-accountant'), needs('FW-06.4')),
          // How it is paid is to be agreed once more, else the order would be back here at once.
          set('agree-anew', { paymentMode: value(null) }),
          goto('ready-to-ship', { id: 'back-to-ready' }),
        ),
      ],
      {
        otherwise: [
          set('permit', { shippingAllowed: value(true) }, needs('FW-06.2')),
          notify('permitted', tell([responsible, dispatcher], 'dispatch-permitted'), needs('FW-06.3')),
          ...shipParcel,
        ],
      },
    ),
  ],
  editedBy: [...moneyKeepers, ...mayShip],
  moves: [move('in-transit', [...mayShip, 'system']), move('ready-to-ship', ['system'])],
} as const;
