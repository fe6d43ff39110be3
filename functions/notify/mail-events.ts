import * as z from 'zod';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { followLetter } from '../letters/follow.ts';
import { followArrival, followReach } from '../letters/reach-follow.ts';
import type { ReachNews } from '../letters/reach-news.ts';
import { Passing } from '../shared/errors.ts';
import { messageKey } from '../shared/keys.ts';
import type { Measure } from '../shared/measures.ts';
import { count } from '../shared/metrics.ts';
import { messageOf, messageRow } from '../shared/rows.ts';
import { ConditionFailed, type Item, type Table } from '../shared/table/port.ts';
import { followFailure } from './after-failure.ts';
import { withOutcome } from './history.ts';
import { oneLine } from './letter.ts';
import { noteRfcId } from './rfc-id.ts';

const Recipients = z.array(z.looseObject({ diagnosticCode: z.string().optional() })).default([]);

/** What SES says of a letter; of the rest of an event nothing is read. */
export const MailEvent = z.object({
  'detail-type': z.string(),
  detail: z.object({
    mail: z.object({
      messageId: z.string().min(1),
      tags: z.record(z.string(), z.array(z.string())).default({}),
    }),
    bounce: z
      .object({
        bounceType: z.string(),
        bounceSubType: z.string().optional(),
        bouncedRecipients: Recipients,
        timestamp: z.iso.datetime({ offset: true }).optional(),
      })
      .optional(),
    complaint: z.object({ complaintFeedbackType: z.string().nullish() }).optional(),
    reject: z.object({ reason: z.string().optional() }).optional(),
    failure: z.object({ errorMessage: z.string().optional() }).optional(),
  }),
});
export type MailEvent = z.infer<typeof MailEvent>;

type State = OutgoingMessage['state'];

/** Events come in any order; a state is never taken back by one that came before it. */
const rank: Record<State, number> = {
  queued: 0,
  retrying: 0,
  'given-up': 0,
  failed: 1,
  sent: 1,
  delivered: 2,
  bounced: 3,
  complained: 4,
};

/** What a client's mail server says of a letter; what we gave up ourselves is counted where we did. */
const measureOf: Partial<Record<State, Measure>> = {
  bounced: 'LettersBounced',
  complained: 'LettersComplained',
  failed: 'LettersFailed',
};

type News = {
  readonly state: State;
  readonly problem?: string;
  /** the letter will not arrive */
  readonly isLost: boolean;
  /** what it says of the address or the person */
  readonly reach?: ReachNews;
};

/** Bounces that are over by themselves, yet this letter is not delivered; what else is transient may be a note of absence. */
const undelivered = new Set(['MailboxFull', 'MessageTooLarge', 'ContentRejected', 'AttachmentRejected']);

/** Those that say nothing of the address. */
const ofTheLetter = new Set(['MessageTooLarge', 'ContentRejected', 'AttachmentRejected']);

const reachOf = (
  { bounceType, bounceSubType = '', timestamp }: NonNullable<MailEvent['detail']['bounce']>,
  problem: string,
  now: Date,
): ReachNews | undefined =>
  bounceType === 'Permanent'
    ? { as: 'bounced', problem }
    : ofTheLetter.has(bounceSubType)
      ? undefined
      : { as: 'soft', problem, at: timestamp === undefined ? now : new Date(timestamp) };

const newsIn = ({ 'detail-type': type, detail }: MailEvent, now: Date): News | undefined => {
  switch (type) {
    case 'Email Sent':
      return { state: 'sent', isLost: false };
    case 'Email Delivered':
      return { state: 'delivered', isLost: false };
    case 'Email Bounced': {
      const bounce = detail.bounce ?? { bounceType: 'Undetermined', bouncedRecipients: [] };
      const { bounceType, bounceSubType = '', bouncedRecipients } = bounce;
      const said = bouncedRecipients[0]?.diagnosticCode ?? '';
      const problem = oneLine(`${bounceType} ${bounceSubType} ${said}`);
      const reach = reachOf(bounce, problem, now);
      return {
        state: 'bounced',
        problem,
        isLost: bounceType === 'Permanent' || undelivered.has(bounceSubType),
        ...(reach === undefined ? {} : { reach }),
      };
    }
    case 'Email Complaint Received': {
      const problem = oneLine(`complaint ${detail.complaint?.complaintFeedbackType ?? ''}`);
      return { state: 'complained', problem, isLost: false, reach: { as: 'complained', problem } };
    }
    case 'Email Rejected':
      return { state: 'failed', problem: oneLine(`rejected ${detail.reject?.reason ?? ''}`), isLost: true };
    case 'Email Rendering Failed':
      return {
        state: 'failed',
        problem: oneLine(`not rendered ${detail.failure?.errorMessage ?? ''}`),
        isLost: true,
      };
    default:
      return undefined; // delays, and what is said of the account
  }
};

/** A note of absence comes after the letter has arrived. */
const isAbsence = ({ state }: OutgoingMessage, { reach, isLost }: News): boolean =>
  state === 'delivered' && reach?.as === 'soft' && !isLost;

const isNews = (message: OutgoingMessage, news: News): boolean =>
  !isAbsence(message, news) &&
  (rank[news.state] > rank[message.state] || (news.state === 'failed' && message.state === 'sent'));

const found = async ({ detail: { mail } }: MailEvent, table: Table): Promise<Item | undefined> => {
  // By its tag first: it is there before the answer of SES could be written down.
  const [tagged] = mail.tags.message ?? [];
  if (tagged !== undefined) return table.get(messageKey(tagged), { consistent: true });
  const { items } = await table.query({ index: 'g3', pk: `PROVIDER#${mail.messageId}`, limit: 1 });
  const [listed] = items;
  return listed === undefined ? undefined : table.get({ pk: listed.pk, sk: listed.sk }, { consistent: true });
};

const tries = 4;

/**
 * Writes what SES says of a letter into its message; what says nothing new changes nothing. A letter that is not ours is
 * none of our concern.
 */
export const takeMailEvent = async (
  event: MailEvent,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<void> => {
  const news = newsIn(event, now);
  if (news === undefined) return;
  for (let tried = 1; tried <= tries; tried += 1) {
    const row = await found(event, table);
    if (row === undefined) return;
    const message = messageOf(row);
    const failed = { ...message, ...(news.problem === undefined ? {} : { problem: news.problem }) };
    if (news.state === 'delivered') await followArrival(message, table, now);
    if (!isNews(message, news)) return;
    // Before it is written down: a call that ends in between is repeated, and what follows twice follows once.
    const isUnreachable =
      news.reach !== undefined && (await followReach(message, news.reach, { table, company, now }));
    if (news.isLost || isUnreachable) await followFailure(failed, { table, company, now });
    if (news.state === 'sent' || news.state === 'delivered')
      await followLetter(message, 'sent', { table, company, now });
    const { nextAttemptAt: _, problem: __, ...rest } = message;
    const providerId = event.detail.mail.messageId;
    const after: OutgoingMessage = {
      // The event may be faster than whoever made the attempt, and then nobody else says how it ended.
      ...(news.state === 'failed' ? withOutcome(rest, 'refused', news.problem) : withOutcome(rest, 'done')),
      state: news.state,
      providerId,
      rfcId: message.rfcId ?? (await noteRfcId(message, providerId, { table })),
      ...(news.problem === undefined ? {} : { problem: news.problem }),
      changedAt: instantOf(now),
    };
    try {
      await table.write({
        put: messageRow(after),
        if: { equals: { state: message.state, attempts: message.attempts } },
      });
      const measure = measureOf[news.state];
      if (measure !== undefined) count(measure);
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  throw new Passing('others kept writing the message that an event of SES is about');
};
