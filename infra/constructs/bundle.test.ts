import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openApi } from '../../functions/admin/openapi.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { type Bundle, bundle } from './bundle.ts';
import { handlers } from './code.ts';

const outdir = mkdtempSync(join(tmpdir(), 'voronka-bundle-'));
let bundles: readonly Bundle[];

type Asked = { readonly headers: IncomingHttpHeaders; readonly body: string };
type Reply = { readonly status: number; readonly body: object };

const asked: Asked[] = [];
const replies: Reply[] = [];
/** Stands for DynamoDB: gives the replies in turn, and then that nothing is there. */
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    asked.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    const { status, body } = replies.shift() ?? {
      status: 200,
      body: { Items: [], Count: 0, ScannedCount: 0 },
    };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
});

beforeAll(async () => {
  bundles = await bundle({ entries: handlers(), outdir });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
}, 240_000);
afterAll(() => {
  server.close();
  rmSync(outdir, { recursive: true, force: true });
});
beforeEach(() => {
  asked.length = 0;
  replies.length = 0;
});

const environment = {
  TABLE_NAME: 'voronka-test',
  BUS_NAME: 'voronka-test',
  BUCKET_NAME: 'voronka-test',
  MACHINE_ARN_PREFIX: 'arn:aws:states:eu-central-1:000000000000:stateMachine:voronka-test-',
  MAIL_FROM: 'test@voronka.example',
  MAIL_CONFIGURATION_SET: 'voronka-test',
  MAIL_IN_DOMAIN: 'in.voronka.example',
  SCHEDULE_GROUP: 'voronka-test',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/test',
  DELIVER_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
  ALARM_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
  SECRET_PREFIX: 'test',
  PUBLIC_URL: 'https://crm.test.example',
  LOG_LEVEL: 'silent',
  // What Lambda gives a function, and nothing a person's shell would.
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token-of-the-role',
  AWS_LAMBDA_FUNCTION_NAME: 'voronka-test',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
};

/** Runs some lines under Node alone; what they print last is JSON. */
const alone = async (lines: string, given: Record<string, string> = {}): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', lines], {
    cwd: outdir,
    env: { ...environment, ...given },
  });
  return JSON.parse(stdout);
};

const moduleOf = (entry: string): string =>
  join(bundles.find((one) => one.entry === entry)?.folder ?? '', 'index.mjs');

const pointing = (variable: string) => ({
  [variable]: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});

const request = (routeKey: string) => ({
  version: '2.0',
  routeKey,
  headers: {},
  requestContext: {},
  isBase64Encoded: false,
});

const answerOf = async (entry: string, event: object, given: Record<string, string>) =>
  (await alone(
    `const { handler } = await import(${JSON.stringify(moduleOf(entry))});
     console.log(JSON.stringify(await handler(${JSON.stringify(event)}, {})));`,
    given,
  )) as { statusCode: number; body: string };

test('no bundle that somebody waits for is above 600 kB', () => {
  const larger: Readonly<Record<string, number>> = {
    // What reads letters knows every charset there ever was, and nobody waits for its start.
    'functions/mail-in/receive.handler.ts': 1_650_000,
    // Who writes to phones knows the numbers of every country; for the second nobody waits.
    'functions/outbox/api.handler.ts': 720_000,
    'functions/sms/work.handler.ts': 760_000,
  };
  const most = (entry: string): number => larger[entry] ?? 600_000;
  const large = bundles.filter(({ entry, bytes }) => bytes > most(entry));

  expect(bundles.length).toBeGreaterThanOrEqual(15);
  expect(large.map(({ entry, bytes }) => `${entry}: ${bytes} bytes`)).toEqual([]);
});

test('every bundle loads by itself, apart from any node_modules, and exports its handler', async () => {
  const modules = bundles.map(({ folder }) => join(folder, 'index.mjs'));

  const types = await alone(
    `const all = await Promise.all(${JSON.stringify(modules)}.map((one) => import(one)));
     console.log(JSON.stringify(all.map(({ handler }) => typeof handler)));`,
  );

  expect(types).toEqual(bundles.map(() => 'function'));
});

test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB'])(
  'a bundle signs by the environment’s credentials, passes the trace on, and asks where %s points',
  async (variable) => {
    const { statusCode } = await answerOf(
      'functions/tasks/api.handler.ts',
      request('GET /v1/tasks'),
      pointing(variable),
    );

    const [first] = asked;
    expect(statusCode).toBe(401); // nobody is signed in, which is known once the company has been read
    expect(asked.length).toBe(1);
    expect(first?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, SignedHeaders=[^,]*x-amz-security-token[^,]*, Signature=[0-9a-f]{64}$/,
    );
    expect(first?.headers['x-amz-security-token']).toBe('token-of-the-role');
    expect(first?.headers['x-amzn-trace-id']).toBe(environment._X_AMZN_TRACE_ID);
    expect(first?.headers['user-agent']).toMatch(/aws-sdk-js\/3\.\d+\.\d+ .*lang\/js/);
  },
);

test('an error whose class is left out of the bundle is still told by its name, and tried again', async () => {
  const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
  replies.push({ status: 400, body: { __type: type, message: 'slow down' } });

  const { statusCode } = await answerOf(
    'functions/tasks/api.handler.ts',
    request('GET /v1/tasks'),
    pointing('AWS_ENDPOINT_URL'),
  );

  expect([statusCode, asked.length]).toEqual([401, 2]);
});

test('a bundle answers the OpenAPI document that was computed while bundling and lies beside it', async () => {
  const { body } = await answerOf(
    'functions/admin/api.handler.ts',
    request('GET /v1/openapi.json'),
    pointing('AWS_ENDPOINT_URL'),
  );

  expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(openApi())));
});

test('a module that goes round a handler is in its bundle, and in no other', async () => {
  const entries = ['functions/notify/mail-events.handler.ts'];

  const [round] = await bundle({
    entries,
    outdir: join(outdir, 'round'),
    around: 'infra/rehearsal-clock.ts',
  });

  const texts = [round?.folder ?? '', ...bundles.map(({ folder }) => folder)].map((folder) =>
    readFileSync(join(folder, 'index.mjs'), 'utf8'),
  );
  expect(texts.map((text) => text.includes('REHEARSAL'))).toEqual([true, ...bundles.map(() => false)]);
});

test('the packs beside a bundle are those that the local runtime imports', () => {
  const beside = bundles.map(({ folder }) => JSON.parse(readFileSync(join(folder, 'packs.json'), 'utf8')));

  for (const read of beside) expect(read).toEqual(packs);
});

test('no bundle has the text of a pack within it, and each reads the file beside it', async () => {
  const [{ folder } = { folder: '' }] = bundles;
  const code = readFileSync(join(folder, 'index.mjs'), 'utf8');
  const [pack] = packs;
  const moved = join(outdir, 'moved');
  cpSync(folder, moved, { recursive: true });
  rmSync(join(moved, 'packs.json'));

  const refused = await alone(
    `await import(${JSON.stringify(join(moved, 'index.mjs'))})
       .catch(({ code, path }) => console.log(JSON.stringify([code, path])));`,
  );

  expect(code).not.toContain(pack?.company);
  expect(refused).toEqual(['ENOENT', join(moved, 'packs.json')]);
});
