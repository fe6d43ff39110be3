import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { restore } from './restore.ts';
import { unrestorable } from './restore-options.ts';
import { streamOf } from './restored.ts';

const region = 'eu-central-1';
let stop = async (): Promise<void> => {};
afterEach(() => stop());

/** Tables over DynamoDB's own protocol: a new one is being made the first two times that it is looked at. */
const dynamo = async () => {
  const asked: { call: string; body: Record<string, unknown> }[] = [];
  let looks = 0;
  let made = false;
  let stream = false;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const call = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const body = JSON.parse(text);
    const answer = (status: number, of: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(of));
    };
    if (call === 'DescribeTable') {
      if (!made)
        return answer(400, {
          __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
          message: '',
        });
      looks += 1;
      return answer(200, {
        Table: {
          TableStatus: looks < 3 ? 'CREATING' : 'ACTIVE',
          ...(stream
            ? {
                LatestStreamArn: 'arn:aws:dynamodb:eu-central-1:1:table/new/stream/1',
                StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
              }
            : {}),
        },
      });
    }
    asked.push({ call, body });
    if (call === 'RestoreTableToPointInTime') made = true;
    if (body.StreamSpecification !== undefined) stream = true;
    return answer(200, {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    region,
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  stop = async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { asked, client, endpoint };
};

const restoring = { from: 'voronka-prod', to: 'new', pollMs: 1, say: () => {} };

test('a restored table gets all that a stage needs of it, and only once', async () => {
  const { asked, client } = await dynamo();
  const at = new Date('2026-11-22T09:59:00Z');

  await restore({ ...restoring, client, at });
  expect(asked).toEqual([
    {
      call: 'RestoreTableToPointInTime',
      body: { SourceTableName: 'voronka-prod', TargetTableName: 'new', RestoreDateTime: at.getTime() / 1000 },
    },
    {
      call: 'UpdateTable',
      body: {
        TableName: 'new',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    {
      call: 'UpdateTimeToLive',
      body: { TableName: 'new', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } },
    },
    {
      call: 'UpdateContinuousBackups',
      body: {
        TableName: 'new',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    },
    { call: 'UpdateTable', body: { TableName: 'new', DeletionProtectionEnabled: true } },
  ]);

  asked.length = 0;
  await restore({ ...restoring, client, at });
  expect(asked.map(({ call }) => call)).toEqual([
    'UpdateTimeToLive',
    'UpdateContinuousBackups',
    'UpdateTable',
  ]);
});

test('without an instant, the last one possible is meant', async () => {
  const { asked, client } = await dynamo();

  await restore({ ...restoring, client });

  expect(asked[0]?.body).toMatchObject({ UseLatestRestorableTime: true });
});

test('a stage is told the stream of the restored table', async () => {
  const { client, endpoint } = await dynamo();
  await restore({ ...restoring, client });
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });

  try {
    expect(await streamOf('new', region)).toBe('arn:aws:dynamodb:eu-central-1:1:table/new/stream/1');
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  }
});

test.each([
  ['2026-11-22T10:00:00Z', undefined],
  ['2026-11-22T10:00:01Z', 'it is yet to come; now it is 2026-11-22T10:00:00.000Z'],
  ['2026-10-18T10:00:00Z', undefined],
  ['2026-10-18T09:59:59Z', 'backups reach back 35 days; give an instant after 2026-10-18T10:00:00.000Z'],
  ['yesterday', 'give an instant such as 2026-11-22T09:59:00Z'],
])('the table as it was %s: %s', (instant, reason) => {
  expect(unrestorable(new Date(instant), new Date('2026-11-22T10:00:00Z'))).toBe(reason);
});

test('a table that is not there is said to be none', async () => {
  const { endpoint } = await dynamo();
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });

  try {
    await expect(streamOf('nothere', region)).rejects.toThrow(
      'no table nothere in eu-central-1; npm run restore',
    );
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  }
});
