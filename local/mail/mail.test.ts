import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from 'vitest';
import { eventFor, type MailServer, startMail } from './mail.ts';

const NOW = '2026-10-01T09:00:00.000Z';
const running: MailServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((mail) => mail.stop()));
});

const world = async (options: { dir?: string; identities?: string[] } = {}) => {
  const mail = await startMail({ port: 0, now: () => new Date(NOW), ...options });
  running.push(mail);
  const sdk = new SESv2Client({
    endpoint: mail.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const send = (letter: Partial<SendEmailCommandInput> = {}) =>
    sdk.send(new SendEmailCommand({ ...aLetter, ...letter }));
  return { mail, send };
};

const aLetter: SendEmailCommandInput = {
  FromEmailAddress: 'ACME <deals@acme.example>',
  Destination: { ToAddresses: ['anna@client.example'] },
  ReplyToAddresses: ['deal+d-42@in.acme.example'],
  Content: {
    Simple: {
      Subject: { Data: 'Сделка D-42' },
      Body: { Text: { Data: 'Здравствуйте' }, Html: { Data: '<p>Здравствуйте</p>' } },
      Headers: [{ Name: 'X-CRM-Deal', Value: 'D-42' }],
      Attachments: [{ FileName: 'invoice.txt', RawContent: Buffer.from('42'), ContentType: 'text/plain' }],
    },
  },
  EmailTags: [{ Name: 'deal', Value: 'D-42' }],
  ConfigurationSetName: 'crm',
};

test('a letter is kept whole, with headers, tags and attachments', async () => {
  const { mail, send } = await world();

  const { MessageId } = await send();

  expect(await mail.sent()).toEqual([
    {
      id: MessageId,
      at: NOW,
      from: 'ACME <deals@acme.example>',
      to: ['anna@client.example'],
      cc: [],
      bcc: [],
      replyTo: ['deal+d-42@in.acme.example'],
      subject: 'Сделка D-42',
      text: 'Здравствуйте',
      html: '<p>Здравствуйте</p>',
      headers: [{ name: 'X-CRM-Deal', value: 'D-42' }],
      tags: { deal: 'D-42' },
      configurationSet: 'crm',
      attachments: [expect.objectContaining({ filename: 'invoice.txt', size: 2 })],
    },
  ]);
});

test('a raw letter is read from its MIME', async () => {
  const { mail, send } = await world();
  const raw = [
    'From: deals@acme.example',
    'To: anna@client.example',
    'Subject: =?utf-8?B?0KHRh9GR0YI=?=',
    'References: <a@x>',
    ' <b@x>',
    '',
    'hello',
  ].join('\r\n');

  await send({ Content: { Raw: { Data: Buffer.from(raw) } }, Destination: undefined });

  expect(await mail.sent()).toMatchObject([
    {
      to: ['anna@client.example'],
      subject: 'Счёт',
      text: 'hello',
      headers: expect.arrayContaining([{ name: 'References', value: '<a@x> <b@x>' }]),
    },
  ]);
});

test('the viewer shows letters, each as a file too', async () => {
  const { mail, send } = await world();
  const { MessageId } = await send();

  const page = await fetch(mail.url);
  const store = await (await fetch(`${mail.url}/store`)).json();
  const file = (await (await fetch(`${mail.url}/get-emlContent?messageId=${MessageId}`)).json()) as {
    body: Buffer;
  };

  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
  expect(store).toMatchObject({ emails: [{ messageId: MessageId, at: Date.parse(NOW) / 1_000 }] });
  expect(Buffer.from(file.body).toString()).toMatch(/X-CRM-Deal: D-42/i);
});

test('letters outlive the server, and two servers share none', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-mail-'));
  const first = await world({ dir });
  await first.send();

  const second = await world({ dir });
  const other = await world();

  expect((await second.mail.sent()).map(({ subject }) => subject)).toEqual(['Сделка D-42']);
  expect(await other.mail.sent()).toEqual([]);
});

test('a service that is down, or over its rate, takes nothing until it is well again', async () => {
  const { mail, send } = await world();

  mail.fail(true);
  await expect(send()).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  mail.fail('throttle');
  await expect(send()).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
  mail.fail(false);
  await send();

  expect(await mail.sent()).toHaveLength(1);
});

describe('a letter is refused', () => {
  test.each<[string, Partial<SendEmailCommandInput>, string]>([
    ['from a domain that is not verified', { FromEmailAddress: 'x@other.example' }, 'MessageRejected'],
    [
      'to fifty-one people',
      { Destination: { ToAddresses: Array(51).fill('a@b.example') } },
      'MessageRejected',
    ],
    ['to nobody', { Destination: {} }, 'BadRequestException'],
    [
      'with a tag SES does not take',
      { EmailTags: [{ Name: 'deal', Value: 'сделка' }] },
      'BadRequestException',
    ],
    ['without a body', { Content: { Simple: { Subject: { Data: 'x' }, Body: {} } } }, 'BadRequestException'],
  ])('%s', async (_, letter, name) => {
    const { mail, send } = await world({ identities: ['acme.example'] });

    await expect(send(letter)).rejects.toMatchObject({ name });
    expect(await mail.sent()).toEqual([]);
  });
});

test('a subdomain of a verified domain may send', async () => {
  const { mail, send } = await world({ identities: ['acme.example'] });

  await send({ FromEmailAddress: 'deals@mail.acme.example' });

  expect(await mail.sent()).toHaveLength(1);
});

test('a bounce is the event that SES would put on the bus', async () => {
  const { mail, send } = await world();
  const { MessageId } = await send();

  const [letter] = await mail.sent();
  const event = letter && eventFor(letter, 'bounced', { at: new Date('2026-10-01T09:00:05Z') });

  expect(event).toMatchObject({
    'detail-type': 'Email Bounced',
    source: 'aws.ses',
    time: '2026-10-01T09:00:05Z',
    resources: ['arn:aws:ses:eu-central-1:000000000000:configuration-set/crm'],
    detail: {
      eventType: 'Bounce',
      mail: {
        messageId: MessageId,
        destination: ['anna@client.example'],
        tags: { 'ses:configuration-set': ['crm'], deal: ['D-42'], 'ses:from-domain': ['acme.example'] },
      },
      bounce: {
        bounceType: 'Permanent',
        bouncedRecipients: [{ emailAddress: 'anna@client.example', status: '5.1.1' }],
      },
    },
  });
});

test.each([
  ['sent', 'Email Sent', 'send'],
  ['delivered', 'Email Delivered', 'delivery'],
  ['delayed', 'Email Delivery Delayed', 'deliveryDelay'],
  ['complaint', 'Email Complaint Received', 'complaint'],
] as const)('the outcome %s is the event %s', async (outcome, type, member) => {
  const { mail, send } = await world();
  await send();

  const [letter] = await mail.sent();
  const event = letter && eventFor(letter, outcome);

  expect(event?.['detail-type']).toBe(type);
  expect(event?.detail).toHaveProperty(member);
});
