import type { Parcel } from '../../../schemas/parcel.ts';
import { finalStates } from '../../../schemas/parcel-state.ts';
import type { Executor } from '../../calls/carry.ts';
import type { Card } from '../../deals/card.ts';
import { log } from '../../shared/log.ts';
import type { CdekOrder } from '../cdek/orders.ts';
import { orderBy } from '../cdek/orders.ts';
import { gone, heard } from '../follow.ts';
import { aboutParcel, writeParcel } from '../opened.ts';

const hourSeconds = 3600;
const everySeconds = 6 * hourSeconds;
const dayMs = 86_400_000;
/** How long after its end a parcel is asked for: its money is paid out weekly, what goes back is ordered within days. */
const afterEndDays = 30;

/** Seconds until a parcel is worth looking for again; nothing where no more is to come. */
export const lookAgainIn = (
  parcel: Parcel,
  { parcels }: Pick<Card, 'parcels'>,
  now: Date,
): number | undefined => {
  if (!finalStates.has(parcel.state)) return everySeconds;
  const last = parcel.statuses.at(-1)?.at ?? parcel.changedAt;
  if (now.getTime() - Date.parse(last) > afterEndDays * dayMs) return undefined;
  const isOwed = parcel.state === 'delivered' && parcel.cod !== undefined && parcel.paidOut !== true;
  const comesBack = parcel.state === 'returned' && !parcels.some(({ of }) => of === parcel.id);
  return isOwed || comesBack ? 24 * hourSeconds : undefined;
};

/** Writes what CDEK says of a parcel. */
export const takeOrder = async (
  deal: string,
  id: string,
  order: CdekOrder | undefined,
): Promise<{ readonly card: Card; readonly parcel: Parcel }> => {
  let unknown: readonly string[] = [];
  const written = await writeParcel(deal, id, (card, parcel, context) => {
    if (order === undefined) return gone(card, parcel, context);
    const found = heard(card, parcel, order, context);
    unknown = found.unknown;
    return found.card;
  });
  if (unknown.length > 0) log.warn({ parcel: id, codes: unknown }, 'CDEK says codes that nobody here knows');
  return written;
};

/** Asks where a parcel is, again and again until it is where it was to go: what a callback told comes to nothing new. */
export const look: Executor = aboutParcel(async ({ card, parcel, context, cdek }) => {
  if (parcel.uuid === undefined || lookAgainIn(parcel, card, context.now) === undefined)
    return { as: 'done', answer: parcel.state };
  const now = await takeOrder(card.deal.id, parcel.id, await orderBy(cdek, parcel.uuid));
  const afterSeconds = lookAgainIn(now.parcel, now.card, context.now);
  return afterSeconds === undefined
    ? { as: 'done', answer: now.parcel.state }
    : { as: 'waiting', afterSeconds, answer: now.parcel.state };
});
