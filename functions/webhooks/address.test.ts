import { expect, test } from 'vitest';
import { isPublic, mustBeReachable, publicLookup } from './address.ts';

test.for([
  ['93.184.215.14', true],
  ['8.8.8.8', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.0.1', false],
  ['198.19.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2001:0:7f00:1::', false],
  ['fd00:ec2::254', false],
  ['fe80::1', false],
  ['ff02::1', false],
  ['example.com', false],
] as const)('%s on the public network: %s', ([address, is]) => {
  expect(isPublic(address)).toBe(is);
});

test.for([
  ['http://example.com/hook', /https alone/],
  ['https://127.0.0.1/hook', /127.0.0.1 is not on the public network/],
  ['https://0x7f.1/hook', /127.0.0.1 is not/],
  ['https://2130706433/', /127.0.0.1 is not/],
  ['https://[::1]/', /::1 is not/],
  ['https://[::ffff:10.0.0.1]/', /is not on the public network/],
  ['https://localhost/', /localhost is not/],
  ['https://intranet/', /intranet is not/],
  ['https://metadata.google.internal/', /is not on the public network/],
  ['https://user:word@example.com/', /names a user or a password/],
] as const)('events are not sent to %s', ([url, why]) => {
  expect(() => mustBeReachable(url)).toThrow(why);
});

test('an https address on the public network will do; what the environment allows will do whatever it is', () => {
  expect(mustBeReachable('https://example.com:8443/hook?of=us').host).toBe('example.com:8443');

  process.env.WEBHOOK_ORIGINS = 'http://127.0.0.1:9000';
  expect(mustBeReachable('http://127.0.0.1:9000/hook').port).toBe('9000');
  expect(() => mustBeReachable('http://127.0.0.1:9001/hook')).toThrow('https alone');
  delete process.env.WEBHOOK_ORIGINS;
});

test('a name that leads to an address of our own is refused when it is connected to', async () => {
  const found = await new Promise((done) =>
    publicLookup('localhost', { all: true }, (error, address) => done(error?.code ?? address)),
  );
  expect(found).toBe('ENOTPUBLIC');
});
