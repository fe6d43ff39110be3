import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildApp } from 'fauxqs';
import { DurableBucket } from './durable-bucket.ts';
import { keepQueues } from './durable-queues.ts';
import { bucketsOf, makeStores, type SqsMessage } from './fauxqs.ts';

export type QueueSpec = { name: string; attributes?: Record<string, string> };
export type TopicSpec = {
  name: string;
  /** Queues that get the topic's messages; SNS to anything else is not emulated. */
  subscriptions?: readonly { queue: string; attributes?: Record<string, string> }[];
};

/** S3, SQS and SNS on one port. */
export type Storage = {
  /** For `AWS_ENDPOINT_URL_S3`, `_SQS` and `_SNS`; S3 clients need `forcePathStyle`. */
  endpoint: string;
  queueUrl(name: string): string;
  queueArn(name: string): string;
  topicArn(name: string): string;
  /** Puts a message into a queue without a request; for targets of a bus and dead letters. */
  send(queueArn: string, body: string, attributes?: Record<string, string>): void;
  /** Every message of a queue, received or not, without receiving it. */
  messages(queue: string): SqsMessage[];
  stop(): Promise<void>;
};

const ACCOUNT = '000000000000';

/** What is put down in one piece. */
const largestObject = 64 * 1024 * 1024;

/**
 * Starts `fauxqs` on the loopback with the template's buckets, queues and topics.
 *
 * Visibility and delays of queues count real time: the package knows no other.
 *
 * @param options.dir - keeps objects and messages across restarts; undefined keeps them in memory
 */
export const startStorage = async (options: {
  port?: number;
  region?: string;
  dir?: string | undefined;
  buckets: readonly string[];
  queues: readonly QueueSpec[];
  topics: readonly TopicSpec[];
}): Promise<Storage> => {
  const { region = 'eu-central-1', dir, buckets, topics } = options;
  const { createMessage, ...stores } = await makeStores();
  const { s3Store, sqsStore, snsStore } = stores;
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  // The package takes 11 MiB; letters with files come in one piece of up to forty.
  app.removeContentTypeParser('*');
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestObject }, (_, body, done) =>
    done(null, body),
  );
  // Queue URLs are told to clients: a plain address resolves everywhere, `sqs.<region>.localhost` does not.
  sqsStore.host = '127.0.0.1';
  sqsStore.buildQueueUrl = (name) => `${endpoint}/${ACCOUNT}/${name}`;
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  const queueUrl = (name: string) => `${endpoint}/${ACCOUNT}/${name}`;
  const queueArn = (name: string) => `arn:aws:sqs:${region}:${ACCOUNT}:${name}`;
  const topicArn = (name: string) => `arn:aws:sns:${region}:${ACCOUNT}:${name}`;
  for (const name of buckets) {
    s3Store.createBucket(name);
    if (dir !== undefined) bucketsOf(s3Store).set(name, new DurableBucket(join(dir, 's3', name)));
  }
  const queues = options.queues.map(({ name, attributes }) =>
    sqsStore.createQueue(name, queueUrl(name), queueArn(name), attributes),
  );
  if (dir !== undefined) keepQueues(join(dir, 'sqs'), queues);
  for (const { name, subscriptions = [] } of topics) {
    snsStore.createTopic(name, undefined, undefined, region);
    for (const { queue, attributes } of subscriptions) {
      if (sqsStore.getQueueByName(queue) === undefined) {
        throw new Error(
          `topic ${name}: ${queue} is no queue; queues are ${queues.map((known) => known.name).join(', ')}`,
        );
      }
      snsStore.subscribe(topicArn(name), 'sqs', queueArn(queue), attributes);
    }
  }

  return {
    endpoint,
    queueUrl,
    queueArn,
    topicArn,
    send: (arn, body, attributes = {}) => {
      const queue = sqsStore.getQueueByArn(arn);
      if (queue === undefined) {
        throw new Error(`${arn} is no queue; queues are ${queues.map((known) => known.arn).join(', ')}`);
      }
      const values = Object.entries(attributes).map(([name, StringValue]) => [
        name,
        { DataType: 'String', StringValue },
      ]);
      queue.enqueue(createMessage(body, Object.fromEntries(values)));
    },
    messages: (name) => {
      const found = sqsStore.inspectQueue(name)?.messages;
      if (found === undefined) return [];
      return [...found.ready, ...found.delayed, ...found.inflight.map(({ message }) => message)];
    },
    stop: () => app.close(),
  };
};
