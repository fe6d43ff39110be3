import { createHash } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';
import { issuerKeys } from './keys.ts';
import { type Signin, startSignin } from './signin.ts';

const people = [
  { id: 'pavel', name: 'Павел <П>', email: 'pavel@acme.example', groups: ['sales', 'heads'] },
  { id: 'ines', name: 'Ines', email: 'ines@acme.example', groups: [] },
];
const running: Signin[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(running.splice(0).map((signin) => signin.stop()));
});

const world = async (options: { dir?: string; port?: number } = {}) => {
  const signin = await startSignin({ port: 0, users: people, ...options });
  running.push(signin);
  const authorizer = { issuer: signin.issuer, audience: [signin.clientId] };
  return { signin, authorizer };
};
const aDir = () => mkdtempSync(join(tmpdir(), 'voronka-signin-'));

test('one line of curl gives a token that any OIDC library verifies', async () => {
  const { signin, authorizer } = await world();

  const response = await fetch(`${signin.issuer}/demo-token?user=pavel`);
  const token = (await response.text()).trim();

  const jwks = createRemoteJWKSet(new URL(signin.jwksUri));
  const { payload, protectedHeader } = await jwtVerify(token, jwks, {
    issuer: signin.issuer,
    audience: signin.clientId,
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    sub: 'pavel',
    email: 'pavel@acme.example',
    'cognito:groups': ['sales', 'heads'],
    client_id: 'voronka-web',
    scope: 'openid profile email',
  });
  expect(await signin.verify(token, authorizer)).toEqual(payload);
  expect(response.headers.get('x-voronka-token')).toBe('for this machine only');
});

test('an unknown user is told who there is', async () => {
  const { signin } = await world();

  const response = await fetch(`${signin.issuer}/demo-token?user=nobody`);

  expect([response.status, await response.text()]).toEqual([
    404,
    'user "nobody" is nobody here; users are pavel, ines\n',
  ]);
});

test('a token survives a restart, an expired one nothing', async () => {
  const dir = aDir();
  const first = await world({ dir });
  const token = await first.signin.tokenFor('ines');
  await first.signin.stop();

  const { signin, authorizer } = await world({ dir, port: Number(new URL(first.signin.issuer).port) });

  expect(await signin.verify(token, authorizer)).toMatchObject({ sub: 'ines' });
  expect(statSync(join(dir, 'signin-keys.json')).mode & 0o077).toBe(0);
  vi.useFakeTimers({ now: Date.now() + 12 * 3_600_000 + 1_000, toFake: ['Date'] });
  await expect(signin.verify(token, authorizer)).rejects.toThrow('exp');
});

test('a forged token, and one for another audience or issuer, are refused', async () => {
  const { signin, authorizer } = await world();
  const { signing } = await issuerKeys(undefined);
  const forged = await new SignJWT({ sub: 'pavel' })
    .setProtectedHeader({ alg: 'RS256', kid: signing.kid })
    .setIssuer(signin.issuer)
    .setAudience(signin.clientId)
    .setExpirationTime('1h')
    .sign({ ...signing });
  const token = await signin.tokenFor('pavel');

  await expect(signin.verify(forged, authorizer)).rejects.toThrow();
  await expect(signin.verify(`${token.slice(0, -6)}AAAAAA`, authorizer)).rejects.toThrow();
  await expect(signin.verify('nonsense', authorizer)).rejects.toThrow();
  await expect(signin.verify(token, { ...authorizer, audience: ['other'] })).rejects.toThrow('audience');
  await expect(signin.verify(token, { ...authorizer, issuer: 'http://other' })).rejects.toThrow('issuer');
});

/** A browser that keeps cookies and follows no redirect by itself. */
const browser = () => {
  const cookies = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return { response, next: new URL(response.headers.get('location') ?? '', url).href };
  };
};

const verifier = 'a'.repeat(64);
const authorize = (signin: Signin, more: Record<string, string> = {}) =>
  `${signin.issuer}/auth?${new URLSearchParams({
    client_id: signin.clientId,
    response_type: 'code',
    redirect_uri: 'http://localhost:5173/callback',
    scope: 'openid profile email',
    state: 'here',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })}`;

test('a browser picks a person and comes back with a code that PKCE turns into tokens', async () => {
  const { signin, authorizer } = await world();
  const visit = browser();

  const login = (await visit(authorize(signin))).next;
  const page = await (
    await visit(login, { headers: { 'accept-language': 'ru-RU,ru;q=0.9' } })
  ).response.text();
  const resume = await visit(login, { method: 'POST', body: new URLSearchParams({ user: 'pavel' }) });
  const back = new URL((await visit(resume.next)).next);
  const exchanged = await fetch(`${signin.issuer}/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:5173' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: signin.clientId,
      redirect_uri: 'http://localhost:5173/callback',
      code: back.searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  const tokens = (await exchanged.json()) as { access_token: string; id_token: string };

  expect(page).toContain('Вход в демонстрационную компанию');
  expect(page).toContain('Павел &lt;П&gt;');
  expect(back.origin + back.pathname).toBe('http://localhost:5173/callback');
  expect(back.searchParams.get('state')).toBe('here');
  expect(exchanged.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect(await signin.verify(tokens.access_token, authorizer)).toMatchObject({
    sub: 'pavel',
    'cognito:groups': ['sales', 'heads'],
    scope: 'openid profile email',
  });
  expect(JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    sub: 'pavel',
    name: 'Павел <П>',
    email: 'pavel@acme.example',
  });
});

test('a page of another host may not sign in', async () => {
  const { signin } = await world();

  const { response } = await browser()(authorize(signin, { redirect_uri: 'https://evil.example/callback' }));

  expect(response.status).toBe(400);
});

test('sign-in without PKCE is sent back with an error', async () => {
  const { signin } = await world();
  const url = new URL(authorize(signin));
  url.searchParams.delete('code_challenge');
  url.searchParams.delete('code_challenge_method');

  const { next } = await browser()(url.href);

  expect(new URL(next).searchParams.get('error')).toBe('invalid_request');
});

test('a name that is not local is turned away, so that no rebound DNS reaches the tokens', async () => {
  const { signin } = await world();

  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(`${signin.issuer}/demo-token?user=pavel`, { headers: { host: 'evil.example' } }, (res) => {
      res.resume();
      resolve(res.statusCode);
    })
      .on('error', reject)
      .end();
  });

  expect(status).toBe(403);
});

test('the first page shows how to get a token, in English by default', async () => {
  const { signin } = await world();

  const page = await (await fetch(signin.issuer)).text();

  expect(page).toContain('Sign in to the demo company');
  expect(page).toContain(`curl -s '${signin.issuer}/demo-token?user=ines'`);
});
