import { ClientChannel } from '../../schemas/pipeline.ts';
import { may } from '../access/rights.ts';
import { callKey, receivedKey } from '../calls/rows.ts';
import { seenCard } from '../deals/seen.ts';
import { incomingKey } from '../mail-in/rows.ts';
import { Forbidden, NotFound } from '../shared/errors.ts';
import { dealKey, messageKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Query } from '../shared/table/port.ts';
import { type Caller, detailOf, entryOf, type Found, mayOutbox } from './entry.ts';

/** Deals are looked up for the rows of a page: fewer rows are looked at than where a row says it all. */
const mostExamined = 600;

const channels: readonly string[] = ClientChannel.options;

type Asked = Call<'outbox.list'>['query'];

/** The list that holds what is asked for, the newest first. */
const queryFor = ({ state = 'failed', provider, deal }: Asked): Omit<Query, 'limit'> => {
  if (deal !== undefined) return { index: 'g2', pk: `LETTERS#${deal}`, descending: true };
  return provider === undefined || channels.includes(provider)
    ? { index: 'g1', pk: `OUTBOX#${state}`, descending: true }
    : { index: 'g3', pk: `OUTBOX#${provider}#${state}`, descending: true };
};

const isAsked = (row: Item, { state, direction, provider }: Asked): boolean =>
  (state === undefined || (row.row === 'incoming' ? 'taken' : row.state) === state) &&
  (direction === undefined ||
    (row.row === 'received' || row.row === 'incoming' ? 'in' : 'out') === direction) &&
  (provider === undefined ||
    row.provider === provider ||
    row.channel === provider ||
    (row.row === 'incoming' && provider === 'email'));

const withDeals = async (rows: readonly Item[]): Promise<Found[]> => {
  const ids = [...new Set(rows.flatMap(({ deal }) => (typeof deal === 'string' ? [deal] : [])))];
  const deals = new Map(
    (await theTable().getMany(ids.map(dealKey))).map((row) => [String(row.id), dealOf(row)]),
  );
  return rows.map((row) => ({ row, deal: deals.get(String(row.deal)) }));
};

/** What is of a deal that is gone is nobody's. */
const isLost = ({ row, deal }: Found): boolean => typeof row.deal === 'string' && deal === undefined;

/** GET /v1/outbox: of a deal for those who see the deal, otherwise for those who have the right to it. */
export const listOutbox = async (call: Call<'outbox.list'>) => {
  const { query, reader } = call;
  const isOfDeal = query.deal !== undefined;
  if (query.deal !== undefined) await seenCard(query.deal, call);
  else if (!may(reader, 'view', 'outbox'))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) have no right to view (outbox); name a deal that you see, or ask an administrator`,
    );
  return pageOf(
    theTable(),
    { ...queryFor(query), ...behind(query.cursor) },
    query.limit,
    async (rows) =>
      (await withDeals(rows)).map((found) =>
        isAsked(found.row, query) && !isLost(found) && (isOfDeal || mayOutbox('view', found, call))
          ? entryOf(found, call)
          : undefined,
      ),
    mostExamined,
  );
};

/** The row of an id, whatever it is. @throws {NotFound} in the same words where the caller may not know of it */
export const findEntry = async (id: string, caller: Caller): Promise<Found> => {
  const table = theTable();
  const nothing = new NotFound(`nothing "${id}" left or came in that you may see`);
  const [row] = (
    await Promise.all(
      [callKey(id), messageKey(id), receivedKey(id), incomingKey(id)].map((key) =>
        table.get(key, { consistent: true }),
      ),
    )
  ).filter((one) => one !== undefined);
  if (row === undefined) throw nothing;
  const [found] = await withDeals([row]);
  if (found === undefined || isLost(found)) throw nothing;
  if (mayOutbox('view', found, caller)) return found;
  if (found.deal === undefined) throw nothing;
  try {
    await seenCard(found.deal.id, caller);
  } catch (error) {
    throw error instanceof NotFound ? nothing : error;
  }
  return found;
};

/** GET /v1/outbox/{id} */
export const getEntry = async (call: Call<'outbox.get'>) => {
  const found = await findEntry(call.params.id, call);
  const detail = detailOf(found, call);
  if (detail === undefined) throw new NotFound(`nothing "${call.params.id}" left or came in`);
  return detail;
};
