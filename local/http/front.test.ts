import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpEvent } from './event.ts';
import { createFront } from './front.ts';

type Options = Parameters<typeof createFront>[0];

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const people = { issuer: 'http://issuer', audience: ['web'], scopes: ['deals'] };

/** A front over one function; every request it saw is in `events`. */
const world = async (options: Partial<Options> & { answer?: (event: HttpEvent) => unknown } = {}) => {
  const events: HttpEvent[] = [];
  const faults: unknown[] = [];
  const { answer = () => ({ ok: true }), ...rest } = options;
  const front = createFront({
    api: {
      routes: [
        { method: 'POST', path: '/v1/deals/{id}/files/{path+}', functionArn: 'fn' },
        { method: 'GET', path: '/open', functionArn: 'fn' },
        { method: 'POST', path: '/open', functionArn: 'fn' },
        { method: 'GET', path: '/closed', functionArn: 'fn', authorizer: people },
      ],
      ...rest.api,
    },
    invoke: async (_, event) => {
      events.push(event);
      return answer(event);
    },
    verify: async (token) => {
      if (token !== 'good' && token !== 'narrow') throw new Error('forged');
      return {
        sub: 'ines',
        exp: 1_900_000_000,
        groups: ['sales', 'heads'],
        scope: token === 'good' ? 'openid deals' : '',
      };
    },
    now: () => new Date('2026-03-12T19:03:58Z'),
    onFault: (fault) => faults.push(fault.error),
    ...rest,
  });
  const server = createServer(front.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, front, events, faults };
};

test('a function receives payload format 2.0', async () => {
  const { base, events } = await world();

  await fetch(`${base}/v1/deals/D%201/files/a/b.txt?tag=x&tag=y%20z&one=`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'X-Own': 'v', 'User-Agent': 'test' },
    body: '{"привет":1}',
  });

  expect(events).toEqual([
    {
      version: '2.0',
      routeKey: 'POST /v1/deals/{id}/files/{path+}',
      rawPath: '/v1/deals/D%201/files/a/b.txt',
      rawQueryString: 'tag=x&tag=y%20z&one=',
      cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({
        'content-type': 'application/json',
        'x-own': 'v',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
      }),
      queryStringParameters: { tag: 'x,y z', one: '' },
      pathParameters: { id: 'D 1', path: 'a/b.txt' },
      requestContext: expect.objectContaining({
        http: {
          method: 'POST',
          path: '/v1/deals/D%201/files/a/b.txt',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        stage: '$default',
        time: '12/Mar/2026:19:03:58 +0000',
        timeEpoch: Date.parse('2026-03-12T19:03:58Z'),
      }),
      body: '{"привет":1}',
      isBase64Encoded: false,
    },
  ]);
  expect(events[0]?.headers).not.toHaveProperty('cookie');
});

test('bytes and forms arrive in base64, as from the real API', async () => {
  const { base, events } = await world();

  await fetch(`${base}/open`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array([255, 0]),
  });
  await fetch(`${base}/open`, { method: 'POST', body: new URLSearchParams({ OutSum: '1.00' }) });

  expect(events.map(({ body, isBase64Encoded }) => [body, isBase64Encoded])).toEqual([
    ['/wA=', true],
    [Buffer.from('OutSum=1.00').toString('base64'), true],
  ]);
});

test('claims of a verified token reach the function as text', async () => {
  const { base, events } = await world();

  const { status } = await fetch(`${base}/closed`, { headers: { authorization: 'Bearer good' } });

  expect(status).toBe(200);
  expect(events[0]?.requestContext.authorizer).toEqual({
    jwt: {
      claims: { sub: 'ines', exp: '1900000000', groups: '[sales heads]', scope: 'openid deals' },
      scopes: ['deals'],
    },
  });
});

test.each<[string, Record<string, string>, number, string, string]>([
  ['no token', {}, 401, 'Unauthorized', 'Bearer'],
  [
    'a forged token',
    { authorization: 'Bearer bad' },
    401,
    'Unauthorized',
    'Bearer scope="" error="invalid_token"',
  ],
  [
    'a scope too few',
    { authorization: 'Bearer narrow' },
    403,
    'Forbidden',
    'Bearer scope="deals" error="insufficient_scope"',
  ],
])('%s stops at the door', async (_, headers, status, message, challenge) => {
  const { base, events } = await world();

  const response = await fetch(`${base}/closed`, { headers });

  expect([response.status, await response.json()]).toEqual([status, { message }]);
  expect(response.headers.get('www-authenticate')).toBe(challenge);
  expect(events).toEqual([]);
});

describe('the answer of a function', () => {
  test('may be whole', async () => {
    const { base } = await world({
      answer: () => ({ statusCode: 201, headers: { 'X-Id': 7 }, cookies: ['a=1', 'b=2'], body: 'made' }),
    });

    const response = await fetch(`${base}/open`);

    expect([response.status, await response.text()]).toEqual([201, 'made']);
    expect(response.headers.get('x-id')).toBe('7');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  });

  test('may be bytes in base64', async () => {
    const { base } = await world({
      answer: () => ({ statusCode: 200, body: '/wA=', isBase64Encoded: true }),
    });

    const response = await fetch(`${base}/open`);

    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([255, 0]));
  });

  test.each<[string, unknown, string]>([
    ['an object', { a: 1 }, '{"a":1}'],
    ['a text', 'hello', 'hello'],
    ['nothing', undefined, 'null'],
  ])('may be %s alone', async (_, result, body) => {
    const { base } = await world({ answer: () => result });

    const response = await fetch(`${base}/open`);

    expect([response.status, await response.text()]).toEqual([200, body]);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  test.each<[string, () => unknown]>([
    ['throws', () => Promise.reject(new Error('secret'))],
    ['has a body that is no text', () => ({ statusCode: 200, body: { a: 1 } })],
    ['has a status that is none', () => ({ statusCode: 'fine' })],
  ])('is a 500 that shows nothing when it %s', async (_, answer) => {
    const { base, faults } = await world({ answer });

    const response = await fetch(`${base}/open`);

    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(faults).toHaveLength(1);
  });

  test('that takes too long is a 503', async () => {
    let finish = () => {};
    const { base, front } = await world({
      timeoutMs: 5,
      answer: () => new Promise<void>((resolve) => (finish = resolve)),
    });

    const response = await fetch(`${base}/open`);
    finish();
    await front.drain();

    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
    expect(await front.drain()).toBe(false);
  });
});

test('an unknown path and an unknown method are not found', async () => {
  const { base } = await world();

  for (const [path, method] of [
    ['/nowhere', 'GET'],
    ['/open', 'DELETE'],
  ] as const) {
    const response = await fetch(`${base}${path}`, { method });
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  }
});

test('a body up to the limit passes, one byte more does not, announced or not', async () => {
  const { base, events } = await world({ maxBodyBytes: 10 });
  const post = (bytes: number) => fetch(`${base}/open`, { method: 'POST', body: 'x'.repeat(bytes) });
  const chunked = () =>
    new Promise<number>((resolve, reject) => {
      const sent = request(`${base}/open`, { method: 'POST' }, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.write('x'.repeat(6));
      sent.end('x'.repeat(6));
    });

  expect((await post(10)).status).toBe(200);
  expect((await post(11)).status).toBe(413);
  expect(await chunked()).toBe(413);
  expect(events).toHaveLength(1);
});

test('requests over the throttle are refused until the bucket fills', async () => {
  let ms = 0;
  const { base } = await world({
    api: { routes: [{ method: 'GET', path: '/open', functionArn: 'fn' }], throttle: { rate: 1, burst: 2 } },
    monotonicMs: () => ms,
  });
  const status = async () => (await fetch(`${base}/open`)).status;

  expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
  ms += 1_000;
  expect([await status(), await status()]).toEqual([200, 429]);
});

test('a route with a throttle of its own neither uses up nor waits for that of the others', async () => {
  const { base } = await world({
    api: {
      routes: [
        { method: 'GET', path: '/open', functionArn: 'fn' },
        { method: 'GET', path: '/callback', functionArn: 'fn', throttle: { rate: 1, burst: 3 } },
      ],
      throttle: { rate: 1, burst: 1 },
    },
    monotonicMs: () => 0,
  });
  const statuses = async (path: string, times: number) => {
    const all: number[] = [];
    for (let n = 0; n < times; n += 1) all.push((await fetch(base + path)).status);
    return all;
  };

  expect(await statuses('/open', 2)).toEqual([200, 429]);
  expect(await statuses('/callback', 4)).toEqual([200, 200, 200, 429]);
});

test('a preflight is answered by the API, and every answer names the allowed origin', async () => {
  const cors = {
    allowOrigins: ['https://web.example'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization'],
    maxAge: 60,
  };
  const { base, events } = await world({
    api: { routes: [{ method: 'GET', path: '/open', functionArn: 'fn' }], cors },
  });
  const headers = { origin: 'https://web.example', 'access-control-request-method': 'GET' };

  const preflight = await fetch(`${base}/open`, { method: 'OPTIONS', headers });
  const foreign = await fetch(`${base}/open`, {
    method: 'OPTIONS',
    headers: { ...headers, origin: 'https://other' },
  });
  const plain = await fetch(`${base}/open`, { headers: { origin: 'https://web.example' } });

  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST');
  expect(preflight.headers.get('access-control-max-age')).toBe('60');
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  expect(plain.headers.get('access-control-allow-origin')).toBe('https://web.example');
  expect(events).toHaveLength(1);
});

test('the clock waits for a request whose function is still at work', async () => {
  let finish = () => {};
  const started = Promise.withResolvers<void>();
  const { base, front } = await world({
    answer: () => {
      started.resolve();
      return new Promise<void>((resolve) => (finish = resolve));
    },
  });
  const response = fetch(`${base}/open`);
  await started.promise;

  const drained = front.drain();
  finish();

  expect(await drained).toBe(true);
  expect((await response).status).toBe(200);
});
