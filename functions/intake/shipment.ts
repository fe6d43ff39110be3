import type { PortEvent } from '../../schemas/event.ts';
import { act } from '../deals/act.ts';
import { changeFields } from '../deals/change.ts';
import { done } from '../deals/context.ts';
import { byAdapter, keyOf, marking, type Occasion } from './marker.ts';

/** A carrier's track number goes into the deal. */
export const registerShipment = async (
  { deal, trackNumber }: Extract<PortEvent, { type: 'shipment.registered' }>,
  occasion: Occasion,
): Promise<void> => {
  await act(deal, (card, context) => done(changeFields(card, { trackNumber }, context)), {
    by: byAdapter(occasion),
    key: keyOf(occasion),
    along: () => [marking(occasion)],
  });
};
