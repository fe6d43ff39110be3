import type { Deal } from '../../schemas/deal.ts';
import type { Text } from '../../schemas/text.ts';
import { Refused } from '../shared/errors.ts';
import type { Table, Write } from '../shared/table/port.ts';
import { bookStock } from '../stock/book.ts';
import { firstBookings } from '../visits/book.ts';
import type { Context } from './context.ts';
import { filled } from './follow.ts';
import { check } from './guard.ts';
import { unmetToEnter } from './move.ts';
import { bareCard } from './new-deal.ts';

/** A deal that may be placed, and the rows that go with it into that write. */
export type Begun = {
  readonly deal: Deal;
  readonly along: (placed: Deal) => Promise<Write[]>;
  readonly warnings: readonly Text[];
};

/**
 * A new deal with all that follows from what was written into it: what is copied from cards and directories, stock, slots.
 *
 * @param blank - as it was before anybody wrote into it
 * @throws {Refused} with all that stands in the way of its first stage
 */
export const begun = async (blank: Deal, written: Deal, context: Context, table: Table): Promise<Begun> => {
  const full = await filled(written, context);
  const stock = await bookStock(bareCard(blank), bareCard(full.deal), context, table);
  if (!stock.ok) throw new Refused(stock.refusals);
  const { deal } = stock.value.card;
  const refusals = await unmetToEnter(deal, context.pipeline.start, context);
  const checked = await check(undefined, deal, context);
  const inTheWay = [...refusals, ...checked.refusals];
  if (inTheWay.length > 0) throw new Refused(inTheWay);
  return {
    deal,
    along: async (placed) => [
      ...full.along,
      ...stock.value.writes,
      ...(await firstBookings(placed, context, table)),
    ],
    warnings: [...full.warnings, ...checked.warnings],
  };
};
