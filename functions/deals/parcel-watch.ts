import { finalStates, type ParcelState } from '../../schemas/parcel-state.ts';
import type { Task } from '../../schemas/task.ts';
import { closed } from '../tasks/close.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';

/** What a run waits for: that the parcel has its number, or that it is where it was to go. */
export type Awaited = NonNullable<Task['parcel']>;

/** One the carrier has refused ends nothing: it is mended and ordered again. */
const notYet: Record<Awaited['until'], ReadonlySet<ParcelState>> = {
  registered: new Set(['requested', 'accepted', 'rejected']),
  delivered: new Set(['requested', 'accepted', 'rejected', 'created', 'in-transit', 'at-pickup', 'courier']),
};

/** Whether the newest parcel of the deal is still on its way, or to begin it. */
export const isUnderWay = ({ deal }: Pick<Card, 'deal'>): boolean =>
  deal.parcel !== undefined && !finalStates.has(deal.parcel.state);

/**
 * How waiting for the deal's parcel ended: by the state it is in, or `by-hand` where there is none under way and somebody
 * wrote a number themselves. Nothing while it goes on.
 */
export const parcelOutcome = ({ deal }: Card, { until, track, after }: Awaited): string | undefined => {
  const { parcel } = deal;
  if (parcel !== undefined && parcel.count > after && !notYet[until].has(parcel.state)) return parcel.state;
  return deal.fields[track] !== undefined && !isUnderWay({ deal }) ? 'by-hand' : undefined;
};

/** Runs that wait for the parcel go on as soon as it is where they wait for it. */
export const followParcel = (card: Card, context: Context): Card =>
  card.tasks
    .filter(({ status, parcel }) => status === 'open' && parcel !== undefined)
    .reduce((after, task) => {
      const outcome = task.parcel === undefined ? undefined : parcelOutcome(after, task.parcel);
      return outcome === undefined
        ? after
        : closed(after, task, outcome, { ...context, by: { system: 'parcel' } });
    }, card);
