import type { Deal } from '../../schemas/deal.ts';
import { DealId } from '../../schemas/ids.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Context } from '../deals/context.ts';
import type { Facts } from '../shared/expression.ts';
import { dealKey } from '../shared/keys.ts';
import { isLinkToken, linkToken } from '../shared/link-token.ts';
import { publicUrl } from '../shared/public-url.ts';
import { dealOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

const purpose = 'track';

/** Which of a deal's links is good: a new one takes the place of all before. */
const turnOf = (deal: Pick<Deal, 'tracking'> | undefined): string => String(deal?.tracking?.turn ?? 1);

/** Whether a client may follow the deal: its pipeline has a page, nobody shut it, and the person was not erased. */
export const isFollowed = (
  { tracking, erased }: Pick<Deal, 'tracking' | 'erased'>,
  { pipeline }: Pick<Context, 'pipeline'>,
): boolean => pipeline.tracking !== undefined && tracking?.off === undefined && erased === undefined;

/** `<deal>.<26 letters and digits>`: the deal is found by the one, and the other is what nobody guesses. */
export const trackingToken = async (deal: Pick<Deal, 'id' | 'tracking'>): Promise<string> =>
  `${deal.id}.${await linkToken(purpose, deal.id, turnOf(deal))}`;

/** Where the client follows a deal. */
export const trackingUrl = async (deal: Pick<Deal, 'id' | 'tracking'>): Promise<string> =>
  publicUrl(`/v1/track/${await trackingToken(deal)}`);

/**
 * The deal a token leads to; nothing for a token that is none. One read and one comparison, whether there is such a deal, there
 * was one, or never: the time it takes tells nothing.
 */
export const dealByToken = async (token: string, table: Table): Promise<Deal | undefined> => {
  const at = token.lastIndexOf('.');
  const id = DealId.safeParse(token.slice(0, Math.max(at, 0)));
  const row = await table.get(dealKey(id.data ?? 'none'), { consistent: true });
  const deal = row === undefined ? undefined : dealOf(row);
  const isRight = await isLinkToken(token.slice(at + 1), purpose, id.data ?? 'none', turnOf(deal));
  return isRight ? deal : undefined;
};

/** The placeholder of a client's page in texts. */
const placeholder = /\{\{\s*trackingLink\s*\}\}/;
const everyPlaceholder = new RegExp(placeholder, 'g');

const speaksOfIt = ({ messages }: Pack, text: string): boolean => {
  const message = messages[text];
  return (
    message !== undefined &&
    [message.subject, message.body].some((of) =>
      Object.values(of).some((words = '') => placeholder.test(words)),
    )
  );
};

/** The facts of a deal as a letter to its client reads them: where the text speaks of it, with the link to the client's page. */
export const factsForClient = async (
  text: string,
  deal: Deal,
  facts: Facts,
  context: Pick<Context, 'pack' | 'pipeline'>,
): Promise<Facts> =>
  speaksOfIt(context.pack, text) && isFollowed(deal, context)
    ? { ...facts, trackingLink: await trackingUrl(deal) }
    : facts;

/** A text that goes to the client as it stands, with the link to their page where it asks for that; a dash where there is none. */
export const withTrackingLink = async (
  text: string,
  deal: Deal,
  context: Pick<Context, 'pipeline'>,
): Promise<string> => {
  if (!placeholder.test(text)) return text;
  const link = isFollowed(deal, context) ? await trackingUrl(deal) : '—';
  return text.replace(everyPlaceholder, link);
};
