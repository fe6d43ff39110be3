import type { FedEvent } from '../../schemas/fed-event.ts';
import { BadInput, VoronkaError } from '../shared/errors.ts';
import type { Table } from '../shared/table/port.ts';
import { counterKey, fedEventOf, oldestDay, placeOf } from './rows.ts';

/** The cursor stands before what is still kept. */
export class EventsGone extends VoronkaError {
  readonly name = 'EventsGone';
  readonly type = 'events-gone';
  readonly title = 'These events are no longer kept';
  readonly status = 410;
  readonly mends = 'caller';
}

/** The number before the oldest event that is kept. */
const oldest = async (table: Table, now: Date, last: number): Promise<number> => {
  const { items } = await table.query({
    pk: counterKey.pk,
    sk: { from: `DAY#${oldestDay(now)}`, to: 'DAY#~' },
    limit: 1,
  });
  const first = items[0]?.first;
  return typeof first === 'number' ? first - 1 : last;
};

/** The last number that was given. */
export const lastNumber = async (table: Table): Promise<number> => {
  const row = await table.get(counterKey, { consistent: true });
  return typeof row?.n === 'number' ? row.n : 0;
};

/**
 * Events behind a number, in order and without a gap.
 *
 * @param after - the last number the reader has; without it, the oldest event that is kept is the first
 * @returns `next`: where to go on from; `more`: whether more is there already
 * @throws {EventsGone} if some behind that number are no longer kept
 */
export const readEvents = async (
  after: number | undefined,
  limit: number,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<{ items: FedEvent[]; next: number; more: boolean }> => {
  const last = await lastNumber(table);
  const floor = await oldest(table, now, last);
  const from = after ?? floor;
  if (from > last)
    throw new BadInput(
      `after: ${from} given, the last event so far is ${last}; send a number that was given as next`,
    );
  if (from < floor)
    throw new EventsGone(
      `after: events up to ${floor} are no longer kept; what came of them is read from the deals themselves (GET /v1/deals), then go on with after=${floor}`,
      { details: { oldest: floor } },
    );
  const items: FedEvent[] = [];
  let next = from;
  while (items.length < limit && next < last) {
    const { g1pk, g1sk } = placeOf(next + 1);
    const page = await table.query({
      index: 'g1',
      pk: g1pk,
      sk: { from: g1sk },
      limit: limit - items.length,
    });
    // The index comes to know rows one by one, a moment after they were numbered: what is behind a gap is read next time.
    const joined = page.items.map(fedEventOf).filter(({ n }, index) => n === next + 1 + index);
    items.push(...joined);
    next += joined.length;
    if (joined.length === 0 || joined.length < page.items.length) break;
  }
  return { items, next, more: next < last };
};
