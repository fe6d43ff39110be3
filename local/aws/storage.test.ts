import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, expect, test } from 'vitest';
import { type Storage, startStorage } from './storage.ts';

const running: Storage[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((storage) => storage.stop()));
});

const world = async (dir?: string) => {
  const storage = await startStorage({
    dir,
    buckets: ['files'],
    queues: [
      { name: 'dead' },
      {
        name: 'work',
        attributes: {
          VisibilityTimeout: '0',
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:dead',
            maxReceiveCount: 1,
          }),
        },
      },
    ],
    topics: [
      { name: 'alarms', subscriptions: [{ queue: 'work', attributes: { RawMessageDelivery: 'true' } }] },
    ],
  });
  running.push(storage);
  const config = {
    endpoint: storage.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return {
    storage,
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
  };
};
const aDir = () => mkdtempSync(join(tmpdir(), 'voronka-storage-'));
const work = { QueueUrl: '' };

test('a letter of 40 MB is one object', async () => {
  const { s3 } = await world();
  const Body = Buffer.alloc(40 * 1024 * 1024, 'x');

  await s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'mail/large', Body }));

  const { ContentLength } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'mail/large' }));
  expect(ContentLength).toBe(Body.length);
});

test('an object is read back, by a signed address too', async () => {
  const { s3 } = await world();
  const at = { Bucket: 'files', Key: 'deals/D-1/счёт.pdf' };

  await s3.send(
    new PutObjectCommand({ ...at, Body: 'bytes', ContentType: 'application/pdf', Metadata: { by: 'ines' } }),
  );
  const read = await s3.send(new GetObjectCommand(at));
  const signed = await fetch(await getSignedUrl(s3, new GetObjectCommand(at)));

  expect(await read.Body?.transformToString()).toBe('bytes');
  expect(read).toMatchObject({ ContentType: 'application/pdf', Metadata: { by: 'ines' } });
  expect(await signed.text()).toBe('bytes');
});

test('objects outlive the server: the last version, and none that was deleted', async () => {
  const dir = aDir();
  const { s3 } = await world(dir);
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body }));
  await put('a', 'one');
  await put('a', 'two');
  await put('b', 'three');
  await s3.send(new DeleteObjectCommand({ Bucket: 'files', Key: 'b' }));

  const after = await world(dir);
  const listed = await after.s3.send(new ListObjectsV2Command({ Bucket: 'files' }));
  const read = await after.s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'a' }));

  expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['a']);
  expect(await read.Body?.transformToString()).toBe('two');
});

test('a message is received, deleted, and gone', async () => {
  const { storage, sqs } = await world();
  work.QueueUrl = storage.queueUrl('work');

  await sqs.send(new SendMessageCommand({ ...work, MessageBody: 'one' }));
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(work));
  await sqs.send(new DeleteMessageCommand({ ...work, ReceiptHandle: Messages[0]?.ReceiptHandle }));

  expect(Messages.map(({ Body }) => Body)).toEqual(['one']);
  expect(storage.messages('work')).toEqual([]);
});

test('messages outlive the server, each in the queue it had come to', async () => {
  const dir = aDir();
  const { storage, sqs } = await world(dir);
  work.QueueUrl = storage.queueUrl('work');
  await sqs.send(new SendMessageCommand({ ...work, MessageBody: 'poison' }));
  // Received without being deleted: at the second try it goes to the dead letters.
  await sqs.send(new ReceiveMessageCommand(work));
  await sqs.send(new ReceiveMessageCommand(work));
  storage.send(storage.queueArn('work'), 'waiting', { ORIGIN: 'bus' });

  const after = await world(dir);

  const bodies = (queue: string) => after.storage.messages(queue).map(({ body }) => body);
  expect(bodies('dead')).toEqual(['poison']);
  expect(bodies('work')).toEqual(['waiting']);
  expect(after.storage.messages('work')[0]?.messageAttributes).toEqual({
    ORIGIN: { DataType: 'String', StringValue: 'bus' },
  });
});

test('what is published reaches the queue that subscribed', async () => {
  const { storage, sns } = await world();

  await sns.send(new PublishCommand({ TopicArn: storage.topicArn('alarms'), Message: 'late' }));

  expect(storage.messages('work').map(({ body }) => body)).toEqual(['late']);
});

test('a message for a queue that is none is refused', async () => {
  const { storage } = await world();

  expect(() => storage.send(storage.queueArn('nowhere'), 'x')).toThrow(
    'queues are arn:aws:sqs:eu-central-1:000000000000:dead',
  );
});
