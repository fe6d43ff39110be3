import * as z from 'zod';
import type { Accrual } from '../../schemas/accrual.ts';
import { FileView } from '../../schemas/api/shapes.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import { DealId, Slug } from '../../schemas/ids.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Task } from '../../schemas/task.ts';
import { NotFound } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import {
  accrualOf,
  contentOf,
  dealOf,
  feedEntryOf,
  ledgerEntryOf,
  parcelOf,
  paymentOf,
  taskOf,
} from '../shared/rows.ts';
import type { Item, Table } from '../shared/table/port.ts';

/** A process started from a deal, as the deal's card shows it. */
export const ProcessLink = z.strictObject({
  deal: DealId,
  number: z.string(),
  pipeline: Slug,
  stage: Slug,
  outcome: z.string().optional(),
});
export type ProcessLink = z.infer<typeof ProcessLink>;

/** A deal with all that belongs to it; the value that rules take and return. */
export type Card = {
  readonly deal: Deal;
  readonly tasks: readonly Task[];
  readonly ledger: readonly LedgerEntry[];
  readonly accruals: readonly Accrual[];
  readonly files: readonly FileView[];
  readonly payments: readonly Payment[];
  readonly parcels: readonly Parcel[];
  readonly processes: readonly ProcessLink[];
  /** newest first; as many as were read */
  readonly feed: readonly FeedEntry[];
};

/** The refusal of a deal that is not there, and in the same words of somebody else's, so that nothing is given away. */
export const unseen = (deal: string): NotFound => new NotFound(`no deal "${deal}" that you may see`);

/** Sorts the rows of a deal's partition into a card. */
export const cardOf = (items: readonly Item[]): Card | undefined => {
  const rows = (kind: string) => items.filter((item) => item.row === kind);
  const [deal] = rows('deal');
  if (deal === undefined) return undefined;
  return {
    deal: dealOf(deal),
    tasks: rows('task').map(taskOf),
    ledger: rows('ledger').map(ledgerEntryOf),
    accruals: rows('accrual').map(accrualOf),
    files: rows('file').map((item) => FileView.parse(contentOf(item))),
    payments: rows('payment').map(paymentOf),
    parcels: rows('parcel').map(parcelOf),
    processes: rows('process').map((item) => ProcessLink.parse(contentOf(item))),
    feed: rows('feed').map(feedEntryOf),
  };
};

/**
 * Reads a card in one query, history lines included.
 *
 * @param options.history - how many rows beyond tasks, ledger and files to ask for; without it, no history at all
 * @throws {NotFound}
 */
export const readCard = async (
  table: Table,
  id: string,
  options: { history?: number } = {},
): Promise<Card> => {
  const items: Item[] = [];
  const query = {
    pk: dealKey(id).pk,
    descending: true,
    consistent: true,
    ...(options.history === undefined ? { sk: { from: '5', to: '9~' } } : {}),
  };
  const enough = options.history === undefined ? undefined : 100 + options.history;
  for await (const item of table.all(enough === undefined ? query : { ...query, limit: enough })) {
    items.push(item);
    if (item.row === 'feed' && items.filter(({ row }) => row === 'feed').length >= (options.history ?? 0))
      break;
  }
  const card = cardOf(items);
  if (card === undefined) throw unseen(id);
  return card;
};
