import { createHash } from 'node:crypto';
import * as z from 'zod';
import { endpointOf } from '../../shared/endpoints.ts';
import { outside } from '../../shared/outside.ts';
import type { CdekAccount } from './account.ts';
import { CdekAway, CdekLocked } from './errors.ts';

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

type Kept = { readonly token: Promise<string>; until: number };

/** Tokens by account, for as long as the process lives: an hour each, asked for once however many wait for it. */
const tokens = new Map<string, Kept>();

/** A token this close to its end is not used any more. */
const earlyMs = 60_000;

/** The address all methods begin with. */
export const baseOf = (account: Pick<CdekAccount, 'test'>): string =>
  `${endpointOf(account.test ? 'cdek-test' : 'cdek')}/v2`;

const keyOf = (account: CdekAccount): string =>
  createHash('sha256')
    .update(JSON.stringify([baseOf(account), account.account, account.password]))
    .digest('hex');

const ask = async (account: CdekAccount): Promise<z.infer<typeof Token>> => {
  const base = baseOf(account);
  const answered = await outside(`${base}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: account.account,
      client_secret: account.password,
    }).toString(),
  });
  const { status } = answered;
  if (status === 429 || status >= 500)
    throw new CdekAway(`answers ${status} to the sign-in`, 'no', retryAfter(answered.headers));
  if (status === 400 || status === 401 || status === 403) throw new CdekLocked(new URL(base).host);
  const answer = Token.safeParse(json(answered.text()));
  if (status >= 300 || !answer.success)
    throw new CdekAway('answers the sign-in with something that is no token', 'no');
  return answer.data;
};

/** The text as JSON; nothing where it is none. */
export const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // whoever reads the shape says what it is not
  }
};

/** Seconds after which to come back, where the answer names them as a number. */
export const retryAfter = (headers: Headers): number | undefined => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) : undefined;
};

/**
 * The bearer token of an account; a new one a minute before the old one ends.
 *
 * @throws {CdekLocked} if CDEK does not accept the account
 */
export const tokenOf = (account: CdekAccount, now: Date): Promise<string> => {
  const key = keyOf(account);
  const kept = tokens.get(key);
  if (kept !== undefined && now.getTime() < kept.until) return kept.token;
  const asked = ask(account);
  const fresh: Kept = {
    token: asked.then(({ access_token }) => access_token),
    until: Number.POSITIVE_INFINITY,
  };
  tokens.set(key, fresh);
  asked.then(
    ({ expires_in }) => {
      // Never less than a second, so that a clock that is off does not make each call ask.
      fresh.until = now.getTime() + Math.max(1000, expires_in * 1000 - earlyMs);
    },
    () => {
      if (tokens.get(key) === fresh) tokens.delete(key); // a failure is not kept
    },
  );
  return fresh.token;
};

/** Does not believe this token any more; a newer one that another call has fetched meanwhile stays. */
export const forgetToken = async (account: CdekAccount, token: string): Promise<void> => {
  const key = keyOf(account);
  const kept = tokens.get(key);
  if (kept !== undefined && (await kept.token.catch(() => undefined)) === token && tokens.get(key) === kept)
    tokens.delete(key);
};

/** Starts afresh, for a host that runs one system after another in a process. */
export const forgetTokens = (): void => tokens.clear();
