import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';

const page = readFileSync(new URL('../../docs/integrations/webhooks.md', import.meta.url), 'utf8');
const [, sample = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
const Sample = z.object({
  isOurs: z.custom<(...given: unknown[]) => boolean>((of) => typeof of === 'function'),
});
const { isOurs } = Sample.parse(
  await import(`data:text/javascript;base64,${Buffer.from(sample).toString('base64')}`),
);

/** The vector that Standard Webhooks publishes with its libraries. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = '{"test": 2432232314}';
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const now = 1_614_265_330_000;

test('the sample of the page takes the published vector, also beside another signature', () => {
  expect(isOurs(headers, body, secret, now)).toBe(true);
  const two = `v1,AAAA ${headers['webhook-signature']}`;
  expect(isOurs({ ...headers, 'webhook-signature': two }, body, secret, now)).toBe(true);
});

test.for([
  ['another body', {}, '{"test": 1}', now],
  ['another id', { 'webhook-id': 'msg_other' }, body, now],
  ['another time', { 'webhook-timestamp': '1614265331' }, body, now],
  ['another signature', { 'webhook-signature': 'v1,AAAA' }, body, now],
  ['a replay after a day', {}, body, now + 86_400_000],
] as const)('the sample of the page refuses %s', ([, change, given, at]) => {
  expect(isOurs({ ...headers, ...change }, given, secret, at)).toBe(false);
});
