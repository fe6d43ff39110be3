import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedTable } from '../../local/table/shared.ts';
import { startCompany } from '../bench/company.ts';
import { type Line, smoke } from './smoke.ts';

let company: Awaited<ReturnType<typeof startCompany>>;
beforeAll(async () => {
  company = await startCompany({ table: await sharedTable() });
  await company.newDeal('12 bearings');
  await company.clock.settle();
}, 60_000);
afterAll(() => company.runtime.stop());

const outcomes = (lines: readonly Line[]) => lines.map(({ name, outcome }) => `${outcome}: ${name}`);

test('a whole system passes every line', async () => {
  const { runtime } = company;

  const lines = await smoke(runtime.urls.api, await runtime.tokenFor('pavel'));

  expect(lines.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(lines.find(({ name }) => name === 'knows who I am')?.said).toContain('manager');
  expect(lines.find(({ name }) => name.includes('card'))?.said).toMatch(/^G-1 on unprocessed/);
});

test('without a token, what needs one is passed over and says so', async () => {
  const lines = await smoke(company.runtime.urls.api, undefined);

  expect(outcomes(lines).filter((line) => line.startsWith('passed'))).toHaveLength(5);
  expect(new Set(lines.filter(({ outcome }) => outcome === 'skipped').map(({ said }) => said))).toEqual(
    new Set(['no --token']),
  );
});

test('a system that lets everybody in fails every line; nothing but reading was asked of it', async () => {
  const methods = new Set<string | undefined>();
  const open = createServer(({ method }, response) => {
    methods.add(method);
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    response.end('{"openapi":"3.1.0","paths":{}}');
  });
  await new Promise<void>((listening) => open.listen(0, '127.0.0.1', listening));

  const lines = await smoke(`http://127.0.0.1:${(open.address() as AddressInfo).port}`, 'a.b.c');
  open.closeAllConnections();
  await new Promise((closed) => open.close(closed));

  expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
  expect(methods).toEqual(new Set(['GET', 'OPTIONS']));
});

test.each(['http://127.0.0.1:1', 'api.example.com'])(
  'where nobody answers, at %s, one line says so',
  async (url) => {
    await expect(smoke(url, undefined)).rejects.toThrow(
      new RegExp(`^nobody answers at ${url} \\(.+\\); the address is the output ApiUrl of the stack$`),
    );
  },
);

test('a token that is refused is told apart from a system that is not whole', async () => {
  const lines = await smoke(company.runtime.urls.api, 'a.b.c');

  expect(lines.find(({ name }) => name === 'knows who I am')).toMatchObject({
    outcome: 'failed',
    said: '/v1/me refuses the token; one is good for an hour, and the next comes from npm run token',
  });
});
