import type { Received } from '../../schemas/received.ts';
import type { Taken, Taker } from '../calls/take.ts';
import { readCard } from '../deals/card.ts';
import { takeOrder } from './calls/look.ts';
import type { CdekOrder } from './cdek/orders.ts';
import { orderBy } from './cdek/orders.ts';
import { CdekEvent } from './cdek/webhooks.ts';
import { type Found, parcelBy } from './find.ts';
import { returnOf, withParcel } from './follow.ts';
import { cdekOf, writeParcel } from './opened.ts';

const eventIn = ({ raw }: Received): CdekEvent => CdekEvent.parse(JSON.parse(raw));

/** The parcel that an order of the carrier's is of; one that brings another back becomes a parcel of its own. */
const parcelOfOrder = async (
  found: Found,
  uuid: string,
  order: CdekOrder | undefined,
): Promise<string | undefined> => {
  let id: string | undefined = found.parcel;
  await writeParcel(found.deal, found.parcel, (card, parcel, context) => {
    const own = card.parcels.find((one) => one.uuid === uuid);
    if (own !== undefined) {
      id = own.id;
      return card;
    }
    // An answer was lost: the order of our number is ours, though we never heard its id.
    if (parcel.uuid === undefined && order?.number === parcel.number && !order.back) return card;
    if (order?.back !== true) {
      id = undefined;
      return card;
    }
    const back = returnOf(parcel, uuid, context);
    id = back.id;
    return withParcel(card, back);
  });
  return id;
};

/**
 * Acts upon a change of status that somebody says there is: what CDEK itself says of the order, asked with our own account, is
 * what counts. One that is known already asks nothing.
 */
export const takeStatus: Taker = async (received, { table }): Promise<Taken> => {
  const event = eventIn(received);
  const { pack = '' } = received;
  if (event.type !== 'ORDER_STATUS') return { as: 'ignored', problem: `nothing follows from ${event.type}` };
  const { uuid, attributes } = event;
  const related = (attributes.related_entities ?? []).map((one) => one.uuid);
  const found = await parcelBy(table, uuid, `${pack}/${attributes.number ?? ''}`, ...related);
  if (found === undefined) return { as: 'ignored', problem: 'no parcel of ours has this id or number' };
  const { deal, parcels } = await readCard(table, found.deal);
  if (deal.pack !== pack) return { as: 'ignored', problem: 'the parcel is of another account' };
  const known = parcels.find((parcel) => parcel.uuid === uuid);
  const isKnown =
    attributes.deleted !== true &&
    known?.statuses.some(({ code, at }) => code === attributes.code && at === attributes.status_date_time);
  if (isKnown === true) return { as: 'ignored', problem: 'it was known', deal };
  const order = await orderBy(await cdekOf(pack), uuid);
  const parcel = await parcelOfOrder(found, uuid, order);
  if (parcel === undefined)
    return { as: 'ignored', problem: 'the order of this id is not that of the parcel', deal };
  await takeOrder(deal.id, parcel, order);
  return { as: 'taken', deal };
};

/** What CDEK tells of beside statuses is kept and comes to nothing: forms and couriers are asked after by their own calls. */
export const takeOther: Taker = async (received) => ({
  as: 'ignored',
  problem: `nothing follows from ${eventIn(received).type}`,
});

/** What came under the right address and is none of CDEK's words. */
export const takeUnreadable: Taker = async () => ({
  as: 'refused',
  problem: 'it is not what CDEK says; if it comes again, compare it with docs/integrations/cdek.md',
});
