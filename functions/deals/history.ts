import type { Comment } from '../../schemas/feed.ts';
import { instantOf } from '../../schemas/time.ts';
import { withClient } from '../conversation/thread.ts';
import { BadInput } from '../shared/errors.ts';
import { commentKey, feedKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { commentOf, commentRow, feedEntryOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import { mentionedBy, newsOfChat } from './chat.ts';
import type { Context } from './context.ts';
import { withFavourite } from './favourite.ts';
import { objectKey } from './file-names.ts';
import { mustBeStored } from './files.ts';
import { seenCard } from './seen.ts';
import { feedFor, filesFor, viewCard } from './view.ts';

/** GET /v1/deals/{id} */
export const dealCard = async (call: Call<'deals.card'>) => {
  const { card, context } = await seenCard(call.params.id, call, { history: 50 });
  const [shown, client, favourite] = await Promise.all([
    viewCard(card, context),
    withClient(card.deal, context),
    withFavourite(card.deal.id, context),
  ]);
  return { ...shown, ...client, ...favourite };
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

/** Files of the deal that a remark brings, as the caller sees them. @throws {BadInput} naming those that are not there */
const attached = (ids: readonly string[], card: Card, context: Context): NonNullable<Comment['files']> => {
  const files = filesFor(card, context);
  const unknown = ids.filter((id) => !files.some((file) => file.id === id));
  if (unknown.length > 0)
    throw new BadInput(
      `files: no file ${unknown.join(', ')} on this deal; announce it by POST /v1/deals/${card.deal.id}/files first`,
    );
  return files
    .filter(({ id }) => ids.includes(id))
    .map(({ id, name, version, field }) => ({
      id,
      name,
      version,
      ...(field === undefined ? {} : { field }),
    }));
};

/** POST /v1/deals/{id}/comments: by anyone who sees the deal; the history takes it up from there, members are told. */
export const comment = async (call: Call<'deals.comment'>) => {
  const { params, body, reader, now, key } = call;
  const { card, context } = await seenCard(params.id, call);
  const files = attached(body.files ?? [], card, context);
  for (const file of card.files)
    if (files.some(({ id }) => id === file.id))
      await mustBeStored(objectKey(params.id, file.id, file.name), file);
  const mentions = mentionedBy(body.mentions ?? [], card, context).map(({ id }) => id);
  const written: Comment = {
    id: key === undefined ? newId() : idOf(key),
    deal: params.id,
    at: instantOf(now),
    by: { user: reader.user.id },
    text: body.text,
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(files.length === 0 ? {} : { files }),
  };
  try {
    await theTable().transact([
      { put: commentRow(written), if: { absent: true } },
      ...(await newsOfChat(written, card, context)),
    ]);
    return written;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const row = await theTable().get(commentKey(params.id, written.id), { consistent: true });
    return row === undefined ? written : commentOf(row);
  }
};
