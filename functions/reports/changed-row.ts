import type { Accrual } from '../../schemas/accrual.ts';
import type { Call } from '../../schemas/call.ts';
import { Company, Contact } from '../../schemas/contact.ts';
import type { ClientMessage } from '../../schemas/conversation.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { Comment } from '../../schemas/feed.ts';
import type { IncomingLetter } from '../../schemas/incoming.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Reminder } from '../../schemas/reminder.ts';
import type { Task } from '../../schemas/task.ts';
import { callOf } from '../calls/rows.ts';
import { incomingOf } from '../mail-in/rows.ts';
import { reminderOf } from '../reminders/rows.ts';
import { readable } from '../shared/readable.ts';
import {
  accrualOf,
  clientMessageOf,
  commentOf,
  contentOf,
  dealOf,
  ledgerEntryOf,
  messageOf,
  parcelOf,
  paymentOf,
  taskOf,
} from '../shared/rows.ts';
import type { Item } from '../shared/table/port.ts';
import type { Change } from '../shared/table/records.ts';

type Both<T> = { readonly before: T | undefined; readonly after: T | undefined };

/** A change of a row that reports or the history care for; `after` is absent where the row was taken away. */
export type ChangedRow =
  | ({ readonly row: 'deal' } & Both<Deal>)
  | ({ readonly row: 'task' } & Both<Task>)
  | ({ readonly row: 'ledger' } & Both<LedgerEntry>)
  | ({ readonly row: 'accrual' } & Both<Accrual>)
  | ({ readonly row: 'parcel' } & Both<Parcel>)
  | ({ readonly row: 'payment' } & Both<Payment>)
  | ({ readonly row: 'comment' } & Both<Comment>)
  | ({ readonly row: 'message' } & Both<OutgoingMessage>)
  | ({ readonly row: 'call' } & Both<Call>)
  | ({ readonly row: 'reminder' } & Both<Reminder>)
  | ({ readonly row: 'incoming' } & Both<IncomingLetter>)
  | ({ readonly row: 'client-message' } & Both<ClientMessage>)
  | ({ readonly row: 'company' } & Both<Company>)
  | ({ readonly row: 'contact' } & Both<Contact>);

const both = <T>({ before, after }: Change, read: (item: Item) => T): Both<T> => ({
  before: before === undefined ? undefined : read(before),
  after: after === undefined ? undefined : read(after),
});

const companyOf = (item: Item): Company => readable(Company, contentOf(item));
const contactOf = (item: Item): Contact => readable(Contact, contentOf(item));

/** The kinds of rows that are told of. */
export const rowsReported: readonly ChangedRow['row'][] = [
  'deal',
  'task',
  'ledger',
  'accrual',
  'parcel',
  'payment',
  'comment',
  'message',
  'call',
  'reminder',
  'incoming',
  'client-message',
  'company',
  'contact',
];

/** What changed; nothing for aggregates, history lines and all else that has no history of its own. */
export const changedRow = (change: Change): ChangedRow | undefined => {
  switch ((change.after ?? change.before)?.row) {
    case 'deal':
      return { row: 'deal', ...both(change, dealOf) };
    case 'task':
      return { row: 'task', ...both(change, taskOf) };
    case 'ledger':
      return { row: 'ledger', ...both(change, ledgerEntryOf) };
    case 'accrual':
      return { row: 'accrual', ...both(change, accrualOf) };
    case 'parcel':
      return { row: 'parcel', ...both(change, parcelOf) };
    case 'payment':
      return { row: 'payment', ...both(change, paymentOf) };
    case 'comment':
      return { row: 'comment', ...both(change, commentOf) };
    case 'message':
      return { row: 'message', ...both(change, messageOf) };
    case 'call':
      return { row: 'call', ...both(change, callOf) };
    case 'reminder':
      return { row: 'reminder', ...both(change, reminderOf) };
    case 'incoming':
      return { row: 'incoming', ...both(change, incomingOf) };
    case 'client-message':
      return { row: 'client-message', ...both(change, clientMessageOf) };
    case 'company':
      return { row: 'company', ...both(change, companyOf) };
    case 'contact':
      return { row: 'contact', ...both(change, contactOf) };
    default:
      return undefined;
  }
};
