import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { createSecrets, type Secrets } from '../../local/aws/secrets.ts';
import { forgetEnvironment } from './environment.ts';
import { isLinkToken, linkToken } from './link-token.ts';
import { forgetSecrets, secretOf } from './secret.ts';

const before = { ...process.env };
let asked = 0;
let secrets: Secrets;
const server = createServer((request, response) => {
  asked += 1;
  void secrets.handler(request, response);
});
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  Object.assign(process.env, {
    TABLE_NAME: 'test',
    BUS_NAME: 'test',
    BUCKET_NAME: 'test',
    MACHINE_ARN_PREFIX: 'test',
    MAIL_FROM: 'test',
    MAIL_CONFIGURATION_SET: 'test',
    MAIL_IN_DOMAIN: 'in.voronka.example',
    SCHEDULE_GROUP: 'test',
    SCHEDULE_ROLE_ARN: 'test',
    DELIVER_ARN: 'test',
    ALARM_ARN: 'test',
    SECRET_PREFIX: 'voronka-test',
    PUBLIC_URL: 'https://crm.example',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  forgetEnvironment();
});
afterAll(() => {
  server.close().closeAllConnections();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  forgetEnvironment();
  forgetSecrets();
});
beforeEach(() => {
  forgetSecrets();
  asked = 0;
  secrets = createSecrets({
    'voronka-test/cdek': { coffee: { account: 'a', password: 'swordfish' } },
    'voronka-test/links': { key: 'k'.repeat(64) },
  });
});

const Account = z.object({ coffee: z.object({ account: z.string(), password: z.string() }) });

test('a secret is read once and believed', async () => {
  const both = await Promise.all([secretOf('cdek', Account), secretOf('cdek', Account)]);
  secrets.write('voronka-test/cdek', { coffee: { account: 'b', password: 'other' } });
  const later = await secretOf('cdek', Account);

  expect([...both, later].map(({ coffee }) => coffee.account)).toEqual(['a', 'a', 'a']);
  expect(asked).toBe(1);
});

test.for<[string, unknown, string]>([
  ['missing', undefined, 'it has no value'],
  ['of another form', { coffee: { account: 7, password: 'swordfish' } }, 'at coffee.account (invalid_type)'],
])(
  'a secret that is %s is named with who mends it and without its value; once written it is read',
  async ([, value, why]) => {
    secrets.write('voronka-test/cdek', value);

    const error: unknown = await secretOf('cdek', Account).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'NotConfigured', mends: 'us', status: 503 });
    expect((error as Error).message).toContain('secret voronka-test/cdek: ');
    expect((error as Error).message).toContain(why);
    expect((error as Error).message).toContain('put-secret-value --secret-id voronka-test/cdek');
    expect((error as Error).message).not.toContain('swordfish');

    secrets.write('voronka-test/cdek', { coffee: { account: 'c', password: 'swordfish' } });
    if (value !== undefined) forgetSecrets(); // what was read is believed, what was not there is asked for again
    expect((await secretOf('cdek', Account)).coffee.account).toBe('c');
  },
);

test('a link token is the same each time, of its purpose and parts alone, and fits a mail address', async () => {
  const token = await linkToken('track', 'd1');

  expect(token).toMatch(/^[a-z2-7]{26}$/);
  expect(await linkToken('track', 'd1')).toBe(token);
  expect(await isLinkToken(token, 'track', 'd1')).toBe(true);
  const others = await Promise.all([
    linkToken('pay', 'd1'),
    linkToken('track', 'd2'),
    linkToken('track', 'd1', ''),
    linkToken('trackd1'),
    linkToken('track', 'd', '1'),
  ]);
  expect(new Set([token, ...others]).size).toBe(6);
  expect(await isLinkToken(token, 'pay', 'd1')).toBe(false);
  expect(await isLinkToken('', 'track', 'd1')).toBe(false);
});
