import { may, mayDo } from '../access/rights.ts';
import { seenCard } from '../deals/seen.ts';
import { ledgerFor } from '../deals/view.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf, ledgerEntryOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';

/** GET /v1/deals/{id}/ledger; those of the kinds the reader may see. */
export const listEntries = async (call: Call<'ledger.list'>) => {
  const { card, context } = await seenCard(call.params.id, call);
  return { items: ledgerFor(card, context) };
};

/** GET /v1/ledger: entries of one account from day to day, those of the deals whose money the reader may see. */
export const accountByDay = async ({ query, reader, company }: Call<'ledger.day'>) => {
  const { account, from, to, limit } = query;
  if (!may(reader, 'view', 'ledger'))
    throw new Forbidden(`your roles (${reader.user.roles.join(', ')}) do not see money`);
  if (from > to) throw new BadInput(`from: given ${from}, which is after ${to}; give the earlier day first`);
  const asked = { index: 'g1', pk: `MONEY#${account}`, sk: { from: `${from}#`, to: `${to}#~` } } as const;
  return pageOf(theTable(), { ...asked, ...behind(query.cursor) }, limit, async (rows) => {
    const entries = rows.map(ledgerEntryOf);
    const keys = [...new Set(entries.map(({ deal }) => deal))].map(dealKey);
    const deals = new Map((await theTable().getMany(keys)).map(dealOf).map((deal) => [deal.id, deal]));
    return entries.map((entry) => {
      const deal = deals.get(entry.deal);
      return deal !== undefined && mayDo(reader, 'view', 'ledger', deal, company, entry.kind)
        ? entry
        : undefined;
    });
  });
};
