import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ops } from '../ops.ts';

let stop = async (): Promise<void> => {};
const before = { ...process.env };
afterEach(async () => {
  await stop();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

/** An account in which one function is told of a table; the tables that were asked for. */
const anAccount = async (functionName: string, tableName: string): Promise<string[]> => {
  const asked: string[] = [];
  const server = createServer(async ({ url, headers }, response) => {
    const answer = (status: number, of: object): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(status === 404 ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {}),
      });
      response.end(JSON.stringify(of));
    };
    if (url === `/2015-03-31/functions/${functionName}/configuration`)
      answer(200, { Environment: { Variables: { TABLE_NAME: tableName } } });
    else if (headers['x-amz-target'] === undefined) answer(404, { Message: `no ${url}` });
    else answer(200, { Items: [] });
  });
  server.on('request', async (request) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (text !== '') asked.push(String(JSON.parse(text).TableName));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
  });
  return asked;
};

const said = async (line: string): Promise<string> => {
  const lines: string[] = [];
  await ops(line.split(' '), (text) => void lines.push(text));
  return lines.join('\n');
};

test('a stage that works on a restored table is looked up there', async () => {
  const asked = await anAccount('voronka-prod-workflow', 'voronka-prod-202611220959');

  const answer = await said('runs G-17 --stage prod');

  expect(new Set(asked)).toEqual(new Set(['voronka-prod-202611220959']));
  expect(answer).toContain('no deal "G-17" in the table voronka-prod-202611220959');
});

test('a stage that is not there is said to be none, before any table is asked', async () => {
  const asked = await anAccount('voronka-prod-workflow', 'voronka-prod');

  expect(await said('runs G-17 --stage trial')).toBe(
    'no function is called voronka-trial-workflow; name the stage that is deployed there by --stage, and the account by AWS_PROFILE and AWS_REGION',
  );
  expect(asked).toEqual([]);
});

test('an address that answers something else than a runtime is refused', async () => {
  await anAccount('voronka-prod-workflow', 'voronka-prod');

  expect(await said(`queues --at ${process.env.AWS_ENDPOINT_URL}`)).toContain('no Voronka answers at http');
});
