import type { Notification, OutgoingMessage } from '../../schemas/message.ts';
import { threadsOf } from '../letters/thread.ts';
import { inboxKey } from '../shared/keys.ts';
import { messageOf, messageRow, notificationOf, notificationRow } from '../shared/rows.ts';
import { ConditionFailed, type Item, type Table } from '../shared/table/port.ts';
import { eraseCall } from './erase-calls.ts';
import { eraseIncoming } from './erase-incoming.ts';
import { erasedMark, type Identifiers, redactorOf } from './redact.ts';

const isTo = ({ to, user }: OutgoingMessage, { email, phone }: Identifiers): boolean =>
  user === undefined &&
  [email, phone].some((address) => address !== undefined && to.toLowerCase() === address.toLowerCase());

/** A letter to the person without address and words; one that has not left does not leave any more. */
const emptied = ({
  html: _,
  nextAttemptAt: __,
  turns: ___,
  ...letter
}: OutgoingMessage): OutgoingMessage => ({
  ...letter,
  to: erasedMark,
  subject: '',
  body: '',
  ...(letter.state === 'queued' || letter.state === 'retrying'
    ? { state: 'failed', problem: 'the data of the person it was for was erased' }
    : {}),
});

const withoutPerson = (letter: OutgoingMessage, identifiers: Identifiers): OutgoingMessage => {
  if (isTo(letter, identifiers)) return emptied(letter);
  const redact = redactorOf(identifiers);
  const { subject, body, html, problem } = letter;
  return {
    ...letter,
    subject: redact(subject),
    body: redact(body),
    ...(html === undefined ? {} : { html: redact(html) }),
    ...(problem === undefined ? {} : { problem: redact(problem) }),
  };
};

const eraseLetter = async (row: Item, identifiers: Identifiers, table: Table): Promise<void> => {
  for (let before = messageOf(row); ; ) {
    const after = withoutPerson(before, identifiers);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    const { state, attempts } = before;
    try {
      await table.write({ put: messageRow(after), if: { equals: { state, attempts } } });
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // otherwise it is just being sent
      const now = await table.get({ pk: row.pk, sk: row.sk }, { consistent: true });
      if (now === undefined) return;
      before = messageOf(now);
    }
  }
};

/** Takes a person out of the letters of a deal, and of what outside systems were asked or said about it. That they were sent, when, and what became of them stays. */
export const eraseLetters = async (deal: string, identifiers: Identifiers, table: Table): Promise<void> => {
  for await (const row of table.all({ index: 'g2', pk: `LETTERS#${deal}` })) {
    if (row.row === 'message') await eraseLetter(row, identifiers, table);
    else if (row.row === 'incoming') await eraseIncoming(row, identifiers, table);
    else if (row.row === 'call' || row.row === 'received') await eraseCall(row, identifiers, table);
  }
  for await (const { pk, sk } of table.all({ pk: threadsOf(deal) }))
    await table.write({ remove: { pk, sk } });
};

/** Takes a person out of what colleagues were told of these deals. */
export const eraseNotices = async (
  user: string,
  deals: ReadonlySet<string>,
  identifiers: Identifiers,
  table: Table,
): Promise<void> => {
  const redact = redactorOf(identifiers);
  for await (const row of table.all({ pk: inboxKey(user, '', '').pk })) {
    const told = notificationOf(row);
    if (told.deal === undefined || !deals.has(told.deal)) continue;
    const after: Notification = { ...told, subject: redact(told.subject), body: redact(told.body) };
    if (after.subject === told.subject && after.body === told.body) continue;
    const { subject, body } = after;
    await table.write({ update: notificationRow(told), set: { subject, body }, if: { present: true } });
  }
};
