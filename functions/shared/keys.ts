import type { Accrual } from '../../schemas/accrual.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Notification, OutgoingMessage } from '../../schemas/message.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Task } from '../../schemas/task.ts';
import type { Key } from './table/port.ts';

/**
 * Keys of the one table. Sort keys of a deal's partition are numbered so that one descending query gives the card:
 * deal, tasks, ledger, files, processes, then the history from its newest line.
 */
export const dealKey = (deal: string): Key => ({ pk: `D#${deal}`, sk: '9#DEAL' });
export const taskKey = (deal: string, task: string): Key => ({ pk: `D#${deal}`, sk: `8#TASK#${task}` });
export const ledgerKey = (deal: string, entry: string): Key => ({ pk: `D#${deal}`, sk: `7#LEDGER#${entry}` });
export const accrualKey = (deal: string, accrual: string): Key => ({
  pk: `D#${deal}`,
  sk: `7#ACCRUAL#${accrual}`,
});
export const fileKey = (deal: string, file: string): Key => ({ pk: `D#${deal}`, sk: `6#FILE#${file}` });
export const processKey = (deal: string, process: string): Key => ({
  pk: `D#${deal}`,
  sk: `5#PROCESS#${process}`,
});
export const parcelKey = (deal: string, parcel: string): Key => ({
  pk: `D#${deal}`,
  sk: `5#PARCEL#${parcel}`,
});
/** Which parcel the carrier's own id, or our number within an account, is of. */
export const shippedKey = (carrier: string, id: string): Key => ({
  pk: `PARCEL#${carrier}#${id}`,
  sk: 'PARCEL',
});
export const paymentKey = (deal: string, payment: string): Key => ({
  pk: `D#${deal}`,
  sk: `5#PAYMENT#${payment}`,
});
/** Which payment an invoice of a shop is of. */
export const invoiceKey = (pack: string, invoice: number): Key => ({
  pk: `INVOICE#robokassa#${pack}#${invoice}`,
  sk: 'INVOICE',
});
/** Payments of a company that are open, and those that ended; by the instant they were last written. */
export const paymentsKey = (pack: string, state: 'open' | 'ended'): string => `PAYMENTS#${pack}#${state}`;
export const paymentIndexes = ({ pack, state, changedAt, id }: Payment) => ({
  g1pk: paymentsKey(pack, state === 'open' ? 'open' : 'ended'),
  g1sk: `${changedAt}#${id}`,
});
/** Days on which a company's payments were compared with its ledger. */
export const reconciliationsKey = (pack: string): string => `RECONCILIATION#${pack}`;
/** Which payment a link leads to. */
export const payLinkKey = (token: string): Key => ({ pk: `PAY#${token}`, sk: 'PAY' });
export const feedKey = (deal: string, at: string, id: string): Key => ({
  pk: `D#${deal}`,
  sk: `1#FEED#${at}#${id}`,
});
export const commentKey = (deal: string, comment: string): Key => ({
  pk: `C#${deal}`,
  sk: `COMMENT#${comment}`,
});
export const inboxKey = (user: string, at: string, id: string): Key => ({
  pk: `INBOX#${user}`,
  sk: `${at}#${id}`,
});
/** What a person has not seen of a deal's talk. */
export const unreadKey = (user: string, deal: string): Key => ({ pk: `UNREAD#${user}`, sk: deal });
/** A person's day: which quarters of an hour are taken, and by which deal. */
export const busyKey = (user: string, day: string): Key => ({ pk: `BUSY#${user}`, sk: day });
export const messageKey = (message: string): Key => ({ pk: `M#${message}`, sk: 'MESSAGE' });
export const counterKey = (pipeline: string): Key => ({ pk: 'COUNTER', sk: pipeline });
export const companyKey = (company: string): Key => ({ pk: `COMPANY#${company}`, sk: 'COMPANY' });
/** The companies of a holding. */
export const holdingKey = (holding: string): Key => ({ pk: `HOLDING#${holding}`, sk: 'HOLDING' });
/** What a company has otherwise than a directory of rates says. */
export const ratesKey = (company: string, directory: string): Key => ({
  pk: companyKey(company).pk,
  sk: `RATES#${directory}`,
});
export const contactKey = (contact: string): Key => ({ pk: `CONTACT#${contact}`, sk: 'CONTACT' });
/** One message of the thread with a client; ids begin with the instant. */
export const clientMessageKey = (client: string, message: string): Key => ({
  pk: `TALK#${client}`,
  sk: message,
});
/** A deal that somebody starred. */
export const favouriteKey = (user: string, deal: string): Key => ({ pk: `FAVOURITE#${user}`, sk: deal });
/** A letter that a person wrote to a contact. */
export const letterKey = (contact: string, at: string, message: string): Key => ({
  pk: `CONTACT#${contact}`,
  sk: `LETTER#${at}#${message}`,
});
/** That a deal names a contact. */
export const clientDealKey = (client: string, deal: string): Key => ({
  pk: `CLIENT#${client}`,
  sk: `DEAL#${deal}`,
});
export const productKey = (product: string): Key => ({ pk: `PRODUCT#${product}`, sk: 'PRODUCT' });
/** Something found by a value that is not its id: a phone, an address, a tax number, a guid of 1C. */
export const lookupKey = (kind: string, value: string): Key => ({
  pk: `LOOKUP#${kind}#${value.toLowerCase()}`,
  sk: 'LOOKUP',
});
export const configKey = (kind: string, id: string): Key => ({ pk: 'CONFIG', sk: `${kind}#${id}` });

const never = '9999';

/** Index attributes of a deal: the board by stage, numbers of a pipeline, deals of a company. */
export const dealIndexes = (deal: Deal) => ({
  g1pk: `BOARD#${deal.pipeline}#${deal.stage}`,
  g1sk: `${deal.stageSince}#${deal.id}`,
  g2pk: `NUMBER#${deal.pipeline}`,
  g2sk: deal.number.padStart(16, ' '),
  ...(typeof deal.fields.company === 'string'
    ? { g3pk: `COMPANY#${deal.fields.company}`, g3sk: `${deal.createdAt}#${deal.id}` }
    : {}),
});

/** Index attributes of a task: open work of a pipeline and of a person, by due time; a closed task is in no list. */
export const taskIndexes = (task: Task) =>
  task.status !== 'open' || task.kind === 'watch'
    ? {}
    : {
        g1pk: `OPEN#${task.pipeline}`,
        g1sk: `${task.due ?? never}#${task.id}`,
        ...(task.assignee === undefined
          ? {}
          : {
              g2pk: `WORK#${task.assignee}`,
              g2sk: `${task.due ?? never}#${task.id}`,
              g3pk: `WORK#${task.assignee}#${task.kind}`,
              g3sk: `${task.due ?? never}#${task.id}`,
            }),
      };

/** Index attributes of pay: a pipeline's by the day of payment, and a person's. */
export const accrualIndexes = ({ id, pipeline, employee, day }: Accrual) => ({
  g1pk: `PAY#${pipeline}`,
  g1sk: `${day}#${id}`,
  g2pk: `PAY#${employee}`,
  g2sk: `${day}#${id}`,
});

/** Index attributes of a ledger entry: an account's money by day; what waits for a decision, or was returned, is none. */
export const ledgerIndexes = (entry: LedgerEntry) =>
  entry.state === 'pending' || entry.state === 'returned'
    ? {}
    : { g1pk: `MONEY#${entry.account}`, g1sk: `${entry.day}#${entry.id}` };

export const messageIndexes = (message: OutgoingMessage) => ({
  g1pk: `OUTBOX#${message.state}`,
  g1sk: `${message.changedAt}#${message.id}`,
  ...(message.deal === undefined
    ? {}
    : { g2pk: `LETTERS#${message.deal}`, g2sk: `${message.createdAt}#${message.id}` }),
  ...(message.providerId === undefined ? {} : { g3pk: `PROVIDER#${message.providerId}`, g3sk: message.id }),
});

export const notificationKey = (notification: Notification): Key =>
  inboxKey(notification.user, notification.at, notification.id);
