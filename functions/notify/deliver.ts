import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { barOf } from '../letters/bar.ts';
import { followLetter } from '../letters/follow.ts';
import { messageKey } from '../shared/keys.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { messageOf, messageRow } from '../shared/rows.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import { packOfSms } from '../sms/of-pack.ts';
import { followFailure } from './after-failure.ts';
import { nextAttemptAt } from './attempts.ts';
import { companyOfLetter, type Envelope } from './envelope.ts';
import { withAttempt, withOutcome } from './history.ts';
import { type Letter, letterOf } from './letter.ts';
import type { Sent } from './mail-ses.ts';
import { noteRfcId } from './rfc-id.ts';
import type { Wake } from './wake.ts';

export type Delivery = {
  readonly table: Table;
  readonly company: Company;
  readonly now: Date;
  /** what stands around a letter that leaves now */
  envelope(message: OutgoingMessage): Promise<Envelope>;
  send(message: OutgoingMessage, letter: Letter, envelope: Envelope): Promise<Sent>;
  wake(at: Date, wake: Wake): Promise<void>;
};

const soonest = 60_000;

const isOnItsWay = ({ state }: OutgoingMessage): boolean => state === 'queued' || state === 'retrying';

const read = async (id: string, { table }: Delivery): Promise<OutgoingMessage | undefined> => {
  const row = await table.get(messageKey(id), { consistent: true });
  return row === undefined ? undefined : messageOf(row);
};

/** Writes what became of an attempt, unless an event of SES was faster and knows more. */
const record = async (
  before: OutgoingMessage,
  after: OutgoingMessage,
  { table }: Delivery,
): Promise<boolean> => {
  try {
    await table.write({
      put: messageRow(after),
      if: { equals: { state: before.state, attempts: before.attempts } },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/**
 * Marks an attempt as begun, before the call: it is made once at most. Whoever finds the mark without an outcome (a
 * repeated event, or one after a crash) leaves the attempt alone: the letter may be on its way, and if it is, the event
 * that SES sends of it says so before the next attempt is due.
 */
const begin = async (
  message: OutgoingMessage,
  attempt: number,
  next: Date | undefined,
  { table, now }: Delivery,
): Promise<OutgoingMessage | undefined> => {
  const { nextAttemptAt: _, ...rest } = message;
  const begun: OutgoingMessage = {
    ...withAttempt(rest, attempt, now),
    ...(next === undefined ? {} : { nextAttemptAt: instantOf(next) }),
  };
  try {
    await table.write({
      put: messageRow(begun),
      if: { equals: { state: message.state, attempts: message.attempts } },
    });
    return begun;
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined; // another call has begun it
    throw error;
  }
};

const fail = async (message: OutgoingMessage, problem: string, delivery: Delivery): Promise<void> => {
  const { nextAttemptAt: _, ...rest } = message;
  // What follows first: a call that ends in between is repeated, and what follows twice follows once.
  await followFailure({ ...message, problem }, delivery);
  if (
    await record(
      message,
      {
        ...withOutcome(rest, 'refused', problem),
        state: 'failed',
        problem,
        changedAt: instantOf(delivery.now),
      },
      delivery,
    )
  )
    count('LettersFailed');
};

/** A letter its person does not want: there is no other way for it, and nobody has anything to mend. */
const withhold = async (message: OutgoingMessage, problem: string, delivery: Delivery): Promise<void> => {
  const { nextAttemptAt: _, ...rest } = message;
  await followLetter(message, 'failed', delivery);
  await record(message, { ...rest, state: 'failed', problem, changedAt: instantOf(delivery.now) }, delivery);
};

/** How long the adapter of a channel may take to say what became of a message. */
const silenceMs = 15 * 60_000;

/** A message that somebody else sends: it is theirs from `message.queued` on; without a word from them it has failed. */
const awaitVerdict = async (message: OutgoingMessage, attempt: number, delivery: Delivery): Promise<void> => {
  // Put there when it was handed over; a message that somebody has sent again is handed over anew.
  if (message.nextAttemptAt !== undefined)
    return fail(
      message,
      `${message.channel}: no adapter of this channel said within ${silenceMs / 60_000} minutes that it was sent`,
      delivery,
    );
  const until = new Date(delivery.now.getTime() + silenceMs);
  if ((await begin(message, attempt, until, delivery)) === undefined) return;
  await delivery.wake(until, { message: message.id, attempt: attempt + 1 });
};

const attemptIt = async (message: OutgoingMessage, attempt: number, delivery: Delivery): Promise<void> => {
  const { company, now } = delivery;
  if (message.channel !== 'email') return awaitVerdict(message, attempt, delivery);
  const bar = await barOf(message, delivery.table);
  if (bar?.as === 'lost') return fail(message, bar.problem, delivery);
  if (bar?.as === 'unwanted') return withhold(message, bar.problem, delivery);
  const envelope = await delivery.envelope(message);
  const next = nextAttemptAt(
    { id: message.id, createdAt: message.resentAt ?? message.createdAt },
    attempt,
    now,
  );
  const begun = await begin(message, attempt, next, delivery);
  if (begun === undefined) return;
  const sent = await delivery.send(
    begun,
    letterOf(begun, companyOfLetter(begun, company), envelope.unsubscribe),
    envelope,
  );
  const { nextAttemptAt: _, problem: __, ...rest } = begun;
  const changedAt = instantOf(now);
  switch (sent.as) {
    case 'sent': {
      const { providerId } = sent;
      // First, as with a failure: a call that ends in between is repeated.
      const rfcId = await noteRfcId(begun, providerId, delivery);
      await followLetter(begun, 'sent', delivery);
      await record(
        begun,
        { ...withOutcome(rest, 'done'), state: 'sent', providerId, rfcId, changedAt },
        delivery,
      );
      count('LettersSent'); // also where an event of SES was faster to write it down
      return;
    }
    case 'refused':
      return fail(begun, sent.problem, delivery);
    case 'later': {
      log.warn({ message: message.id, attempt, problem: sent.problem }, 'a letter could not be sent now');
      if (next === undefined) return fail(begun, sent.problem, delivery);
      await record(
        begun,
        { ...withOutcome(begun, 'later', sent.problem), state: 'retrying', problem: sent.problem, changedAt },
        delivery,
      );
      return delivery.wake(next, { message: message.id, attempt: attempt + 1 });
    }
    default:
      return sent satisfies never;
  }
};

/**
 * Takes a message one step on its way out: an attempt, or, where the attempt asked for was begun before and its outcome is
 * not known, the certainty that the next one will come.
 *
 * @param attempt - 1 for a message just queued
 */
export const deliver = async (id: string, attempt: number, delivery: Delivery): Promise<void> => {
  const message = await read(id, delivery);
  if (message === undefined || !isOnItsWay(message)) return;
  if (packOfSms(message, delivery.company) !== undefined) return; // its worker has it, and keeps trying by itself
  if (attempt === message.attempts + 1) return attemptIt(message, attempt, delivery);
  if (attempt > message.attempts) return; // its forerunner was never begun and comes itself
  const { nextAttemptAt: next } = message;
  if (next === undefined)
    return fail(message, message.problem ?? 'given up: nobody knows whether it was sent', delivery);
  const at = new Date(Math.max(Date.parse(next), delivery.now.getTime() + soonest));
  await delivery.wake(at, { message: id, attempt: message.attempts + 1 });
};
