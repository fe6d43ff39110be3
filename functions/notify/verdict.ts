import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { BadInput, NotFound, Passing } from '../shared/errors.ts';
import { messageKey } from '../shared/keys.ts';
import { count } from '../shared/metrics.ts';
import { messageOf, messageRow } from '../shared/rows.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import { followFailure } from './after-failure.ts';
import { withOutcome } from './history.ts';
import { oneLine } from './letter.ts';

/** What the adapter of a channel says became of a message. */
export type Verdict =
  | { readonly as: 'sent'; readonly providerId?: string | undefined }
  | { readonly as: 'refused'; readonly problem: string };

const tries = 4;

const after = (
  { nextAttemptAt: _, problem: __, ...rest }: OutgoingMessage,
  verdict: Verdict,
  now: Date,
): OutgoingMessage => ({
  ...(verdict.as === 'sent'
    ? withOutcome(rest, 'done')
    : withOutcome(rest, 'refused', oneLine(verdict.problem))),
  changedAt: instantOf(now),
  ...(verdict.as === 'sent'
    ? { state: 'sent', ...(verdict.providerId === undefined ? {} : { providerId: verdict.providerId }) }
    : { state: 'failed', problem: oneLine(verdict.problem) }),
});

/** That it left is believed even where it was given up before; that it did not, only while nobody knew. */
const isNews = ({ state }: OutgoingMessage, { as }: Verdict): boolean =>
  state === 'queued' ||
  state === 'retrying' ||
  ((state === 'failed' || state === 'given-up') && as === 'sent');

/**
 * Writes down what became of a message that an adapter took, and has one that was refused go the next way.
 *
 * @throws {NotFound} if there is no such message; {BadInput} for a letter, of which SES tells by itself
 */
export const takeVerdict = async (
  id: string,
  verdict: Verdict,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<void> => {
  for (let tried = 1; tried <= tries; tried += 1) {
    const row = await table.get(messageKey(id), { consistent: true });
    if (row === undefined) throw new NotFound(`message: no message "${id}"`);
    const message = messageOf(row);
    if (message.channel === 'email')
      throw new BadInput(`message: "${id}" is a letter by e-mail; what becomes of it is told by SES`);
    // Before it is written down: a call that ends in between is repeated, and what follows twice follows once.
    if (verdict.as === 'refused' && (isNews(message, verdict) || message.state === 'failed'))
      await followFailure(message, { table, company, now });
    if (!isNews(message, verdict)) return;
    try {
      await table.write({
        put: messageRow(after(message, verdict, now)),
        if: { equals: { state: message.state, attempts: message.attempts } },
      });
      count(verdict.as === 'sent' ? 'LettersSent' : 'LettersFailed');
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  throw new Passing('others kept writing the message that an adapter tells of');
};
