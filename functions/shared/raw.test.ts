import { expect, test } from 'vitest';
import * as z from 'zod';
import { rawEndpoint } from '../../schemas/api/endpoint.ts';
import { BadInput, Passing } from './errors.ts';
import { html } from './html.ts';
import { rawAnswer, rawProblem, rawRequest } from './raw.ts';

const event = (given: object) =>
  ({
    headers: { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8' },
    rawQueryString: 'a=1&a=2',
    requestContext: { http: { sourceIp: '185.59.216.65' } },
    isBase64Encoded: false,
    ...given,
  }) as never;

test('a raw endpoint is public and reads its bytes as they came, in either coding of the gateway', () => {
  const { public: open, raw } = rawEndpoint({
    method: 'POST',
    path: '/v1/webhooks/x',
    service: 'payments',
    summary: 'x',
    params: z.strictObject({}),
    maxBytes: 10,
  });
  const given = Buffer.from('id=Ж&b=1');

  const [coded, plain] = [given.toString('base64'), given.toString()].map((body, at) =>
    rawRequest(event({ body, isBase64Encoded: at === 0 }), raw.maxBytes),
  );

  expect(open).toBe(true);
  expect(coded).toEqual(plain);
  expect([coded?.text, coded?.contentType, coded?.query.getAll('a'), coded?.sourceIp]).toEqual([
    'id=Ж&b=1',
    'application/x-www-form-urlencoded',
    ['1', '2'],
    '185.59.216.65',
  ]);
  expect(() => rawRequest(event({ body: 'x'.repeat(11) }), raw.maxBytes)).toThrow(
    '11 bytes given, at most 10',
  );
});

test('a page runs no script, loads nothing and sends its forms where it says', () => {
  const { headers = {}, body } = rawAnswer({
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: html`<p title="${'"><script>'}">${'<b>'}</p>`.html,
    formsTo: ['https://auth.robokassa.ru'],
  });

  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self' https://auth.robokassa.ru; frame-ancestors 'none'",
  );
  expect(body).toBe('<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;</p>');
});

test('a refusal says what kind it is and nothing of what was sent', () => {
  expect(rawProblem(new BadInput('signature 0a1b2c of order 17'))).toEqual({
    status: 400,
    contentType: 'text/plain; charset=utf-8',
    body: 'The request is not well formed',
  });
  expect(rawProblem(new Passing('the table', { retryAfterSeconds: 5 }))).toMatchObject({
    status: 503,
    headers: { 'retry-after': '5' },
  });
  expect(rawProblem(new TypeError('secret')).body).toBe('Something went wrong on our side');
});
