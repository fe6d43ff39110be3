import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqsMessage, SqsQueue } from './fauxqs.ts';

type Kept = { queue: string; message: SqsMessage };

/**
 * Keeps every message of the queues it is given in a file, from when it is sent until it is deleted. After a restart a
 * message that was being received is ready again, as after its visibility timeout.
 */
export const keepQueues = (dir: string, queues: readonly SqsQueue[]): void => {
  mkdirSync(dir, { recursive: true });
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  const fileOf = (messageId: string) => join(dir, `${messageId}.json`);
  const kept = readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(dir, file), 'utf8')) as Kept)
    .sort((a, b) => a.message.sentTimestamp - b.message.sentTimestamp);

  for (const queue of queues) {
    const enqueue = queue.enqueue.bind(queue);
    const deleteMessage = queue.deleteMessage.bind(queue);
    const purge = queue.purge.bind(queue);
    // One file a message: when it goes to a dead-letter queue, that queue's name takes the place of the first.
    queue.enqueue = (message) => {
      const file = fileOf(message.messageId);
      writeFileSync(`${file}.new`, JSON.stringify({ queue: queue.name, message } satisfies Kept));
      renameSync(`${file}.new`, file);
      enqueue(message);
    };
    queue.deleteMessage = (receiptHandle) => {
      const entry = queue.inflightMessages.get(receiptHandle);
      if (entry !== undefined) rmSync(fileOf(entry.message.messageId), { force: true });
      return deleteMessage(receiptHandle);
    };
    queue.purge = () => {
      const { ready, delayed, inflight } = queue.inspectMessages();
      for (const { messageId } of [...ready, ...delayed, ...inflight.map((entry) => entry.message)]) {
        rmSync(fileOf(messageId), { force: true });
      }
      purge();
    };
  }
  // The queue of a message may be gone from the template: the message is kept for when it is back.
  for (const { queue, message } of kept) byName.get(queue)?.enqueue(message);
};
