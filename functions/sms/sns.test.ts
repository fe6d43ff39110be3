import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { forgetSns, SnsAccount, sns } from './sns.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  forgetSns();
  for (const stop of stops.splice(0)) await stop();
});

/** SNS's query protocol, as far as one message needs it. */
const answering = async (status: number, body: string) => {
  const heard: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    heard.push(Object.fromEntries(new URLSearchParams(text)));
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  stops.push(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return heard;
};

const sms = { id: 'm1', number: '+79123456789', text: 'Deal D-42: payment received' };

test('a message is published to a number, with its sender, type and highest price', async () => {
  const heard = await answering(
    200,
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>567910cd</MessageId></PublishResult></PublishResponse>',
  );

  const taken = await sns({ senderId: 'ACMECRM', maxPrice: '0.15' }).send(sms);

  expect(taken).toEqual({ as: 'taken', id: '567910cd', state: 'sent' });
  const [{ Action, PhoneNumber, Message, TopicArn, ...rest } = {}] = heard;
  expect({ Action, PhoneNumber, Message, TopicArn }).toEqual({
    Action: 'Publish',
    PhoneNumber: '+79123456789',
    Message: 'Deal D-42: payment received',
    TopicArn: undefined,
  });
  const attributes = [1, 2, 3].map((n) => [
    rest[`MessageAttributes.entry.${n}.Name`],
    rest[`MessageAttributes.entry.${n}.Value.DataType`],
    rest[`MessageAttributes.entry.${n}.Value.StringValue`],
  ]);
  expect(attributes).toEqual([
    ['AWS.SNS.SMS.SMSType', 'String', 'Transactional'],
    ['AWS.SNS.SMS.SenderID', 'String', 'ACMECRM'],
    ['AWS.SNS.SMS.MaxPrice', 'Number', '0.15'],
  ]);
});

test.for([
  [400, 'InvalidParameter', { as: 'refused' }],
  [400, 'OptedOut', { as: 'refused' }],
  [403, 'AuthorizationError', { as: 'refused' }],
  [429, 'Throttled', { as: 'later', sent: 'no' }],
  [500, 'InternalError', { as: 'later', sent: 'maybe' }],
] as const)('%i %s', async ([status, code, became]) => {
  const heard = await answering(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>+79123456789 is at fault</Message></Error></ErrorResponse>`,
  );

  const taken = await sns({}).send(sms);

  expect(taken).toMatchObject(became);
  expect(JSON.stringify(taken)).not.toContain('79123456789');
  expect(heard).toHaveLength(1);
});

test.for(['AB', 'TWELVESIGNS1', '12345', 'A CRM'])('"%s" is no name of a sender', (senderId) => {
  expect(SnsAccount.safeParse({ senderId }).success).toBe(false);
});
