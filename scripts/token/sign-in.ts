import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** Something the person at the keyboard can mend. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

export type Client = { readonly issuer: string; readonly clientId: string; readonly origin: string };

const Discovery = z.looseObject({ authorization_endpoint: z.url(), token_endpoint: z.url() });
const Token = z.looseObject({ access_token: z.string() });

/** A sign-in under way: where the browser is sent, and what turns the address it comes back to into a token. */
export type Begun = { readonly address: string; readonly finish: (cameBackTo: string) => Promise<string> };

/** Where the sign-in is, as it says itself. @throws {NotSignedIn} */
const discovered = async (issuer: string): Promise<z.infer<typeof Discovery>> => {
  const isIt = 'is it the output AccessIssuer of the stack?';
  let answer: Response;
  try {
    answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  } catch (cause) {
    throw new NotSignedIn(`${issuer} does not answer; ${isIt}`, { cause });
  }
  if (!answer.ok) throw new NotSignedIn(`${issuer} answers ${answer.status}; ${isIt}`);
  const said: unknown = await answer.json().catch(() => undefined);
  const { data } = Discovery.safeParse(said);
  if (data === undefined) throw new NotSignedIn(`${issuer} does not say where one signs in; ${isIt}`);
  return data;
};

/**
 * Begins the authorization code flow with PKCE, as the workplace does. The address that the browser comes back to is carried
 * over by hand: so no port has to be open, and the stage's own origins do.
 */
export const beginSignIn = async ({ issuer, clientId, origin }: Client): Promise<Begun> => {
  const { authorization_endpoint, token_endpoint } = await discovered(issuer);
  const verifier = randomBytes(48).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const redirect = `${origin.replace(/\/$/, '')}/signed-in`;
  const address = new URL(authorization_endpoint);
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirect,
    scope: 'openid email profile',
    state,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }))
    address.searchParams.set(name, value);

  const finish = async (cameBackTo: string): Promise<string> => {
    const { searchParams } = URL.canParse(cameBackTo.trim()) ? new URL(cameBackTo.trim()) : new URL(redirect);
    const code = searchParams.get('code');
    const problem = searchParams.get('error_description') ?? searchParams.get('error');
    if (code === null)
      throw new NotSignedIn(
        problem ?? `no code in "${cameBackTo.trim()}"; copy the whole address, ${redirect}?code=…`,
      );
    if (searchParams.get('state') !== state)
      throw new NotSignedIn('this address belongs to another sign-in; open the one printed above');
    const answer = await fetch(token_endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        redirect_uri: redirect,
        code_verifier: verifier,
      }),
    });
    if (!answer.ok) throw new NotSignedIn(`the code was refused: ${answer.status} ${await answer.text()}`);
    return Token.parse(await answer.json()).access_token;
  };
  return { address: address.href, finish };
};
