import {
  all,
  any,
  choose,
  filled,
  goto,
  is,
  isNot,
  needs,
  notify,
  responsible,
  set,
  setting,
  t,
  task,
  tell,
  value,
  when,
} from '../../vocabulary/index.ts';
import { shipParcel } from './ship-parcel.ts';
import { some } from './some.ts';
import { mayShip, workers } from './who.ts';

/** The shoes are here: how the rest is paid decides whether the parcel may leave. */
export const readyToShip = {
  title: t('Готово к отправке', 'Ready to ship', 'Gata pentru expediere'),
  aim: t(
    'Согласовать с клиентом, как он платит остаток.',
    'It is agreed with the client how the rest is paid.',
    'Se stabilește cu clientul cum plătește restul.',
  ),
  work: [
    notify('ready', tell([responsible], 'ready-to-ship'), needs('FW-05.1')),
    task('agree-payment', {
      title: t('Уточнить условия оплаты', 'Agree how it is paid', 'Clarifică condițiile de plată'),
      who: responsible,
      due: setting('agreePaymentTime'),
      closeWhen: filled('paymentMode'),
      refusal: t('Выберите условия оплаты', 'Choose how it is paid', 'Alegeți condițiile de plată'),
      fields: ['paymentMode', 'shipTo'],
      ...needs('FW-05.2'),
    }),
    choose('by-payment-mode', [
      when(
        all(
          is('paymentMode', 'full-before-dispatch'),
          any(some('remaining'), isNot('shippingAllowed', true)),
        ),
        // What was permitted before held for what was paid then.
        set('not-yet', { shippingAllowed: value(false) }),
        goto('additional-payment', needs('FW-05.3')),
      ),
    ]),
    ...shipParcel,
  ],
  editedBy: mayShip,
  moves: [
    { to: 'additional-payment', by: [...workers, 'system'] },
    { to: 'in-transit', by: [...mayShip, 'system'], ...needs('FW-05.4') },
  ],
} as const;
