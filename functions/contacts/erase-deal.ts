import type { FeedEntry } from '../../schemas/feed.ts';
import type { UserId } from '../../schemas/ids.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import type { Instant } from '../../schemas/time.ts';
import { withoutWords } from '../conversation/erase.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { objectKey } from '../deals/file-names.ts';
import { removeFile } from '../deals/file-store.ts';
import { ofDeal, reminderKey, reminderOf, reminderRow } from '../reminders/rows.ts';
import { commentKey, feedKey, fileKey } from '../shared/keys.ts';
import { commentOf, commentRow, feedEntryOf, feedRow, ledgerRow } from '../shared/rows.ts';
import { ConditionFailed, type Item, type Table } from '../shared/table/port.ts';
import { personalFields, textFields } from './deals-of.ts';
import { eraseLetters } from './erase-letters.ts';
import { type Identifiers, redacted, redactorOf } from './redact.ts';

/** One erasure: of whom, by whom, since when. */
export type Erasing = { readonly identifiers: Identifiers; readonly by: UserId; readonly at: Instant };

type Redact = (text: string) => string;

/** What of a pipeline's deals speaks of the client: fields to empty, and texts to take the person out of. */
type Scope = {
  readonly personal: readonly string[];
  readonly texts: ReadonlySet<string>;
  readonly redact: Redact;
};

/** Members of a history line that are texts of people; all others are ids, states and amounts. */
const words = [
  'title',
  'subject',
  'to',
  'writer',
  'text',
  'comment',
  'note',
  'problem',
  'problems',
  'about',
  'what',
];

const scopeOf = (pipeline: Pipeline, { identifiers }: Erasing): Scope => ({
  personal: personalFields(pipeline),
  texts: new Set([...textFields(pipeline), ...words]),
  redact: redactorOf(identifiers),
});

/** Values by name without the personal ones, and without the person in the texts. */
const withoutPerson = <T>(
  values: Readonly<Record<string, T>>,
  { personal, texts, redact }: Scope,
): Record<string, T> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      personal.includes(name) ? [] : [[name, texts.has(name) ? redacted(value, redact) : value]],
    ),
  );

const taskWithout = (task: Task, scope: Scope): Task => {
  const { redact } = scope;
  const { about, comment, dealTitle, title, opened } = task;
  const after: Task = {
    ...task,
    dealTitle: redact(dealTitle),
    title: redacted(title, redact),
    opened: withoutPerson(opened, scope),
    ...(about === undefined ? {} : { about: redact(about) }),
    ...(comment === undefined ? {} : { comment: redact(comment) }),
  };
  return JSON.stringify(after) === JSON.stringify(task) ? task : after;
};

/** The card without what its personal fields hold, and without the person in any other text. */
const cardWithout = (card: Card, at: Instant, scope: Scope): Card => {
  const { personal, redact } = scope;
  const { deal } = card;
  if (deal.erased?.at === at) return card;
  return {
    ...card,
    deal: {
      ...deal,
      title: redact(deal.title),
      fields: withoutPerson(deal.fields, scope),
      ...(deal.reason === undefined ? {} : { reason: redact(deal.reason) }),
      erased: { at, fields: personal.filter((field) => deal.fields[field] !== undefined) },
    },
    tasks: card.tasks.map((task) => taskWithout(task, scope)),
    parcels: card.parcels.map(parcelWithout),
    payments: card.payments.map((payment) => paymentWithout(payment, redact)),
  };
};

const rowsChanged = async <T>(
  rows: AsyncIterable<Item>,
  read: (row: Item) => T,
  change: (value: T) => T,
  write: (value: T) => Item,
): Promise<{ put: Item }[]> => {
  const puts: { put: Item }[] = [];
  for await (const row of rows) {
    const before = read(row);
    const after = change(before);
    if (JSON.stringify(after) !== JSON.stringify(before)) puts.push({ put: write(after) });
  }
  return puts;
};

/** A line of the history: an emptied field still stands there as changed, without its values. */
const lineWithout = (entry: FeedEntry, scope: Scope): FeedEntry => {
  const { personal, redact } = scope;
  const emptied = Object.fromEntries(
    Object.keys(entry.data).flatMap((name) => (personal.includes(name) ? [[name, [null, null]]] : [])),
  );
  const { fields } = entry.data;
  const inside =
    typeof fields === 'object' && fields !== null && !Array.isArray(fields)
      ? { fields: withoutPerson(fields as Record<string, unknown>, scope) }
      : {};
  return {
    ...entry,
    data: { ...withoutPerson(entry.data, scope), ...inside, ...emptied },
    ...(entry.reason === undefined ? {} : { reason: redact(entry.reason) }),
  };
};

/** Remarks and the history: who did what and when stays, what it said about the person goes. */
const eraseWords = async (deal: string, scope: Scope, table: Table) => {
  const comments = await rowsChanged(
    table.all({ pk: commentKey(deal, '').pk }),
    commentOf,
    (comment) => ({ ...comment, text: scope.redact(comment.text) }),
    commentRow,
  );
  const lines = await rowsChanged(
    table.all({ pk: feedKey(deal, '', '').pk, sk: { begins: '1#FEED#' } }),
    feedEntryOf,
    (entry) => (entry.kind === 'conversation' ? withoutWords(entry) : lineWithout(entry, scope)),
    feedRow,
  );
  await table.batch([...comments, ...lines]);
};

/** What people are to be reminded of, or were. */
const eraseReminder = async (id: string, redact: Redact, table: Table): Promise<void> => {
  const row = await table.get(reminderKey(id), { consistent: true });
  if (row === undefined) return;
  const before = reminderOf(row);
  const what = redact(before.what);
  if (what === before.what) return;
  try {
    await table.write({
      put: reminderRow({ ...before, what, version: before.version + 1 }),
      if: { equals: { version: before.version } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    await eraseReminder(id, redact, table); // it was just told, or moved
  }
};

const eraseReminders = async (deal: string, redact: Redact, table: Table): Promise<void> => {
  for await (const { id } of table.all({ index: 'g3', pk: ofDeal(deal) }))
    await eraseReminder(String(id), redact, table);
};

/**
 * A parcel without what leads to the person: its numbers and point, and the carrier's words, which may quote a phone. It is
 * not asked after any more.
 */
const parcelWithout = (parcel: Parcel): Parcel => {
  const { track: _, problems: __, uuid: ___, courier: ____, to, ...rest } = parcel;
  const { point: _____, ...place } = to;
  return { ...rest, to: place };
};

/** A payment without the person in its texts; what is the law's to keep, sums and lines of goods, stays. */
const paymentWithout = (payment: Payment, redact: Redact): Payment => ({
  ...payment,
  description: redact(payment.description).slice(0, 100),
  ...(payment.reason === undefined ? {} : { reason: redact(payment.reason).slice(0, 300) }),
  refunds: payment.refunds.map((refund) => ({
    ...refund,
    reason: redact(refund.reason).slice(0, 300),
    ...(refund.problem === undefined ? {} : { problem: redact(refund.problem).slice(0, 300) }),
  })),
});

const eraseFiles = async ({ deal, files, parcels }: Card, personal: readonly string[], table: Table) => {
  const papers = parcels.flatMap((parcel) => Object.values(parcel.papers ?? {}));
  for (const { id, name, field } of files) {
    if (!papers.includes(id) && (field === undefined || !personal.includes(field))) continue;
    await removeFile(objectKey(deal.id, id, name));
    await table.write({ remove: fileKey(deal.id, id) });
  }
};

/** An entry without the person in the words beside it; what it is worth stays. */
const noteWithout = (entry: LedgerEntry, redact: Redact): LedgerEntry => ({
  ...entry,
  ...(entry.note === undefined ? {} : { note: redact(entry.note) }),
  ...(entry.decided?.comment === undefined
    ? {}
    : { decided: { ...entry.decided, comment: redact(entry.decided.comment) } }),
});

const eraseNotes = async ({ ledger }: Card, redact: Redact, table: Table) => {
  for (const entry of ledger) {
    const after = noteWithout(entry, redact);
    if (JSON.stringify(after) === JSON.stringify(entry)) continue;
    const put = ledgerRow(after);
    // One that waits may be decided on in this instant, which must not be undone: then all is done again from the start.
    await table.write(entry.state === 'pending' ? { put, if: { equals: { state: 'pending' } } } : { put });
  }
};

/**
 * Takes a person out of one deal: its fields, tasks, files, letters, remarks, notes and history. The deal, its money and
 * its history stay. Done twice it is done once; cut short, it is done again from the start.
 */
export const eraseDeal = async (deal: string, erasing: Erasing, table: Table): Promise<void> => {
  const { by, at, identifiers } = erasing;
  const { before, context } = await act(
    deal,
    (card, { pipeline }) => done(cardWithout(card, at, scopeOf(pipeline, erasing))),
    { by: { user: by } },
  );
  const scope = scopeOf(context.pipeline, erasing);
  await eraseFiles(before, scope.personal, table);
  await eraseNotes(before, scope.redact, table);
  await eraseLetters(deal, identifiers, table);
  await eraseReminders(deal, scope.redact, table);
  await eraseWords(deal, scope, table);
};
