import { instantOf } from '../../schemas/time.ts';
import { seenCard } from '../deals/seen.ts';
import { viewMessage } from '../letters/view.ts';
import { NotFound } from '../shared/errors.ts';
import { inboxKey, notificationKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { messageOf, notificationOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';

const mine = ({ reader }: Pick<Call<'inbox.list'>, 'reader'>) => ({
  pk: inboxKey(reader.user.id, '', '').pk,
  descending: true,
});

/** GET /v1/inbox, newest first */
export const listInbox = (call: Call<'inbox.list'>) =>
  pageOf(theTable(), { ...mine(call), ...behind(call.query.cursor) }, call.query.limit, (rows) =>
    rows.map(notificationOf),
  );

/** POST /v1/inbox/{id}/read: the first reading counts. */
export const readNotification = async (call: Call<'inbox.read'>) => {
  for await (const row of theTable().all(mine(call))) {
    const told = notificationOf(row);
    if (told.id !== call.params.id) continue;
    if (told.readAt !== undefined) return told;
    const read = { ...told, readAt: instantOf(call.now) };
    await theTable().write({
      update: notificationKey(told),
      set: { readAt: read.readAt },
      if: { present: true },
    });
    return read;
  }
  throw new NotFound(`nothing "${call.params.id}" in your inbox`);
};

/** GET /v1/deals/{id}/messages, newest first; left out are the words of a letter that tells a hidden figure, and a client's address. */
export const listMessages = async (call: Call<'messages.list'>) => {
  const { context } = await seenCard(call.params.id, call);
  const query = { index: 'g2', pk: `LETTERS#${call.params.id}`, descending: true } as const;
  return pageOf(theTable(), { ...query, ...behind(call.query.cursor) }, call.query.limit, (rows) =>
    rows.map((row) => (row.row === 'message' ? viewMessage(messageOf(row), context) : undefined)),
  );
};
