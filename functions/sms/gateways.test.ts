import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SmsAero } from 'smsaero';
import { afterEach, expect, test } from 'vitest';
import { createClock } from '../../local/clock.ts';
import { hostSandboxes, sandboxEnvironment } from '../../local/sandboxes/host.ts';
import { useOutsidePatience } from '../shared/outside.ts';
import { numberOf, type Sms, type SmsProvider } from './provider.ts';
import { smsAero } from './smsaero.ts';
import { smsc } from './smsc.ts';

const accounts = {
  smsaero: { email: 'sms@plant.example', apiKey: 'an-api-key-of-nobody', sign: 'SMS Aero' },
  smsc: { apikey: 'an-apikey-of-nobody', callbackPassword: 'callback-word' },
};
const sms: Sms = { id: 'm1', number: '+79031234567', text: 'Hello' };

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  useOutsidePatience(undefined);
});

const listening = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const pointTo = (values: Record<string, string>): void => {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name];
    process.env[name] = value;
    stops.push(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
};

/** Both gateways on this machine, with the time they live by. */
const gateways = async () => {
  const clock = createClock({ now: '2026-02-02T09:00:00Z' });
  let url = '';
  const host = hostSandboxes({
    clock,
    secret: () => ({ plant: { ...accounts, callbackToken: 'a-token' } }),
    publicUrl: () => 'http://127.0.0.1:9',
    url: () => url,
  });
  clock.onSettle(host.drain);
  url = await listening(host.listener);
  pointTo(sandboxEnvironment(url));
  useOutsidePatience(300);
  return { clock, url, ...host.sandboxes };
};

/** What a gateway was sent, answered with what its documentation prints. */
const recording = async (answer: string) => {
  const heard: { method: string; url: string; authorization: string; body: string }[] = [];
  const url = await listening((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      heard.push({ method, url: path, authorization: headers.authorization ?? '', body });
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  pointTo({ ENDPOINT_SMSAERO: url, ENDPOINT_SMSC: url });
  return heard;
};

const providers: [string, 'smsaero' | 'smsc', () => SmsProvider][] = [
  ['SMS Aero', 'smsaero', () => smsAero(accounts.smsaero)],
  ['SMSC', 'smsc', () => smsc(accounts.smsc)],
];

test('SMS Aero is asked and understood as its documentation prints it', async () => {
  const heard = await recording(
    '{"success":true,"data":{"id":12345,"from":"SMS Aero","number":"79031234567","text":"Hello","status":0,"extendStatus":"queue","channel":"FREE SIGN","cost":5.49,"dateCreate":1719119523,"dateSend":1719119523},"message":null}',
  );

  const taken = await smsAero(accounts.smsaero).send({ ...sms, callbackUrl: 'https://crm.example/cb' });

  expect(taken).toEqual({ as: 'taken', id: '12345', state: 'queued', cost: '5.49' });
  expect(heard).toMatchObject([{ method: 'POST', url: '/v2/sms/send' }]);
  expect(heard[0]?.authorization).toBe(
    `Basic ${Buffer.from('sms@plant.example:an-api-key-of-nobody').toString('base64')}`,
  );
  expect(JSON.parse(String(heard[0]?.body))).toEqual({
    number: '79031234567',
    sign: 'SMS Aero',
    text: 'Hello',
    callbackUrl: 'https://crm.example/cb',
    callbackFormat: 'JSON',
  });
});

test('SMSC is asked and understood as its documentation prints it', async () => {
  const heard = await recording('{"id":77,"cnt":2,"cost":"5.4","balance":"120.3"}');

  const taken = await smsc({ ...accounts.smsc, sender: 'PLANT' }).send(sms);

  expect(taken).toEqual({ as: 'taken', id: '77', state: 'queued', parts: 2, cost: '5.4' });
  expect(heard).toMatchObject([{ method: 'POST', url: '/sys/send.php' }]);
  expect(Object.fromEntries(new URLSearchParams(heard[0]?.body))).toEqual({
    apikey: 'an-apikey-of-nobody',
    phones: '79031234567',
    mes: 'Hello',
    id: String(numberOf('m1')),
    cost: '2',
    sender: 'PLANT',
    charset: 'utf-8',
    fmt: '3',
  });
});

test.for([
  ['{"result":"reject","reason":"wrong sign"}', 'refused', 'SMS Aero: wrong sign'],
  ['{"result":"no credits"}', 'refused', 'SMS Aero: no credits: an operator tops up the account'],
  ['{"success":false,"message":"Validation error","data":null}', 'refused', 'SMS Aero: Validation error'],
  [
    '{"success":true,"data":{"nothing":1},"message":null}',
    'later',
    'SMS Aero took a message and gives no number of it',
  ],
  ['[]', 'later', 'SMS Aero answers in a form nobody knows'],
] as const)('SMS Aero says %s', async ([answer, as, problem]) => {
  await recording(answer);

  expect(await smsAero(accounts.smsaero).send(sms)).toMatchObject({ as, problem });
});

test.for([
  [1, 'refused'],
  [2, 'refused'],
  [3, 'refused'],
  [4, 'later'],
  [5, 'refused'],
  [6, 'refused'],
  [7, 'refused'],
  [8, 'refused'],
  [9, 'later'],
] as const)('error %i of SMSC is %s', async ([code, as]) => {
  await recording(JSON.stringify({ error: 'some words', error_code: code, id: 77 }));

  expect(await smsc(accounts.smsc).send(sms)).toMatchObject({ as });
});

test.for([
  [-3, { as: 'absent' }],
  [-2, { as: 'found', state: 'rejected' }],
  [-1, { as: 'found', state: 'queued' }],
  [0, { as: 'found', state: 'sent' }],
  [1, { as: 'found', state: 'delivered' }],
  [2, { as: 'found', state: 'delivered' }],
  [3, { as: 'found', state: 'expired' }],
  [20, { as: 'found', state: 'undelivered' }],
  [22, { as: 'found', state: 'undelivered' }],
  [23, { as: 'found', state: 'rejected' }],
  [24, { as: 'found', state: 'rejected' }],
  [25, { as: 'found', state: 'undelivered' }],
  [99, { as: 'found', state: 'unknown' }],
] as const)('status %i of SMSC', async ([status, looked]) => {
  const heard = await recording(JSON.stringify({ status, last_date: '', last_timestamp: 0, err: 0 }));

  expect(await smsc(accounts.smsc).look(sms, '77')).toMatchObject(looked);
  expect(heard[0]?.method).toBe('GET');
  expect(Object.fromEntries(new URLSearchParams(heard[0]?.url.split('?')[1]))).toEqual({
    apikey: 'an-apikey-of-nobody',
    phone: '79031234567',
    id: '77',
    all: '1',
    charset: 'utf-8',
    fmt: '3',
  });
});

test.for(providers)('%s: a message goes from the queue to the phone', async ([, , provider]) => {
  const { clock } = await gateways();

  const taken = await provider().send(sms);
  const id = taken.as === 'taken' ? taken.id : 'none';
  await clock.advance(3_000);
  const underway = await provider().look(sms, id);
  await clock.advance(3_000);

  expect(taken).toMatchObject({ as: 'taken', state: 'queued' });
  expect(underway).toMatchObject({ as: 'found', id, state: 'sent' });
  expect(await provider().look(sms, id)).toMatchObject({ as: 'found', id, state: 'delivered' });
});

test.for(providers)('%s: a message whose answer was lost is found again', async ([, name, provider]) => {
  const made = await gateways();
  const before = await provider().look(sms, undefined);
  made[name].command({ fault: 'lost-answer' });

  const lost = await provider().send(sms);

  expect(before).toEqual({ as: 'absent' });
  expect(lost).toMatchObject({ as: 'later', sent: 'maybe' });
  expect(await provider().look(sms, undefined)).toMatchObject({ as: 'found', state: 'queued' });
  expect(await provider().look({ ...sms, number: '+79037654321' }, undefined)).toEqual({ as: 'absent' });
});

test.for(
  providers.flatMap(([title, name, provider]) =>
    [
      ['down', { as: 'later', sent: 'maybe' }],
      ['slow', { as: 'later', sent: 'maybe' }],
      ['html', { as: 'later', sent: 'maybe' }],
      ['malformed', { as: 'later', sent: 'maybe' }],
      ['unauthorised', { as: 'refused' }],
      ['no-credits', { as: 'refused' }],
      ['busy', { as: 'later', sent: 'no' }],
    ].map(([fault, became]) => [title, name, String(fault), provider, became] as const),
  ),
)('%s: %s, %s', async ([, name, fault, provider, became]) => {
  const made = await gateways();
  made[name].command({ fault });

  const taken = await provider().send(sms);

  expect(taken).toMatchObject(became as object);
  expect(JSON.stringify(taken)).not.toMatch(/79031234567|Hello|nobody/);
});

test('the client that SMS Aero gives out agrees with its sandbox', async () => {
  const { clock, url } = await gateways();
  const theirs = new SmsAero(accounts.smsaero.email, accounts.smsaero.apiKey, 'SMS Aero', [
    `@${url.replace('http://', '')}/smsaero/v2/`,
  ]);
  theirs.proto = 'http';

  const sent = await theirs.send('79031234567', 'Hello');
  await clock.advance(6_000);

  expect(sent).toMatchObject({ success: true, data: { number: '79031234567', text: 'Hello', status: 0 } });
  expect(await theirs.smsStatus(sent.data.id)).toMatchObject({
    data: { status: 1, extendStatus: 'delivery' },
  });
  expect(await smsAero(accounts.smsaero).look(sms, String(sent.data.id))).toMatchObject({
    state: 'delivered',
  });
});

test('our number of a message is always the same and one that SMSC takes', () => {
  const numbers = Array.from({ length: 2_000 }, (_, at) => numberOf(`message-${at}`));

  expect(new Set(numbers).size).toBe(2_000);
  expect(Math.min(...numbers)).toBeGreaterThan(0);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(2_147_483_647);
  expect(numberOf('m1')).toBe(numberOf('m1'));
});
