import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { theCompany, useTable } from '../../functions/shared/ports.ts';
import { createMemoryTable } from '../../functions/shared/table/table-memory.ts';
import { typed, withoutHash } from './cdk.ts';
import { findingsOf } from './checks.ts';
import { found } from './found.ts';
import type { Given } from './options.ts';
import { contextArguments, settingsOf } from './settings.ts';

const region = 'eu-central-1';
const root = join(import.meta.dirname, '../..');
const findings = (given: Given) =>
  findingsOf({ given, settings: settingsOf(given, {}), node: 'v24.21.0', region }).map(({ what }) => what);

test('a deployment that says everything has nothing in its way', () => {
  expect(
    findings({
      stage: 'prod',
      origins: 'https://crm.example.com,https://shop.example.com',
      domain: 'api.example.com',
      certificate: `arn:aws:acm:${region}:111111111111:certificate/1`,
      'mail-domain': 'crm.example.com',
      'alarm-mail': 'ops@example.com',
      budget: '50',
      admin: 'anna@example.com',
      yes: 'prod',
    }),
  ).toEqual([]);
});

test.each<[Given, string]>([
  [{}, '--stage is missing'],
  [{ stage: 'Prod' }, '--stage Prod'],
  [{ stage: 'dev', origins: 'https://crm.example.com/app' }, '--origins https://crm.example.com/app'],
  [{ stage: 'dev', domain: 'api.example.com' }, '--domain without --certificate'],
  [{ stage: 'dev', 'mail-domain': 'localhost' }, '--mail-domain localhost'],
  [{ stage: 'dev', budget: '50' }, '--budget without --alarm-mail'],
  [{ stage: 'dev', budget: 'much', 'alarm-mail': 'ops@example.com' }, '--budget much'],
  [{ stage: 'dev', admin: 'anna' }, '--admin anna'],
  [{ stage: 'dev', remove: true }, '--remove without --yes'],
  [{ stage: 'dev', remove: true, yes: 'prod' }, '--yes prod'],
])('%o is refused', (given, what) => {
  expect(findings(given)).toEqual([what]);
});

test('a certificate of another region is refused, since the API cannot use it', () => {
  const certificate = 'arn:aws:acm:us-east-1:111111111111:certificate/1';

  expect(findings({ stage: 'dev', domain: 'api.example.com', certificate })).toEqual([
    `--certificate ${certificate}`,
  ]);
});

test('an old Node and a missing region are told together', () => {
  const both = findingsOf({ given: { stage: 'dev' }, settings: {}, node: 'v18.20.0', region: undefined });

  expect(both.map(({ what }) => what)).toEqual(['Node v18.20.0', 'no region']);
});

test.each([
  ['UPDATE_IN_PROGRESS', ['the stack voronka-prod-industrial is UPDATE_IN_PROGRESS']],
  ['UPDATE_ROLLBACK_FAILED', ['the stack voronka-prod-industrial is UPDATE_ROLLBACK_FAILED']],
  ['UPDATE_ROLLBACK_COMPLETE', []],
])('a stack that is %s: %j', (status, what) => {
  const stacks = [
    { name: 'voronka-prod', status: 'UPDATE_COMPLETE' },
    { name: 'voronka-prod-industrial', status },
  ];

  const all = findingsOf({ given: { stage: 'prod' }, settings: {}, node: 'v24.21.0', region, stacks });

  expect(all.map((finding) => finding.what)).toEqual(what);
});

test('what was said before holds until it is said otherwise, and an empty word forgets it', () => {
  const remembered = { mailDomain: 'crm.example.com', budget: '50', alarmMail: 'ops@example.com' };

  expect(settingsOf({ budget: '80' }, remembered)).toEqual({ ...remembered, budget: '80' });
  expect(settingsOf({ 'mail-domain': '' }, remembered)).toEqual({
    budget: '50',
    alarmMail: 'ops@example.com',
  });
});

test('settings reach the app as context, in words a shell takes', () => {
  const args = ['deploy', ...contextArguments('prod', { origins: 'https://a.example,https://b.example' })];

  expect(typed(args)).toBe('npx cdk deploy -c stage=prod -c origins=https://a.example,https://b.example');
  expect(typed(['deploy', '-c', 'title=two words'], 'cdklocal')).toBe(
    "npx cdklocal deploy -c 'title=two words'",
  );
});

test('outputs are read by the names of their constructs', () => {
  expect(
    withoutHash({ ApiUrlDDEE0114: 'https://a', DeployedWith: '{}', AccessClientIdF5CD9706: 'c' }),
  ).toEqual({ ApiUrl: 'https://a', DeployedWith: '{}', AccessClientId: 'c' });
});

const dryRun = (...args: string[]) =>
  promisify(execFile)('node', ['scripts/deploy.ts', '--dry-run', ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: join(root, 'scripts/deploy'), // no profile of whoever runs the tests
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });

test('without an account, the commands are shown and nothing is done', async () => {
  const { stdout } = await dryRun(
    ...[
      '--stage',
      'prod',
      '--region',
      region,
      '--mail-domain',
      'crm.example.com',
      '--admin',
      'anna@example.com',
    ],
  );

  expect(stdout.split('\n')).toEqual([
    'would do:',
    "  npx cdk bootstrap 'aws://<account>/eu-central-1'   (if the account is new to the CDK)",
    '  npx cdk deploy --all -c stage=prod -c mailDomain=crm.example.com',
    '  invite anna@example.com, into the group administrators, with the role admin',
    '',
    'AWS does not know you (Could not load credentials from any providers): sign in (aws sso login, or aws configure), and name the account by AWS_PROFILE',
    'So what would change in the account is not shown.',
    '',
  ]);
});

test('removing prod says what it leaves behind', async () => {
  const { stdout } = await dryRun('--stage', 'prod', '--region', region, '--remove');

  expect(stdout).toContain('npx cdk destroy --all -c stage=prod --force');
  expect(stdout).toContain('aws dynamodb delete-table --table-name voronka-prod');
});

test('every mistake is told with its mend, before anything is asked of AWS', async () => {
  const run = dryRun('--stage', 'PROD', '--region', 'europe');

  await expect(run).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/✗ --stage PROD: give a name[^\n]*\n✗ region europe: say --region/),
  });
});

/** What the identity provider is asked, over its own protocol; it knows one person once invited. */
const userPool = async () => {
  const asked: { call: string; body: Record<string, unknown> }[] = [];
  let known = false;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const call = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    asked.push({ call, body: JSON.parse(text) });
    const attributes = [{ Name: 'sub', Value: '7d5b4f0e-1111-4222-8333-444455556666' }];
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    };
    if (call === 'AdminCreateUser' && known)
      answer(400, { __type: 'UsernameExistsException', message: 'known' });
    else if (call === 'AdminCreateUser') {
      known = true;
      answer(200, { User: { Attributes: attributes } });
    } else answer(200, call === 'AdminGetUser' ? { UserAttributes: attributes } : {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
};

const before = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

test('the first administrator is invited, grouped and known to the company; founded twice, once', async () => {
  const pool = await userPool();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const table = createMemoryTable({ now: () => new Date('2026-11-22T10:00:00Z') });
  const founding = {
    issuer: `https://cognito-idp.${region}.amazonaws.com/${region}_pool`,
    table,
    now: new Date('2026-11-22T10:00:00Z'),
    admin: { email: 'anna@example.com', name: 'Anna' },
    region,
  };

  const first = await found(founding);
  const second = await found(founding);
  await pool.stop();

  expect([first, second]).toEqual([
    { id: '7d5b4f0e-1111-4222-8333-444455556666', invited: true, stored: true },
    { id: '7d5b4f0e-1111-4222-8333-444455556666', invited: false, stored: false },
  ]);
  expect(pool.asked.map(({ call }) => call)).toEqual([
    'AdminCreateUser',
    'AdminAddUserToGroup',
    'AdminCreateUser',
    'AdminGetUser',
    'AdminAddUserToGroup',
  ]);
  expect(pool.asked[1]?.body).toEqual({
    UserPoolId: `${region}_pool`,
    Username: 'anna@example.com',
    GroupName: 'administrators',
  });
  useTable(table);
  const company = await theCompany();
  expect([...company.users.values()]).toMatchObject([
    { id: first.id, name: 'Anna', email: 'anna@example.com', roles: ['admin'], active: true },
  ]);
});
