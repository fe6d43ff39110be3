import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { endpointOf } from './endpoints.ts';
import { outside, Unreachable } from './outside.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const answering = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** What a call failed with; the address it names is shown without its port. */
const failure = async (call: Promise<unknown>): Promise<[sent: string, message: string]> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Unreachable)) throw new Error(`not unreachable: ${String(error)}`);
  return [error.sent, error.message.replace(/:\d+/, '')];
};

test('an answer comes whole, with its status and headers, and a redirect is not followed', async () => {
  const seen: unknown[] = [];
  const url = await answering((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      seen.push([
        request.method,
        request.url,
        request.headers['content-length'],
        Buffer.concat(chunks).toString(),
      ]);
      response.writeHead(302, { location: '/elsewhere', 'set-cookie': ['a=1', 'b=2'] }).end('там');
    });
  });

  const answer = await outside(`${url}/pay?key=s`, {
    method: 'POST',
    body: 'сумма',
    headers: { 'x-a': 'b' },
  });

  expect([answer.status, answer.text(), answer.headers.get('location')]).toEqual([302, 'там', '/elsewhere']);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(seen).toEqual([['POST', '/pay?key=s', '10', 'сумма']]);
});

describe('a call without an answer says whether it may have arrived', () => {
  test('nobody listens: it did not', async () => {
    const url = await answering(() => {});
    servers.splice(0).forEach((server) => void server.close());

    expect(await failure(outside(`${url}/order?password=x`))).toEqual([
      'no',
      'GET http://127.0.0.1/order: ECONNREFUSED',
    ]);
  });

  test.for<[string, RequestListener, string]>([
    ['the connection is cut', (request) => request.socket.destroy(), 'ECONNRESET'],
    ['nothing comes back', (request) => request.resume(), 'no answer within 40 ms'],
    [
      'the answer breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('half');
        response.socket?.end();
      },
      'ECONNRESET',
    ],
    [
      'the answer has no end',
      (_, response) => response.end('x'.repeat(2000)),
      'the answer is longer than 1000 bytes',
    ],
  ])('%s: perhaps', async ([, listener, why]) => {
    const url = await answering(listener);
    const call = outside(`${url}/order?password=x`, {
      method: 'POST',
      body: 'secret',
      timeoutMs: why.startsWith('no answer') ? 40 : 5_000,
      maxBytes: 1_000,
    });

    expect(await failure(call)).toEqual(['maybe', `POST http://127.0.0.1/order: ${why}`]);
  });
});

test('a provider is called at its own address unless the environment names another', () => {
  expect([endpointOf('robokassa'), endpointOf('cdek-test')]).toEqual([
    'https://auth.robokassa.ru',
    'https://api.edu.cdek.ru',
  ]);

  process.env.ENDPOINT_CDEK_TEST = 'http://127.0.0.1:4006/cdek/';
  expect(endpointOf('cdek-test')).toBe('http://127.0.0.1:4006/cdek');
  delete process.env.ENDPOINT_CDEK_TEST;
});
