import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, errors, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Authorizer } from '../http/front.ts';
import type { IssuerKeys } from './keys.ts';
import type { Person } from './pages.ts';

/** Twelve hours, so that a token fetched in the morning lasts a working day. */
export const TOKEN_SECONDS = 12 * 60 * 60;
const MAX_REMEMBERED = 1_000;

/** What an access token says of a person, in the claims that a Cognito user pool would use. */
export const claimsOf = (person: Person, { clientId, scope }: { clientId: string; scope: string }) => ({
  sub: person.id,
  username: person.id,
  name: person.name,
  email: person.email,
  'cognito:groups': [...person.groups],
  client_id: clientId,
  scope,
  token_use: 'access',
});

/** Signs and verifies the tokens of one issuer. */
export const createTokens = async ({ issuer, keys }: { issuer: string; keys: IssuerKeys }) => {
  const key = await importJWK(keys.signing, 'RS256');
  const { kty, n, e, kid, alg, use } = keys.signing;
  const publicKey = { kty, n, e, kid, alg, use } as JWK;
  const jwks = createLocalJWKSet({ keys: [publicKey] });
  const remembered = new Map<string, JWTPayload>();

  const open = async (token: string): Promise<JWTPayload> => {
    const known = remembered.get(token);
    if (known !== undefined && (known.exp ?? 0) * 1_000 > Date.now()) return known;
    remembered.delete(token);
    const { payload } = await jwtVerify(token, jwks, {
      issuer,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'sub'],
    });
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(token, payload);
    return payload;
  };

  return {
    sign: (claims: JWTPayload): Promise<string> =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(String(claims.client_id))
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_SECONDS}s`)
        .setJti(randomUUID())
        .sign(key),

    /**
     * Checks a token as the JWT authorizer of an HTTP API does: signature, issuer, times, and that `aud`, or without it
     * `client_id`, is one of the audience.
     */
    verify: async (token: string, authorizer: Authorizer): Promise<Record<string, unknown>> => {
      const payload = await open(token);
      if (payload.iss !== authorizer.issuer)
        throw new errors.JWTClaimValidationFailed('unexpected issuer', payload, 'iss');
      const audiences = [payload.aud ?? payload.client_id].flat();
      if (
        !audiences.some((audience) => typeof audience === 'string' && authorizer.audience.includes(audience))
      ) {
        throw new errors.JWTClaimValidationFailed('unexpected audience', payload, 'aud');
      }
      return payload;
    },
  };
};
