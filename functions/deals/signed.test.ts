import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Signable, signed } from './signed.ts';

const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'a+token/=',
  });
  delete process.env.AWS_ENDPOINT_URL_S3;
  delete process.env.AWS_ENDPOINT_URL;
});
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

const at = new Date('2026-10-01T09:00:00Z');
const aFile: Signable = { method: 'GET', bucket: 'files', key: 'files/d1/f1/quote.pdf', seconds: 300 };

/** The same address as the SDK's own presigner of S3 signs it. */
const bySdk = async ({ method, bucket, key, headers = {}, query = {}, seconds }: Signable) => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'a+token/=' };
  const presigner = new S3RequestPresigner({ region: 'eu-central-1', credentials, sha256: Sha256 });
  const hostname = 's3.eu-central-1.amazonaws.com';
  const path = `/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`;
  const request = new HttpRequest({ method, hostname, path, headers: { ...headers, host: hostname }, query });
  const { query: made } = await presigner.presign(request, {
    expiresIn: seconds,
    signingDate: at,
    signableHeaders: new Set(['host', ...Object.keys(headers)]),
    unsignableHeaders: { add() {}, has: () => false } as unknown as Set<string>,
  });
  return made;
};

test.each<[string, Signable]>([
  ['to fetch', aFile],
  [
    'to fetch under a name',
    { ...aFile, query: { 'response-content-disposition': "attachment; filename*=UTF-8''a%20b" } },
  ],
  [
    'to put just this',
    { ...aFile, method: 'PUT', headers: { 'content-type': 'application/pdf', 'content-length': '4' } },
  ],
  ['of a key with signs of its own', { ...aFile, key: 'files/d1/f 1/КП №7+.pdf' }],
])('an address %s is signed as by the SDK’s presigner', async (_, asked) => {
  const { searchParams } = new URL(await signed(asked, at));

  expect(Object.fromEntries(searchParams)).toEqual(await bySdk(asked));
  expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
});

test('the bucket is found at the region, or where the SDK’s variables point', async () => {
  const atHome = await signed(aFile, at);
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
  const atAnEmulator = await signed(aFile, at);
  process.env.AWS_ENDPOINT_URL_S3 = 'http://127.0.0.1:9000';
  const atItsOwn = await signed(aFile, at);

  expect([atHome, atAnEmulator, atItsOwn].map((address) => address.split('?')[0])).toEqual([
    'https://s3.eu-central-1.amazonaws.com/files/files/d1/f1/quote.pdf',
    'http://127.0.0.1:4566/files/files/d1/f1/quote.pdf',
    'http://127.0.0.1:9000/files/files/d1/f1/quote.pdf',
  ]);
});
