import { ChangeMessageVisibilityCommand, DeleteMessageCommand, type Message } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { call, FunctionThrew } from './call.ts';
import { type Batch, deadLetterOf } from './dead-letter.ts';
import type { Place } from './place.ts';
import { type DeadLetters, queueNamed, receive, sentAt } from './queues.ts';
import { rebuiltBatches } from './rebuilt.ts';
import { recordsOf } from './stream.ts';

/** A function has a minute; a message must not come to somebody else before it is deleted. */
const hiddenSeconds = 180;

const Answer = z.object({ batchItemFailures: z.array(z.unknown()) });

/** It was not taken; the message stays where it is. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

const handOver = async (place: Place, name: string, records: readonly object[]): Promise<void> => {
  const answer = Answer.safeParse(await call(place, name, { Records: records })).data;
  if (answer === undefined || answer.batchItemFailures.length > 0)
    throw new NotTaken(
      `the function did not take all of ${records.length} changes; its log of this minute says why`,
    );
};

/** What a reader of the stream missed, where the stream has it no longer. @returns how it was made good */
const makeGood = async (place: Place, name: string, batch: Batch): Promise<string> => {
  const since = batch.approximateArrivalOfFirstRecord;
  if (name !== 'workflow')
    throw new NotTaken(
      `the stream no longer has these changes of ${since}: run \`npm run ops -- recount\`, which counts the reports anew from the table, and then delete the message in the console; the lines of those changes in the history of their deals are lost`,
    );
  let count = 0;
  for await (const records of rebuiltBatches(place, batch)) {
    await handOver(place, name, records);
    count += records.length;
  }
  return `made good from the table: what deals, tasks and letters written since ${since} ask for was asked for again (${count} changes)`;
};

const redriveOne = async (place: Place, { functionName }: DeadLetters, body: string): Promise<string> => {
  const letter = deadLetterOf(body);
  switch (letter.is) {
    case 'event':
      await call(place, functionName, letter.event);
      return `taken; it had failed because ${letter.because}`;
    case 'batch': {
      const records = await recordsOf(place, letter.batch);
      if (records === undefined) return makeGood(place, functionName, letter.batch);
      await handOver(place, functionName, records);
      return `taken: ${records.length} change${records.length === 1 ? '' : 's'} of the table`;
    }
    case 'unreadable':
      throw new NotTaken(`not one of our messages: ${letter.because}; look at it in the SQS console`);
    default:
      return letter satisfies never;
  }
};

/** One message, and what became of it. @returns whether it was taken */
const settle = async (place: Place, queue: DeadLetters, message: Message): Promise<boolean> => {
  const { MessageId: id = '?', ReceiptHandle, Body = '' } = message;
  const when = sentAt(message)?.toISOString() ?? 'some time';
  try {
    const how = await redriveOne(place, queue, Body);
    // Only now: whatever fails before leaves it where it was.
    await place.sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
    place.print(`${id}  of ${when}: ${how}`);
    return true;
  } catch (error) {
    if (!(error instanceof NotTaken || error instanceof FunctionThrew)) throw error;
    place.print(`${id}  of ${when}: left in the queue, ${error.message}`);
    return false;
  }
};

/** Shows messages to everybody again at once, instead of when their time is up. */
const release = async ({ sqs }: Place, { url }: DeadLetters, messages: Iterable<Message>): Promise<void> => {
  for (const { ReceiptHandle } of messages)
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
    );
};

/**
 * Gives what waits in a dead-letter queue to its function again, oldest first, each message once. What the function takes
 * leaves the queue; what it does not stays.
 *
 * @returns whether nothing was left
 */
export const redrive = async (place: Place, name: string): Promise<boolean> => {
  const queue = await queueNamed(place, name);
  const held = new Map<string, Message>();
  let taken = 0;
  try {
    for (;;) {
      const received = await receive(place, queue, hiddenSeconds);
      const fresh = received.filter(({ MessageId = '' }) => !held.has(MessageId));
      for (const message of received) held.set(message.MessageId ?? '', message);
      if (fresh.length === 0) break;
      for (const message of fresh) {
        if (!(await settle(place, queue, message))) continue;
        held.delete(message.MessageId ?? '');
        taken += 1;
      }
    }
  } finally {
    await release(place, queue, held.values());
  }
  const all = taken + held.size;
  place.print(all === 0 ? `${queue.name} is empty` : `${queue.name}: ${taken} of ${all} taken`);
  return held.size === 0;
};
