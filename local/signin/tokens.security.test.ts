import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { issuerKeys } from './keys.ts';
import { createTokens } from './tokens.ts';

const issuer = 'https://issuer.example/pool';
const authorizer = { issuer, audience: ['web'] };

let keys: Awaited<ReturnType<typeof issuerKeys>>;
let tokens: Awaited<ReturnType<typeof createTokens>>;
beforeAll(async () => {
  keys = await issuerKeys(undefined);
  tokens = await createTokens({ issuer, keys });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;
const claims = () => ({ iss: issuer, aud: 'web', sub: 'pavel', exp: inAnHour() });

/** Signed by the issuer's own key, with claims that differ from good ones. */
const signed = async (more: Record<string, unknown>): Promise<string> =>
  new SignJWT({ ...claims(), ...more })
    .setProtectedHeader({ alg: 'RS256', kid: keys.signing.kid })
    .sign(await importJWK(keys.signing, 'RS256'));

test('a good token is taken, for the audience by name or for the client it was given to', async () => {
  expect(await tokens.verify(await signed({}), authorizer)).toMatchObject({ sub: 'pavel' });
  expect(await tokens.verify(await signed({ aud: undefined, client_id: 'web' }), authorizer)).toMatchObject({
    sub: 'pavel',
  });
});

test.each([
  ['one that is signed by nobody (alg none)', async () => `${part({ alg: 'none' })}.${part(claims())}.`],
  [
    'one whose signature is made with the public key as a secret',
    async () => {
      const head = part({ alg: 'HS256', kid: keys.signing.kid });
      const said = `${head}.${part(claims())}`;
      return `${said}.${createHmac('sha256', String(keys.signing.n)).update(said).digest('base64url')}`;
    },
  ],
  [
    'one signed by another key of the same name',
    async () => {
      const { privateKey } = await generateKeyPair('RS256', { extractable: true });
      return new SignJWT(claims())
        .setProtectedHeader({ alg: 'RS256', kid: keys.signing.kid })
        .sign(await importJWK(await exportJWK(privateKey), 'RS256'));
    },
  ],
  [
    'one that brings its own key',
    async () => {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      return new SignJWT(claims())
        .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(publicKey) })
        .sign(privateKey);
    },
  ],
  ['an expired one', () => signed({ exp: Math.floor(Date.now() / 1000) - 60 })],
  ['one that is not good yet', () => signed({ nbf: inAnHour() })],
  ['one that never expires', () => signed({ exp: undefined })],
  ['one of another issuer', () => signed({ iss: 'https://evil.example' })],
  ['one for another client', () => signed({ aud: 'other' })],
  ['one for nobody in particular', () => signed({ aud: undefined })],
  ['one about nobody', () => signed({ sub: undefined })],
])('%s is refused', async (_, token) => {
  await expect(tokens.verify(await token(), authorizer)).rejects.toThrow();
});

test('one whose claims were changed after it was signed is refused, also where the original was seen before', async () => {
  const token = await signed({});
  await tokens.verify(token, authorizer);
  const [head, , signature] = token.split('.');

  const changed = `${head}.${part({ ...claims(), sub: 'admin' })}.${signature}`;

  await expect(tokens.verify(changed, authorizer)).rejects.toThrow();
});
