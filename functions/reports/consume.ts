import * as z from 'zod';
import type { Company, Contact } from '../../schemas/contact.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import { log } from '../shared/log.ts';
import { feedRow } from '../shared/rows.ts';
import type { Item, Key, Table } from '../shared/table/port.ts';
import { type Change, changeOf } from '../shared/table/records.ts';
import { auditedIn, linesOfFigures } from './audited.ts';
import { type ChangedRow, changedRow } from './changed-row.ts';
import { type Contribution, markOf, nameOf, nothing } from './contribution.ts';
import { linesOf } from './feed.ts';
import { keep, type Revision } from './keep.ts';
import {
  type Definitions,
  versionOfAccrual,
  versionOfEntry,
  worthOfAccrual,
  worthOfClient,
  worthOfDeal,
  worthOfEntry,
  worthOfTask,
} from './worth.ts';

/** The row's version and worth on one side of a change. */
type Side = { readonly version: number; readonly worth: Contribution };

type Counted = { readonly source: Key; readonly before: Side | undefined; readonly after: Side | undefined };

const sideOf = async <T>(
  value: T | undefined,
  version: (value: T) => number,
  worth: (value: T) => Contribution | Promise<Contribution>,
): Promise<Side | undefined> =>
  value === undefined ? undefined : { version: version(value), worth: await worth(value) };

/** Both sides of a change of a row that is counted. */
const countedOf = async (
  source: Key,
  changed: ChangedRow,
  definitions: Definitions,
): Promise<Counted | undefined> => {
  const sides = async <T>(
    { before, after }: { before: T | undefined; after: T | undefined },
    version: (value: T) => number,
    worth: (value: T) => Contribution | Promise<Contribution>,
  ): Promise<Counted> => ({
    source,
    before: await sideOf(before, version, worth),
    after: await sideOf(after, version, worth),
  });
  switch (changed.row) {
    case 'deal':
      return sides(
        changed,
        ({ version }) => version,
        (deal) => worthOfDeal(deal, definitions),
      );
    case 'task':
      return sides(
        changed,
        ({ version }) => version,
        (task) => worthOfTask(task, definitions),
      );
    case 'ledger':
      return sides(changed, versionOfEntry, (entry) => worthOfEntry(entry, definitions));
    case 'accrual':
      return sides(changed, versionOfAccrual, (accrual) => worthOfAccrual(accrual, definitions));
    case 'company':
    case 'contact':
      return sides(
        changed as { before: Company | Contact | undefined; after: Company | Contact | undefined },
        ({ version }) => version,
        (client) => worthOfClient(changed.row, client),
      );
    case 'reminder':
    case 'parcel':
    case 'payment':
    case 'comment':
    case 'message':
    case 'call':
    case 'incoming':
    case 'client-message':
      return undefined;
    default:
      return changed satisfies never;
  }
};

/**
 * Changes of one row as one revision: from the worth it had before the first to that after the newest. Nothing where none
 * of them changed its worth; where they did and undid it, still one, so that the first alone, told again, is known to be old.
 */
const revisionOf = (counted: readonly Counted[]): Revision | undefined => {
  const [first] = counted;
  const isTouched = counted.some(
    ({ before, after }) => markOf(before?.worth ?? nothing) !== markOf(after?.worth ?? nothing),
  );
  if (first === undefined || !isTouched) return undefined;
  const to = counted
    // A row that is gone is one version on from its last.
    .map(({ before, after }) => after ?? { version: (before?.version ?? 0) + 1, worth: nothing })
    .reduce((newest, side) => (side.version >= newest.version ? side : newest));
  // Of a batch that is given again, a part may have been counted: then the row is found by what one of these sides says.
  const sides = counted.flatMap(({ before, after }) => [before, after]);
  return {
    source: first.source,
    version: to.version,
    from: first.before?.worth ?? nothing,
    to: to.worth,
    found: sides.map((side) => side?.worth.finds ?? []),
  };
};

type Read = { readonly change: Change; readonly lines: Item[]; readonly counted: Counted | undefined };

const historyOf = async (changed: ChangedRow, definitions: Definitions): Promise<FeedEntry[]> => {
  const audited =
    changed.row === 'deal' && changed.after !== undefined ? auditedIn(changed.after, definitions) : [];
  return [...linesOf(changed, new Set(audited)), ...(await linesOfFigures(changed, definitions))];
};

const read = async (record: unknown, definitions: Definitions): Promise<Read> => {
  const change = changeOf(record);
  const changed = changedRow(change);
  return {
    change,
    lines: changed === undefined ? [] : (await historyOf(changed, definitions)).map(feedRow),
    counted: changed === undefined ? undefined : await countedOf(change.key, changed, definitions),
  };
};

const grouped = (reads: readonly Read[]): Counted[][] => {
  const rows = new Map<string, Counted[]>();
  for (const { counted } of reads) {
    if (counted === undefined) continue;
    const name = nameOf(counted.source);
    rows.set(name, [...(rows.get(name) ?? []), counted]);
  }
  return [...rows.values()];
};

const Keys = z.object({ dynamodb: z.object({ Keys: z.object({ pk: z.object({ S: z.string() }) }) }) });

/** Which row a record is about, where even that can be read: `D#<deal>` for all that belongs to a deal. */
const rowOf = (record: unknown): string | undefined => Keys.safeParse(record).data?.dynamodb.Keys.pk.S;

/**
 * Takes a batch of the table's changes into the history and the reports. A batch may come twice, late, or behind a newer
 * one of other rows.
 *
 * @returns the place of the first record that could not be read; those before it are done
 */
export const consume = async (
  records: readonly unknown[],
  { table, definitions }: { table: Table; definitions: Definitions },
): Promise<number | undefined> => {
  const reads: Read[] = [];
  let broken: number | undefined;
  for (const [at, record] of records.entries()) {
    try {
      reads.push(await read(record, definitions));
    } catch (error) {
      log.error(
        { row: rowOf(record), error },
        'a change could not be taken into the reports and will be given again',
      );
      broken = at;
      break; // what comes after it is given again with it
    }
  }
  const revisions = grouped(reads).flatMap((counted) => revisionOf(counted) ?? []);
  await Promise.all([
    table.batch(reads.flatMap(({ lines }) => lines.map((put) => ({ put })))),
    keep(table, revisions),
  ]);
  return broken;
};
