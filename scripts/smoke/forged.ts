import { generateKeyPairSync, sign } from 'node:crypto';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claimsIn = (token: string): Record<string, unknown> => {
  const [, payload = ''] = token.split('.');
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return {};
  }
};

/**
 * Tokens that nobody may be let in by: signed by a key of our own, signed by none, and, where a good one is at hand, that
 * one with another person in it and its own claims under a foreign signature.
 */
export const forgedTokens = (good: string | undefined): Record<string, string> => {
  const claims = {
    iss: 'https://sign-in.example',
    ...(good === undefined ? {} : claimsIn(good)),
    sub: 'admin',
    exp: 4_102_444_800,
  };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid: 'ours' })}.${encoded(claims)}`;
  const [header, , signature] = good?.split('.') ?? [];
  return {
    'signed by another key': `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`,
    unsigned: `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`,
    ...(header === undefined || signature === undefined
      ? {}
      : { 'somebody else in a good one': `${header}.${encoded(claims)}.${signature}` }),
    'no token at all': 'let-me-in',
  };
};
