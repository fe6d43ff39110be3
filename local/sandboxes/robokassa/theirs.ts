import { createHash, createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/**
 * How the gateway itself signs and checks: written from its documentation, on purpose without a line of what the functions use, so
 * that a mistake there is not made here too.
 */

/** A shop as the gateway knows it. */
export type TheirShop = {
  readonly pack: string;
  readonly login: string;
  readonly algorithm: string;
  readonly live: { readonly one: string; readonly two: string };
  readonly test: { readonly one: string; readonly two: string } | undefined;
  readonly three: string | undefined;
};

const word = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The shops of a secret: what the operator wrote is what the gateway gave. */
export const shopsIn = (secret: unknown): TheirShop[] =>
  Object.entries((secret ?? {}) as Record<string, Record<string, unknown>>).map(([pack, entry]) => {
    const test = entry.test as Record<string, unknown> | undefined;
    return {
      pack,
      login: String(entry.merchantLogin),
      algorithm: word(entry.algorithm) ?? 'sha256',
      live: { one: String(entry.password1), two: String(entry.password2) },
      test: test === undefined ? undefined : { one: String(test.password1), two: String(test.password2) },
      three: word(entry.password3),
    };
  });

export const hashOf = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text, 'utf8').digest('hex');

/** Optional parts of a request that are signed if they are there, in this order, between the invoice and the password. */
const optional = [
  'OutSumCurrency',
  'UserIp',
  'Receipt',
  'StepByStep',
  'ResultUrl2',
  'SuccessUrl2',
  'SuccessUrl2Method',
  'FailUrl2',
  'FailUrl2Method',
  'Token',
];

const shopParameters = (given: URLSearchParams): string =>
  [...given]
    .filter(([name]) => name.slice(0, 4).toLowerCase() === 'shp_')
    .sort(([one], [other]) => one.localeCompare(other, 'en', { sensitivity: 'base' }))
    .map(([name, value]) => `:${name}=${value}`)
    .join('');

/** What the signature of a request for a payment has to be. */
export const wantedOfRequest = (given: URLSearchParams, algorithm: string, password: string): string => {
  let text = `${given.get('MerchantLogin')}:${given.get('OutSum')}:${given.get('InvId') ?? ''}`;
  for (const name of optional) if (given.has(name)) text += `:${given.get(name)}`;
  return hashOf(algorithm, `${text}:${password}${shopParameters(given)}`);
};

/** The digest of what the shop is told: with the second password the notification, with the first the browser that comes back. */
export const signatureOfWord = (
  sum: string,
  invoice: string,
  shp: Readonly<Record<string, string>>,
  algorithm: string,
  password: string,
): string => hashOf(algorithm, `${sum}:${invoice}:${password}${shopParameters(new URLSearchParams(shp))}`);

/** What is in a JWT whose HMAC is right; `undefined` if it is not, or is no JWT. */
export const openedJwt = (token: string, algorithm: string, key: string): unknown => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const wanted = createHmac(algorithm, key).update(`${header}.${payload}`).digest('base64url');
  if (signature === '' || signature !== wanted) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
};

/** What is in a request to the receipts' service; `undefined` if its seal is not right. */
export const openedSeal = (text: string, algorithm: string, password: string): unknown => {
  const [body = '', seal = ''] = text.split('.');
  const wanted = Buffer.from(hashOf(algorithm, body + password))
    .toString('base64')
    .replaceAll('=', '');
  if (seal === '' || seal !== wanted) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
};

let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

const noticeKeys = () => {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
};

/** PEM of the key by which signed notifications of the sandbox are checked: it belongs into the shop's secret as `certificate`. */
export const noticeCertificate = (): string =>
  noticeKeys().publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** A signed notification: a JWS of RS256. */
export const noticeOf = (payload: unknown): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'RS256' })}.${part(payload)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(noticeKeys().privateKey, 'base64url')}`;
};
