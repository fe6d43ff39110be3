import { afterEach, expect, test } from 'vitest';
import { type Signin, startSignin } from '../../local/signin/signin.ts';
import { beginSignIn } from './sign-in.ts';

let signin: Signin | undefined;
afterEach(() => signin?.stop());

const begin = async () => {
  signin = await startSignin({
    port: 0,
    users: [{ id: 'anna', name: 'Anna', email: 'anna@example.com', groups: ['administrators'] }],
  });
  return { signin, ...(await beginSignIn({ ...signin, origin: 'http://localhost:5173' })) };
};

/** A browser in which Anna signs in. @returns the address at which it ends */
const signInAt = async (address: string): Promise<string> => {
  const cookies = new Map<string, string>();
  let at = address;
  let init: RequestInit = {};
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = response.headers.get('location');
    if (to === null) {
      init = {
        method: 'POST',
        body: 'user=anna',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
      continue;
    }
    init = {};
    at = new URL(to, at).href;
    if (at.startsWith('http://localhost:5173/')) return at;
  }
  throw new Error(`the sign-in ends nowhere, last at ${at}`);
};

test('whoever signs in in the browser gets a token that the API takes', async () => {
  const { address, finish, signin } = await begin();

  const token = await finish(await signInAt(address));

  const claims = await signin.verify(token, { issuer: signin.issuer, audience: [signin.clientId] });
  expect(claims).toMatchObject({ sub: 'anna' });
});

test('an issuer that is none is told as such', async () => {
  const client = { clientId: 'c', origin: 'http://localhost:5173' };

  await expect(beginSignIn({ ...client, issuer: 'http://127.0.0.1:1' })).rejects.toThrow(
    'http://127.0.0.1:1 does not answer; is it the output AccessIssuer of the stack?',
  );
  await expect(beginSignIn({ ...client, issuer: 'pool' })).rejects.toThrow('pool does not answer');
});

test('an address of another sign-in is refused, and one without a code', async () => {
  const { address, finish } = await begin();
  const back = await signInAt(address);

  await expect(finish(back.replace(/state=[^&]*/, 'state=other'))).rejects.toThrow('another sign-in');
  await expect(finish('http://localhost:5173/signed-in?error=access_denied')).rejects.toThrow(
    'access_denied',
  );
  await expect(finish('what?')).rejects.toThrow('copy the whole address');
});
