import { mayDo } from '../access/rights.ts';
import { mustHave } from '../contacts/rights.ts';
import { contextOf } from '../deals/seen.ts';
import { incomingKey } from '../mail-in/rows.ts';
import { dealKey, letterKey, messageKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Key } from '../shared/table/port.ts';
import { viewLetter } from './of-deal.ts';

/** A line of a contact's letters leads to one that was written to them, or came from them. */
const keyOfLetter = ({ message, incoming }: Item): Key =>
  incoming === undefined ? messageKey(String(message)) : incomingKey(String(incoming));

/** GET /v1/contacts/{id}/letters, newest first: one query, and the letters and deals of the page. */
export const lettersOf = async (call: Call<'letters.of'>) => {
  const { params, query, reader, company } = call;
  mustHave(reader, 'view', 'contact');
  const table = theTable();
  const { pk } = letterKey(params.id, '', '');
  const asked = { pk, sk: { begins: 'LETTER#' }, descending: true } as const;
  return pageOf(table, { ...asked, ...behind(query.cursor) }, query.limit, async (rows) => {
    const found = await table.getMany([
      ...rows.map(keyOfLetter),
      ...[...new Set(rows.map(({ deal }) => String(deal)))].map(dealKey),
    ]);
    const letters = new Map(
      found.filter(({ row }) => row === 'message' || row === 'incoming').map((row) => [String(row.id), row]),
    );
    const deals = new Map(
      found.filter(({ row }) => row === 'deal').map((row) => [String(row.id), dealOf(row)]),
    );
    return rows.map((row) => {
      const letter = letters.get(String(row.incoming ?? row.message));
      const deal = deals.get(String(row.deal));
      return letter === undefined || deal === undefined || !mayDo(reader, 'view', 'deal', deal, company)
        ? undefined
        : viewLetter(letter, contextOf(deal.pipeline, call));
    });
  });
};
