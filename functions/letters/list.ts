import { mayDo } from '../access/rights.ts';
import { mustHave } from '../contacts/rights.ts';
import { contextOf } from '../deals/seen.ts';
import { dealKey, letterKey, messageKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf, messageOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { viewMessage } from './view.ts';

/** GET /v1/contacts/{id}/letters, newest first: one query, and the letters and deals of the page. */
export const lettersOf = async (call: Call<'letters.of'>) => {
  const { params, query, reader, company } = call;
  mustHave(reader, 'view', 'contact');
  const table = theTable();
  const { pk } = letterKey(params.id, '', '');
  const asked = { pk, sk: { begins: 'LETTER#' }, descending: true } as const;
  return pageOf(table, { ...asked, ...behind(query.cursor) }, query.limit, async (rows) => {
    const found = await table.getMany([
      ...rows.map(({ message }) => messageKey(String(message))),
      ...[...new Set(rows.map(({ deal }) => String(deal)))].map(dealKey),
    ]);
    const messages = new Map(
      found.filter(({ row }) => row === 'message').map((row) => [String(row.id), messageOf(row)]),
    );
    const deals = new Map(
      found.filter(({ row }) => row === 'deal').map((row) => [String(row.id), dealOf(row)]),
    );
    return rows.map((row) => {
      const [message, deal] = [messages.get(String(row.message)), deals.get(String(row.deal))];
      return message === undefined || deal === undefined || !mayDo(reader, 'view', 'deal', deal, company)
        ? undefined
        : viewMessage(message, contextOf(deal.pipeline, call));
    });
  });
};
