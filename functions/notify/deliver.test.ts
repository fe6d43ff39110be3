import '../testing/quiet.ts';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventFor, type MailServer, startMail } from '../../local/mail/mail.ts';
import { OutgoingMessage } from '../../schemas/message.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { companyOf } from '../access/company.ts';
import { aDeal } from '../reports/testing/history.ts';
import { forgetEnvironment } from '../shared/environment.ts';
import { configKey, messageKey } from '../shared/keys.ts';
import { useTable } from '../shared/ports.ts';
import { dealRow, messageOf, messageRow, notificationOf } from '../shared/rows.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { type Delivery, deliver } from './deliver.ts';
import { envelopeOf } from './envelope.ts';
import { MailEvent, type MailEvent as MailEventOf, takeMailEvent } from './mail-events.ts';
import { forgetMail, sendBySes } from './mail-ses.ts';

const queuedAt = Date.parse('2026-02-18T09:30:00Z');
const minutes = (many: number) => many * 60_000;

let mail: MailServer;
const before = { ...process.env };

beforeAll(async () => {
  mail = await startMail({ port: 0, now: () => new Date(queuedAt) });
  Object.assign(process.env, {
    TABLE_NAME: 'test',
    BUS_NAME: 'test',
    BUCKET_NAME: 'test',
    MACHINE_ARN_PREFIX: 'arn:',
    MAIL_FROM: 'Voronka <crm@example.test>',
    MAIL_CONFIGURATION_SET: 'crm',
    SCHEDULE_GROUP: 'test',
    SCHEDULE_ROLE_ARN: 'arn:role',
    DELIVER_ARN: 'arn:deliver',
    ALARM_ARN: 'arn:alarm',
    SECRET_PREFIX: 'test',
    PUBLIC_URL: 'https://crm.test.example',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SESV2: mail.endpoint,
  });
  delete process.env.MAIL_IN_DOMAIN; // another test of this process may have a domain for answers; these letters have none
  forgetEnvironment();
});

afterAll(async () => {
  forgetMail();
  forgetEnvironment();
  await mail.stop();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

beforeEach(() => mail.fail(false));

const aMessage = (some: Partial<Record<keyof OutgoingMessage, unknown>> = {}): OutgoingMessage =>
  OutgoingMessage.parse({
    id: 'm1',
    channel: 'email',
    to: 'anna@client.example',
    deal: 'd1',
    dealNumber: 'G-1',
    text: 'goods-ready',
    subject: 'Заказ G-1 готов',
    body: 'Здравствуйте!\n\nЗаказ <b>G-1</b> готов.',
    language: 'ru',
    state: 'queued',
    attempts: 0,
    createdAt: new Date(queuedAt).toISOString(),
    changedAt: new Date(queuedAt).toISOString(),
    ...some,
  });

const outbox = async (message = aMessage()) => {
  let now = queuedAt;
  const table = createMemoryTable({ now: () => new Date(now) });
  const company = companyOf(
    packs,
    packs.flatMap(({ people }) => people.map((user) => ({ ...configKey('user', user.id), ...user }))),
  );
  await table.batch([{ put: messageRow(message) }, { put: dealRow(aDeal({ responsible: 'pavel' })) }]);
  useTable(table, packs);
  const wakes: { at: number; attempt: number }[] = [];
  const delivery = (some: Partial<Delivery> = {}): Delivery => ({
    table,
    company,
    now: new Date(now),
    envelope: (letter) => envelopeOf(letter, { table, company }),
    send: sendBySes,
    wake: async (at, { attempt }) => void wakes.push({ at: at.getTime(), attempt }),
    ...some,
  });
  const known = (await mail.sent()).length;
  return {
    table,
    wakes,
    at: (ms: number) => {
      now = ms;
    },
    deliver: (attempt: number, some: Partial<Delivery> = {}) => deliver('m1', attempt, delivery(some)),
    told: (event: unknown) =>
      takeMailEvent(MailEvent.parse(event) satisfies MailEventOf, { table, company, now: new Date(now) }),
    state: async () => {
      const row = await table.get(messageKey('m1'));
      return row === undefined ? undefined : messageOf(row);
    },
    letters: async () => (await mail.sent()).slice(known),
    inbox: async (user: string) => (await table.query({ pk: `INBOX#${user}` })).items.map(notificationOf),
  };
};

test('a queued letter leaves as text and HTML, marked as sent by a machine', async () => {
  const { deliver, letters, state } = await outbox();

  await deliver(1);

  const [letter] = await letters();
  expect(letter).toMatchObject({
    to: ['anna@client.example'],
    from: 'Voronka <crm@example.test>',
    subject: 'Заказ G-1 готов',
    text: 'Здравствуйте!\n\nЗаказ <b>G-1</b> готов.',
    tags: { message: 'm1', deal: 'd1' },
    configurationSet: 'crm',
  });
  expect(letter?.headers).toEqual([
    { name: 'Auto-Submitted', value: 'auto-generated' },
    { name: 'X-CRM-Deal', value: 'G-1' },
  ]);
  expect(letter?.html).toContain('Заказ &lt;b&gt;G-1&lt;/b&gt; готов.</p>');
  expect(await state()).toMatchObject({ state: 'sent', attempts: 1, providerId: letter?.id });
});

test('the same event twice sends one letter', async () => {
  const { deliver, letters } = await outbox();

  await Promise.all([deliver(1), deliver(1)]);
  await deliver(1);

  expect(await letters()).toHaveLength(1);
});

test('a service that is down is asked again after 1, 2, 4 minutes, and the letter leaves once it is back', async () => {
  const { deliver, letters, state, wakes, at } = await outbox();
  mail.fail(true);

  let now = queuedAt;
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await deliver(attempt);
    const next = wakes.at(-1);
    expect(next?.attempt).toBe(attempt + 1);
    waits.push(Math.floor(((next?.at ?? 0) - now) / minutes(1)));
    now = next?.at ?? 0;
    at(now);
  }
  expect(waits).toEqual([1, 2, 4]);
  expect(await state()).toMatchObject({ state: 'retrying', attempts: 3 });

  mail.fail(false);
  await deliver(4);

  expect(await letters()).toHaveLength(1);
  expect(await state()).toMatchObject({ state: 'sent', attempts: 4 });
  expect(await state()).not.toHaveProperty('problem');
});

test('a letter that could not leave for a day has failed, and the responsible person is told', async () => {
  const { deliver, state, wakes, at, inbox } = await outbox();
  mail.fail('throttle');

  let attempt = 0;
  do {
    attempt += 1;
    await deliver(attempt);
    at(wakes.at(-1)?.at ?? queuedAt);
  } while (wakes.at(-1)?.attempt === attempt + 1);

  expect(await state()).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('TooManyRequests'),
  });
  expect(attempt).toBeGreaterThan(24);
  expect(attempt).toBeLessThan(32);
  expect((await inbox('pavel')).map(({ text }) => text)).toEqual(['letter-failed']);
});

test('a letter that SES refuses fails at once', async () => {
  const { deliver, state, wakes, inbox } = await outbox();

  await deliver(1, { send: async () => ({ as: 'refused', problem: 'MessageRejected: no such domain' }) });

  expect(await state()).toMatchObject({ state: 'failed', problem: 'MessageRejected: no such domain' });
  expect(wakes).toEqual([]);
  expect(await inbox('pavel')).toHaveLength(1);
});

test('an attempt cut short is not made again; the next one is, unless the letter turns out to have left', async () => {
  const { deliver, letters, state, wakes, told } = await outbox();
  const cut = deliver(1, {
    send: async (...given) => {
      await sendBySes(...given);
      throw new Error('killed');
    },
  });
  await expect(cut).rejects.toThrow('killed');

  await deliver(1);

  expect(await letters()).toHaveLength(1);
  expect(wakes).toEqual([{ at: expect.any(Number), attempt: 2 }]);

  const [letter] = await letters();
  if (letter !== undefined) await told(eventFor(letter, 'sent'));
  await deliver(2);

  expect(await letters()).toHaveLength(1);
  expect(await state()).toMatchObject({ state: 'sent', providerId: letter?.id });
});

test.for([
  ['delivered', 'delivered', 'done'],
  ['bounced', 'bounced', 'done'],
] as const)(
  'an event of SES that is faster than its attempt, %s, says how it ended',
  async ([what, is, as]) => {
    const { deliver, letters, state, told } = await outbox();

    await deliver(1, {
      send: async (...given) => {
        const sent = await sendBySes(...given);
        const [letter] = await letters();
        if (letter !== undefined) await told(eventFor(letter, what));
        return sent;
      },
    });

    expect(await state()).toMatchObject({ state: is, attempts: 1, history: [{ n: 1, as }] });
  },
);

test('states only go forward, in whatever order SES tells of them', async () => {
  const { deliver, letters, state, told } = await outbox();
  await deliver(1);
  const [letter] = await letters();
  if (letter === undefined) throw new Error('no letter');

  await told(eventFor(letter, 'delivered'));
  await told(eventFor(letter, 'sent'));
  expect((await state())?.state).toBe('delivered');

  await told(eventFor(letter, 'delayed'));
  expect((await state())?.state).toBe('delivered');

  await told(eventFor(letter, 'complaint'));
  await told(eventFor(letter, 'bounced'));
  expect((await state())?.state).toBe('complained');
});

test('a letter whose tag was lost is found by the id SES gave it', async () => {
  const { deliver, letters, state, told } = await outbox();
  await deliver(1);
  const [letter] = await letters();
  if (letter === undefined) throw new Error('no letter');

  await told(eventFor({ ...letter, tags: {} }, 'delivered'));

  expect((await state())?.state).toBe('delivered');
});

test('a letter that bounced for good is told to the responsible person, once', async () => {
  const { deliver, letters, state, told, inbox } = await outbox();
  await deliver(1);
  const [letter] = await letters();
  if (letter === undefined) throw new Error('no letter');

  await told(eventFor(letter, 'bounced'));
  await told(eventFor(letter, 'bounced'));

  expect(await state()).toMatchObject({ state: 'bounced', problem: expect.stringContaining('user unknown') });
  expect(await inbox('pavel')).toHaveLength(1);
});
