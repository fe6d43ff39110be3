import type { PortEvent } from '../../schemas/event.ts';
import { act } from '../deals/act.ts';
import { enter } from '../ledger/enter.ts';
import { idOf } from '../shared/new-id.ts';
import { adapterOf, byAdapter, keyOf, marking, type Occasion } from './marker.ts';

/** Money that a payment system reports becomes an entry of the deal's ledger; a deal that is not there is thrown. */
export const receivePayment = async (
  { deal, externalId, kind, amount, day, account }: Extract<PortEvent, { type: 'payment.received' }>,
  occasion: Occasion,
): Promise<void> => {
  const source = adapterOf(occasion);
  await act(
    deal,
    (card, context) =>
      enter(card, { id: idOf(source, externalId), source, externalId, kind, amount, day, account }, context),
    { by: byAdapter(occasion), key: keyOf(occasion), along: () => [marking(occasion)] },
  );
};
