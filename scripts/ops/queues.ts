import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { CannotDo, named, type Place } from './place.ts';

/** A dead-letter queue; `name` is without the installation's, and without `-failed` it is its function's. */
export type DeadLetters = { readonly name: string; readonly url: string; readonly functionName: string };

const end = '-failed';

export const deadLetterQueues = async ({ sqs, prefix }: Place): Promise<DeadLetters[]> => {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await sqs.send(
      new ListQueuesCommand({
        QueueNamePrefix: `${prefix}-`,
        MaxResults: 1000,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return urls
    .filter((url) => url.endsWith(end))
    .sort()
    .map((url) => {
      const name = (url.split('/').at(-1) ?? '').slice(prefix.length + 1);
      return { name, url, functionName: name.slice(0, -end.length) };
    });
};

/** The queue an operator means: `workflow-failed`, `workflow`, or its whole name. @throws {CannotDo} naming those there are */
export const queueNamed = async (place: Place, given: string): Promise<DeadLetters> => {
  const queues = await deadLetterQueues(place);
  const found = queues.find(({ name, functionName }) =>
    [name, functionName, `${place.prefix}-${name}`].includes(given),
  );
  if (found !== undefined) return found;
  throw new CannotDo(
    queues.length === 0
      ? `${place.prefix} has no dead-letter queue; ${named}`
      : `no queue "${given}"; queues are ${queues.map(({ name }) => name).join(', ')}`,
  );
};

/** When a message was put there; undefined if the service does not say. */
export const sentAt = ({ Attributes }: Message): Date | undefined => {
  const at = Number(Attributes?.SentTimestamp);
  return Number.isFinite(at) ? new Date(at) : undefined;
};

/**
 * Some of what waits, oldest first.
 *
 * @param hiddenSeconds - how long nobody else is given them; zero only looks
 */
export const receive = async (
  { sqs }: Place,
  { url }: DeadLetters,
  hiddenSeconds: number,
): Promise<Message[]> => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 1, // asks all of SQS's servers, where a short poll asks some
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  return Messages.sort((one, other) => Number(sentAt(one) ?? 0) - Number(sentAt(other) ?? 0));
};

const depthOf = async ({ sqs }: Place, { url }: DeadLetters): Promise<number> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return (
    Number(Attributes?.ApproximateNumberOfMessages ?? 0) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
  );
};

/** Prints what waits in each queue. @returns whether all are empty */
export const showQueues = async (place: Place): Promise<boolean> => {
  const queues = await deadLetterQueues(place);
  if (queues.length === 0) throw new CannotDo(`${place.prefix} has no dead-letter queue; ${named}`);
  let total = 0;
  for (const queue of queues) {
    const depth = await depthOf(place, queue);
    total += depth;
    const [first] = depth === 0 ? [] : await receive(place, queue, 0);
    const since = first === undefined ? undefined : sentAt(first);
    place.print(
      `${queue.name.padEnd(20)}${String(depth).padStart(6)}${since === undefined ? '' : `   since ${since.toISOString()}`}`,
    );
  }
  return total === 0;
};
