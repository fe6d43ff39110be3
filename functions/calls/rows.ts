import { Call } from '../../schemas/call.ts';
import { Received } from '../../schemas/received.ts';
import { readable } from '../shared/readable.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

export const callKey = (call: string): Key => ({ pk: `CALL#${call}`, sk: 'CALL' });
export const receivedKey = (received: string): Key => ({ pk: `RECEIVED#${received}`, sk: 'RECEIVED' });

/** How long what came in is kept as it came: longer than any bank disputes a payment. */
const keptDays = 400;

/** By state among all that leaves or comes in, by deal beside its letters, and by provider and state. */
const listed = (of: {
  id: string;
  provider: string;
  state: string;
  deal?: string | undefined;
  changedAt: string;
  begunAt: string;
}) => ({
  g1pk: `OUTBOX#${of.state}`,
  g1sk: `${of.changedAt}#${of.id}`,
  ...(of.deal === undefined ? {} : { g2pk: `LETTERS#${of.deal}`, g2sk: `${of.begunAt}#${of.id}` }),
  g3pk: `OUTBOX#${of.provider}#${of.state}`,
  g3sk: `${of.changedAt}#${of.id}`,
});

export const callRow = (call: Call): Item => ({
  ...callKey(call.id),
  ...listed({ ...call, begunAt: call.createdAt }),
  row: 'call',
  ...call,
});

export const receivedRow = (received: Received): Item => ({
  ...receivedKey(received.id),
  ...listed({ ...received, begunAt: received.at }),
  ttl: Math.floor(Date.parse(received.at) / 1000) + keptDays * 86_400,
  row: 'received',
  ...received,
});

export const callOf = (item: Item): Call => readable(Call, contentOf(item));
export const receivedOf = (item: Item): Received => readable(Received, contentOf(item));
