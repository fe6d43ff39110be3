import type { Comment } from '../../schemas/feed.ts';
import { instantOf } from '../../schemas/time.ts';
import { withClient } from '../conversation/thread.ts';
import { commentKey, feedKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { commentOf, commentRow, feedEntryOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import { seenCard } from './seen.ts';
import { feedFor, viewCard } from './view.ts';

/** GET /v1/deals/{id} */
export const dealCard = async (call: Call<'deals.card'>) => {
  const { card, context } = await seenCard(call.params.id, call, { history: 50 });
  return { ...(await viewCard(card, context)), ...(await withClient(card.deal, context)) };
};

/** GET /v1/deals/{id}/feed, newest first */
export const dealFeed = async (call: Call<'deals.feed'>) => {
  const { id } = call.params;
  const { card, context } = await seenCard(id, call);
  const query = { pk: feedKey(id, '', '').pk, sk: { begins: '1#FEED#' }, descending: true };
  return pageOf(theTable(), { ...query, ...behind(call.query.cursor) }, call.query.limit, (rows) =>
    rows.map((row) => feedFor(card, [feedEntryOf(row)], context)[0]),
  );
};

/** POST /v1/deals/{id}/comments: by anyone who sees the deal; the history takes it up from there. */
export const comment = async (call: Call<'deals.comment'>) => {
  const { params, body, reader, now, key } = call;
  await seenCard(params.id, call);
  const written: Comment = {
    id: key === undefined ? newId() : idOf(key),
    deal: params.id,
    at: instantOf(now),
    by: { user: reader.user.id },
    text: body.text,
  };
  try {
    await theTable().write({ put: commentRow(written), if: { absent: true } });
    return written;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const row = await theTable().get(commentKey(params.id, written.id), { consistent: true });
    return row === undefined ? written : commentOf(row);
  }
};
