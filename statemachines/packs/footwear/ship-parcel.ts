import { changedSinceOpened, goto, needs, now, set, t, task } from '../../vocabulary/index.ts';
import { dispatcher } from './who.ts';

/** What follows once a parcel may leave: it is sent, with its number, and the order is on its way. */
export const shipParcel = [
  task('ship-parcel', {
    title: t('Отправить посылку', 'Ship the parcel', 'Expediază coletul'),
    who: dispatcher,
    guard: changedSinceOpened('parcelNumber'),
    refusal: t(
      'Впишите номер этой посылки',
      'Enter the number of this parcel',
      'Introduceți numărul acestui colet',
    ),
    fields: ['parcelNumber', 'shipTo'],
    ...needs('FW-80.3'),
  }),
  set('dispatched', { shippedAt: now() }),
  goto('in-transit', needs('FW-06.5', 'FW-07.1')),
] as const;
