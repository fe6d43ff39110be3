import type { DomainEvent } from '../../schemas/event.ts';
import type { FedEvent } from '../../schemas/fed-event.ts';
import { Conflict, Passing } from '../shared/errors.ts';
import type { Item, Key, Table, Write } from '../shared/table/port.ts';
import { fed } from './fed.ts';
import { counterKey, dayOf, dayRow, eventKey, eventRow } from './rows.ts';

/** A transaction takes 100 writes: one for each of these, the counter and the day. */
const atOnce = 98;
const tries = 24;

type Counter = { readonly n: number; readonly day: string | undefined };

const counterIn = (row: Item | undefined): Counter => ({
  n: typeof row?.n === 'number' ? row.n : 0,
  day: typeof row?.day === 'string' ? row.day : undefined,
});

/** The count, moved on in the write that numbers; refused where another has moved it. */
const movedOn = (before: Counter, n: number, now: Date): Write => ({
  update: counterKey,
  set: { n, day: dayOf(now), row: 'event-counter' },
  if: before.n === 0 ? { absent: true } : { equals: { n: before.n } },
});

const known = async (table: Table, keys: readonly Key[], surely: boolean): Promise<ReadonlySet<string>> => {
  const rows = surely
    ? await Promise.all(keys.map((key) => table.get(key, { consistent: true })))
    : await table.getMany(keys);
  return new Set(rows.flatMap((row) => (row === undefined ? [] : [row.pk])));
};

const numberSome = async (
  events: readonly Omit<FedEvent, 'n'>[],
  table: Table,
  now: Date,
): Promise<FedEvent[]> => {
  for (let tried = 1; tried <= tries; tried += 1) {
    const [row, marked] = await Promise.all([
      table.get(counterKey, { consistent: true }),
      known(
        table,
        events.map(({ id }) => eventKey(id)),
        tried > 1,
      ),
    ]);
    const before = counterIn(row);
    const fresh = events
      .filter(({ id }) => !marked.has(eventKey(id).pk))
      .map((event, index): FedEvent => ({ n: before.n + 1 + index, ...event }));
    if (fresh.length === 0) return [];
    try {
      await table.transact([
        movedOn(before, before.n + fresh.length, now),
        ...(before.day === dayOf(now)
          ? []
          : [{ put: dayRow(before.n + 1, now), if: { absent: true } } satisfies Write]),
        ...fresh.map((event): Write => ({ put: eventRow(event, now), if: { absent: true } })),
      ]);
      return fresh;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error; // otherwise another reader numbered in this instant
    }
  }
  throw new Passing('others kept numbering events; the batch comes again');
};

/**
 * Numbers domain events for other systems, in one transaction with the counter: no number without its event, no event
 * with two, whoever else is numbering, and however often an event is given.
 *
 * @returns those that had no number yet
 */
export const number = async (
  events: readonly DomainEvent[],
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<FedEvent[]> => {
  // A batch that a reader is given again may say the same twice.
  const all = [
    ...new Map(events.flatMap((event) => fed(event) ?? []).map((event) => [event.id, event])).values(),
  ];
  const numbered: FedEvent[] = [];
  for (let at = 0; at < all.length; at += atOnce)
    numbered.push(...(await numberSome(all.slice(at, at + atOnce), table, now)));
  return numbered;
};
