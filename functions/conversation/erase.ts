import type { FeedEntry } from '../../schemas/feed.ts';
import { clientMessageKey } from '../shared/keys.ts';
import { clientMessageOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

/** Everything that was written with a person, oldest first. */
export const allWrittenWith = async (client: string, table: Table) => {
  const messages = [];
  for await (const row of table.all({ pk: clientMessageKey(client, '').pk }))
    messages.push(clientMessageOf(row));
  return messages;
};

/** Takes away all that was written with a person. */
export const eraseConversation = async (client: string, table: Table): Promise<void> => {
  const messages = await allWrittenWith(client, table);
  await table.batch(messages.map(({ id }) => ({ remove: clientMessageKey(client, id) })));
};

/** A line of the history says that something was written, by which network and which way, and no word of it. */
export const withoutWords = (entry: FeedEntry): FeedEntry => {
  const { message, channel, direction, kind } = entry.data;
  return { ...entry, data: { message, channel, direction, kind } };
};
