import type { Notification } from '../../schemas/message.ts';
import { Push } from '../../schemas/push.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item } from '../shared/table/port.ts';

/** How long a row that somebody was to hear at once is kept: it has done its work when the stream has told of it. */
const keptSeconds = 7 * 86_400;

/** A row by which the stream lets whoever pushes to phones know of a line in an inbox. */
export const pushRow = ({ id, user, at, text, deal }: Notification): Item => ({
  pk: `PUSH#${user}`,
  sk: `${at}#${id}`,
  row: 'push',
  ttl: Math.floor(Date.parse(at) / 1000) + keptSeconds,
  id,
  user,
  at,
  text,
  deal,
});

export const pushOf = (item: Item): Push => Push.parse(contentOf(item));
