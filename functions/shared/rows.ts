import { Accrual } from '../../schemas/accrual.ts';
import { ClientMessage } from '../../schemas/conversation.ts';
import { Deal } from '../../schemas/deal.ts';
import { Comment, FeedEntry } from '../../schemas/feed.ts';
import { LedgerEntry } from '../../schemas/ledger.ts';
import { Notification, OutgoingMessage } from '../../schemas/message.ts';
import { Parcel } from '../../schemas/parcel.ts';
import { Payment } from '../../schemas/payment.ts';
import { Task } from '../../schemas/task.ts';
import {
  accrualIndexes,
  accrualKey,
  clientMessageKey,
  commentKey,
  dealIndexes,
  dealKey,
  feedKey,
  ledgerIndexes,
  ledgerKey,
  messageIndexes,
  messageKey,
  notificationKey,
  parcelKey,
  paymentIndexes,
  paymentKey,
  taskIndexes,
  taskKey,
} from './keys.ts';
import { readable } from './readable.ts';
import type { Item } from './table/port.ts';

/** Names a row has beside those of what it holds. */
const rowOnly = new Set(['pk', 'sk', 'g1pk', 'g1sk', 'g2pk', 'g2sk', 'g3pk', 'g3sk', 'ttl', 'row']);

/** What a row holds, without keys and index attributes. */
export const contentOf = (item: Item): Record<string, unknown> => {
  const content: Record<string, unknown> = {};
  for (const name of Object.keys(item)) if (!rowOnly.has(name)) content[name] = item[name];
  return content;
};

export const dealRow = (deal: Deal): Item => ({
  ...dealKey(deal.id),
  ...dealIndexes(deal),
  row: 'deal',
  ...deal,
});
export const taskRow = (task: Task): Item => ({
  ...taskKey(task.deal, task.id),
  ...taskIndexes(task),
  row: 'task',
  ...task,
});
export const ledgerRow = (entry: LedgerEntry): Item => ({
  ...ledgerKey(entry.deal, entry.id),
  ...ledgerIndexes(entry),
  row: 'ledger',
  ...entry,
});
export const accrualRow = (accrual: Accrual): Item => ({
  ...accrualKey(accrual.deal, accrual.id),
  ...accrualIndexes(accrual),
  row: 'accrual',
  ...accrual,
});
export const parcelRow = (parcel: Parcel): Item => ({
  ...parcelKey(parcel.deal, parcel.id),
  row: 'parcel',
  ...parcel,
});
export const paymentRow = (payment: Payment): Item => ({
  ...paymentKey(payment.deal, payment.id),
  ...paymentIndexes(payment),
  row: 'payment',
  ...payment,
});
export const feedRow = (entry: FeedEntry): Item => ({
  ...feedKey(entry.deal, entry.at, entry.id),
  row: 'feed',
  ...entry,
});
export const commentRow = (comment: Comment): Item => ({
  ...commentKey(comment.deal, comment.id),
  row: 'comment',
  ...comment,
});
export const notificationRow = (notification: Notification): Item => ({
  ...notificationKey(notification),
  row: 'notification',
  ...notification,
});
export const messageRow = (message: OutgoingMessage): Item => ({
  ...messageKey(message.id),
  ...messageIndexes(message),
  row: 'message',
  ...message,
});

export const clientMessageRow = (message: ClientMessage): Item => ({
  ...clientMessageKey(message.client, message.id),
  row: 'client-message',
  ...message,
});

export const dealOf = (item: Item): Deal => readable(Deal, contentOf(item));
export const taskOf = (item: Item): Task => readable(Task, contentOf(item));
export const ledgerEntryOf = (item: Item): LedgerEntry => readable(LedgerEntry, contentOf(item));
export const accrualOf = (item: Item): Accrual => readable(Accrual, contentOf(item));
export const parcelOf = (item: Item): Parcel => readable(Parcel, contentOf(item));
export const paymentOf = (item: Item): Payment => readable(Payment, contentOf(item));
export const feedEntryOf = (item: Item): FeedEntry => readable(FeedEntry, contentOf(item));
export const clientMessageOf = (item: Item): ClientMessage => readable(ClientMessage, contentOf(item));
export const commentOf = (item: Item): Comment => readable(Comment, contentOf(item));
export const notificationOf = (item: Item): Notification => readable(Notification, contentOf(item));
export const messageOf = (item: Item): OutgoingMessage => readable(OutgoingMessage, contentOf(item));
