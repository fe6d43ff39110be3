import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Configuration, Provider } from 'oidc-provider';
import { readBody } from '../aws/aws-json.ts';
import type { Authorizer } from '../http/front.ts';
import { issuerKeys } from './keys.ts';
import { languageOf, type Person, peoplePage } from './pages.ts';
import { createSessions } from './sessions.ts';
import { claimsOf, createTokens, TOKEN_SECONDS } from './tokens.ts';

export type { Person } from './pages.ts';

/** The identity provider of the local runtime, in the place of a Cognito user pool. */
export type Signin = {
  issuer: string;
  jwksUri: string;
  /** Audience of the tokens. */
  clientId: string;
  /** A real access token (JWT, RS256), valid for twelve hours of real time. */
  tokenFor(userId: string): Promise<string>;
  /** Rejects a token that is forged, expired or meant for another audience; for the HTTP API's authorizers. */
  verify(token: string, authorizer: Authorizer): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
};

const SCOPE = 'openid profile email';

/**
 * Starts sign-in on the loopback: OpenID Connect with authorization code and PKCE for a browser, a page to pick a demo
 * person on, and `GET /demo-token?user=<id>` for the command line. None of it knows a password, so it answers to
 * local names alone.
 *
 * @param options.dir - keeps the issuer's keys, so that tokens survive a restart on the same port
 * @param options.clientId - what the template's user pool client resolves to
 */
export const startSignin = async (options: {
  port: number;
  users: readonly Person[];
  dir?: string | undefined;
  clientId?: string;
}): Promise<Signin> => {
  const { users, clientId = 'voronka-web' } = options;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const keys = await issuerKeys(options.dir);
  const tokens = await createTokens({ issuer, keys });
  const find = (id: string | null | undefined) => users.find((user) => user.id === id);

  const tokenFor = async (userId: string): Promise<string> => {
    const person = find(userId);
    if (person === undefined) throw new UnknownPerson(userId, users);
    return tokens.sign(claimsOf(person, { clientId, scope: SCOPE }));
  };

  const provider = new Provider(issuer, {
    ...configuration({ clientId, find }),
    adapter: createSessions(),
    cookies: { keys: [keys.cookie] },
    jwks: { keys: [keys.signing] },
  });
  // Whatever page of this machine asks may sign in; the port of a development server is not ours to know.
  provider.Client.prototype.redirectUriAllowed = isLocalUrl;
  provider.Client.prototype.postLogoutRedirectUriAllowed = isLocalUrl;
  const oidc = provider.callback();

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!isLocalUrl(`http://${req.headers.host}`)) {
      return text(res, 403, `sign-in answers to localhost alone, not to ${req.headers.host}\n`);
    }
    const { pathname, searchParams } = new URL(req.url ?? '/', issuer);
    const language = languageOf(req.headers['accept-language']);
    if (pathname === '/') return html(res, peoplePage(users, { language, issuer }));
    if (pathname === '/demo-token') {
      res.setHeader('x-voronka-token', 'for this machine only');
      try {
        return text(res, 200, `${await tokenFor(searchParams.get('user') ?? '')}\n`);
      } catch (error) {
        if (!(error instanceof UnknownPerson)) throw error;
        return text(res, 404, `${error.message}\n`);
      }
    }
    if (!pathname.startsWith('/login/')) return void oidc(req, res);
    if (req.method !== 'POST') return html(res, peoplePage(users, { language, issuer, action: pathname }));
    const chosen = new URLSearchParams((await readBody(req, 10_000)).toString()).get('user');
    const person = find(chosen);
    if (person === undefined) return text(res, 400, `${new UnknownPerson(chosen ?? '', users).message}\n`);
    return provider.interactionFinished(req, res, { login: { accountId: person.id } });
  };

  server.on('request', (req, res) => {
    serve(req, res).catch((error: unknown) => {
      text(
        res,
        400,
        `sign-in: ${error instanceof Error ? error.message : String(error)}; start again from the app\n`,
      );
    });
  });
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    clientId,
    tokenFor,
    verify: tokens.verify,
    stop: () => close(server),
  };
};

/** Asked for someone who is not in the demo company. */
class UnknownPerson extends Error {
  override readonly name = 'UnknownPerson';

  constructor(id: string, users: readonly Person[]) {
    super(`user ${JSON.stringify(id)} is nobody here; users are ${users.map((user) => user.id).join(', ')}`);
  }
}

const configuration = ({
  clientId,
  find,
}: {
  clientId: string;
  find: (id: string | undefined) => Person | undefined;
}): Configuration => ({
  clients: [
    {
      client_id: clientId,
      client_name: 'Voronka',
      redirect_uris: ['http://localhost/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    },
  ],
  scopes: ['openid', 'offline_access'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'cognito:groups'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  clientBasedCORS: (_, origin) => isLocalUrl(origin),
  features: {
    devInteractions: { enabled: false },
    // Access tokens are JWTs for a resource server alone, and the API wants to read them.
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:voronka:api',
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: SCOPE,
        audience: clientId,
        accessTokenFormat: 'jwt',
        accessTokenTTL: TOKEN_SECONDS,
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  formats: {
    customizers: {
      jwt: (_, token, jwt) => {
        const person = find('accountId' in token ? token.accountId : undefined);
        if (person !== undefined) Object.assign(jwt.payload, claimsOf(person, { clientId, scope: SCOPE }));
      },
    },
  },
  findAccount: (_, id) => {
    const person = find(id);
    if (person === undefined) return undefined;
    const { sub, name, email, 'cognito:groups': groups } = claimsOf(person, { clientId, scope: SCOPE });
    return { accountId: id, claims: () => ({ sub, name, email, 'cognito:groups': groups }) };
  },
  renderError: (ctx, { error, error_description: reason }) => {
    ctx.type = 'text/plain';
    ctx.body = `sign-in: ${error}${reason === undefined ? '' : `, ${reason}`}\n`;
  },
  interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
  // The only client is ours: there is nothing to consent to.
  loadExistingGrant: async ({ oidc }) => {
    const { client, session, provider } = oidc;
    const { clientId: id } = client ?? {};
    if (id === undefined || session?.accountId === undefined) return undefined;
    const grant = new provider.Grant({ clientId: id, accountId: session.accountId });
    grant.addOIDCScope(`${SCOPE} offline_access`);
    grant.addResourceScope('urn:voronka:api', SCOPE);
    await grant.save();
    return grant;
  },
  ttl: {
    AccessToken: TOKEN_SECONDS,
    IdToken: TOKEN_SECONDS,
    Interaction: 3_600,
    Session: 14 * 86_400,
    Grant: 14 * 86_400,
    RefreshToken: 14 * 86_400,
  },
});

const isLocalUrl = (url: string): boolean =>
  URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

const html = (res: ServerResponse, page: string): void => {
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  res.end(page);
};

const text = (res: ServerResponse, status: number, body: string): void => {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  res.end(body);
};

const close = (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
};
