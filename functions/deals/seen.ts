import type { EndpointName } from '../../schemas/api/index.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { type Card, readCard, unseen } from './card.ts';
import { type Context, contextFor } from './context.ts';
import { maySee } from './editors.ts';

type Caller = Pick<Call<EndpointName>, 'reader' | 'company' | 'now'>;

/** The context in which a person's request is decided. */
export const contextOf = (pipeline: string, { reader, company, now }: Caller): Context =>
  contextFor(pipeline, { now, by: { user: reader.user.id }, reader, company });

/**
 * A deal's card, if the caller may see the deal.
 *
 * @throws {NotFound} in the same words for a deal that is not there
 */
export const seenCard = async (
  id: string,
  caller: Caller,
  options: { history?: number } = {},
): Promise<{ card: Card; context: Context }> => {
  const card = await readCard(theTable(), id, options);
  const context = contextOf(card.deal.pipeline, caller);
  if (!maySee(card, context)) throw unseen(id);
  return { card, context };
};

/** The same of a card that a rule has in hand. @throws {NotFound} */
export const mustSee = (card: Card, context: Context): void => {
  if (!maySee(card, context)) throw unseen(card.deal.id);
};
