import type { By } from '../../schemas/deal.ts';
import type { Text } from '../../schemas/text.ts';
import type { Reader } from '../access/rights.ts';
import { clock } from '../shared/clock.ts';
import { DealMoved, Refused } from '../shared/errors.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import type { Write } from '../shared/table/port.ts';
import { bookStock } from '../stock/book.ts';
import { bookings } from '../visits/book.ts';
import { newsOfSlots } from '../visits/news.ts';
import { type Card, readCard } from './card.ts';
import { clientLinks } from './client-links.ts';
import { withConsequences } from './consequences.ts';
import { type Context, contextFor, type Outcome } from './context.ts';
import { followed } from './follow.ts';
import { check } from './guard.ts';
import { newsOfDeal } from './news.ts';
import { save } from './save.ts';

const tries = 4;

export type Act = {
  readonly by: By;
  readonly reader?: Reader | undefined;
  /** refuse if the deal is no longer at this version; without it the latest deal is taken, and taken again if somebody was first */
  readonly version?: number | undefined;
  /** a repeated request with the same key changes nothing and answers with the deal as it is */
  readonly key?: string | undefined;
  /** the deal as it was just read; used for the first attempt, since what is stale is refused by the table */
  readonly card?: Card | undefined;
  /** rows to write in the same transaction, made from the outcome */
  readonly along?: (after: Card, context: Context) => readonly Write[] | Promise<readonly Write[]>;
};

/** A card with the context it was decided in. */
export type Acted = {
  readonly card: Card;
  readonly context: Context;
  readonly before: Card;
  /** what to mind, where nothing stood in the way */
  readonly warnings?: readonly Text[];
};

/**
 * The one way a deal is written, whoever writes: load, decide, add what follows, save in one step.
 *
 * @throws {Refused} with every reason the rule gave; {DealMoved} if the deal is not at `version`, or if others kept
 * writing it
 */
export const act = async (
  deal: string,
  rule: (card: Card, context: Context) => Outcome<Card> | Promise<Outcome<Card>>,
  { by, reader, version, key, card: inHand, along }: Act,
): Promise<Acted> => {
  for (let attempt = 1; ; attempt += 1) {
    const [company, before] = await Promise.all([
      theCompany(),
      attempt === 1 && inHand !== undefined ? inHand : readCard(theTable(), deal),
    ]);
    const context = contextFor(before.deal.pipeline, { now: clock.now(), by, reader, company });
    if (key !== undefined && before.deal.keys.includes(key)) return { card: before, context, before };
    if (version !== undefined && version !== before.deal.version)
      throw new DealMoved(
        `deal ${before.deal.number} is at version ${before.deal.version}, you saw ${version}; read it again`,
        {
          details: { version: before.deal.version },
        },
      );
    const outcome = await rule(before, context);
    if (!outcome.ok)
      throw new Refused(outcome.refusals, outcome.details === undefined ? {} : { details: outcome.details });
    const kept = await followed(before.deal, outcome.value, context);
    const changed = await withConsequences(before, kept.card, context);
    const stock = await bookStock(before, changed, context, theTable());
    if (!stock.ok) throw new Refused(stock.refusals);
    const { card: after, writes: ofStock } = stock.value;
    const checked = await check(before.deal, after.deal, context);
    if (checked.refusals.length > 0) throw new Refused(checked.refusals);
    const booked = await bookings(before.deal, after.deal, context, theTable());
    if (!booked.ok) throw new Refused(booked.refusals);
    const news = [
      ...(await newsOfSlots(before, after, context)),
      ...(await newsOfDeal(before, after, context)),
    ];
    try {
      const card = await save(theTable(), before, after, {
        now: context.now,
        by,
        key,
        along: [
          ...booked.value,
          ...ofStock,
          ...news,
          ...kept.along,
          ...clientLinks(before.deal, after.deal, context.pipeline),
          ...((await along?.(after, context)) ?? []),
        ],
      });
      return {
        card,
        context,
        before,
        warnings: [...(outcome.warnings ?? []), ...kept.warnings, ...checked.warnings],
      };
    } catch (error) {
      // It may be the slot that was taken or the stock, and not the deal that was written: the next look tells.
      const isLast =
        attempt >= tries || (version !== undefined && booked.value.length + ofStock.length === 0);
      if (!(error instanceof DealMoved) || isLast) throw error;
    }
  }
};
