import { environment } from '../shared/environment.ts';
import { Passing } from '../shared/errors.ts';
import { type Signable, signed } from './signed.ts';

/** How long a signed address is good for: an upload of 25 MB over a poor line, a click, our own call. */
const putSeconds = 900;
const getSeconds = 300;
const callSeconds = 60;

const object = (key: string) => ({ bucket: environment().BUCKET_NAME, key });

/** What has to be sent with the PUT beside the length, which every client sends by itself. */
export const putHeaders = (type: string): Record<string, string> => ({
  'content-type': type,
  'if-none-match': '*',
});

/**
 * An address to PUT exactly this file to, once: another type or length is refused by the bucket, and so is a second
 * PUT, by which a file could be exchanged after somebody approved it.
 */
export const linkToPut = (key: string, type: string, size: number): Promise<string> =>
  signed({
    ...object(key),
    method: 'PUT',
    headers: { ...putHeaders(type), 'content-length': String(size) },
    seconds: putSeconds,
  });

/** An address to fetch a file from, saved under its own name and never shown by the browser itself. */
export const linkToGet = (key: string, name: string): Promise<string> =>
  signed({
    ...object(key),
    method: 'GET',
    query: {
      'response-content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'response-cache-control': 'private, no-store',
    },
    seconds: getSeconds,
  });

const tries = 3;
const patienceMs = 5_000;
/** For tens of megabytes. */
const longPatienceMs = 25_000;

/** The bucket's answer; where it is busy or does not answer, it is asked again, since each of these may be repeated. */
const call = async (
  asked: Omit<Signable, 'seconds'>,
  body?: string | Uint8Array,
  patience = patienceMs,
): Promise<Response> => {
  const { method, headers = {} } = asked;
  let problem: unknown;
  for (let attempt = 0; attempt < tries; attempt++) {
    const address = await signed({ ...asked, seconds: callSeconds });
    const signal = AbortSignal.timeout(patience);
    try {
      const answer = await fetch(address, {
        method,
        headers,
        signal,
        redirect: 'error', // a signed address is nobody else's business
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status < 500) return answer;
      problem = new Error(`the bucket answered ${answer.status}`);
    } catch (error) {
      problem = error;
    }
  }
  throw new Passing('the file store does not answer', { retryAfterSeconds: 2, cause: problem });
};

/** @throws where the bucket refuses; the key is not told, since it ends with a name that a person gave */
const done = async (...asking: Parameters<typeof call>): Promise<Response> => {
  const [asked] = asking;
  const answer = await call(...asking);
  if (answer.ok) return answer;
  const code = /<Code>(\w+)</.exec(await answer.text())?.[1] ?? '';
  throw new Error(`the bucket answers ${answer.status} ${code} to ${asked.method}`);
};

/** What lies in the bucket under a key: its type without parameters, and its length; nothing where nothing was put. */
export const stored = async (key: string): Promise<{ type: string; size: number } | undefined> => {
  const answer = await call({ ...object(key), method: 'HEAD' });
  // Without a right to list the bucket, S3 says of what is not there that it is forbidden.
  if (answer.status === 404 || answer.status === 403) return undefined;
  if (!answer.ok) throw new Error(`the bucket answers ${answer.status} to HEAD`);
  return {
    type: answer.headers.get('content-type')?.split(';')[0]?.trim() ?? '',
    size: Number(answer.headers.get('content-length') ?? 0),
  };
};

/** Takes a file away; its earlier versions leave the bucket by its own rule. Nothing happens where there is none. */
export const removeFile = async (key: string): Promise<void> => {
  await done({ ...object(key), method: 'DELETE' });
};

/** Puts a file at another place too; both are the same afterwards, however often it is asked. */
export const copyFile = async (from: string, to: string): Promise<void> => {
  const { bucket } = object(from);
  const answer = await done({
    ...object(to),
    method: 'PUT',
    headers: { 'x-amz-copy-source': `/${bucket}/${from}` },
  });
  // S3 begins to answer before it has copied, and says in the body of a success that it could not.
  const code = /<Error>.*?<Code>(\w+)</s.exec(await answer.text())?.[1];
  if (code !== undefined) throw new Passing(`the bucket answers ${code} to a copy`, { retryAfterSeconds: 2 });
};

/** The text of a file that we stored. */
export const readText = async (key: string): Promise<string> =>
  (await done({ ...object(key), method: 'GET' })).text();

/** The bytes of a file. */
export const readBytes = async (key: string): Promise<Uint8Array> =>
  new Uint8Array(
    await (await done({ ...object(key), method: 'GET' }, undefined, longPatienceMs)).arrayBuffer(),
  );

/** Stores a text as a file. */
export const putText = async (key: string, type: string, text: string): Promise<void> => {
  await done({ ...object(key), method: 'PUT', headers: { 'content-type': `${type}; charset=utf-8` } }, text);
};

/** Stores bytes as a file; done again it is the same file. */
export const putBytes = async (key: string, type: string, bytes: Uint8Array): Promise<void> => {
  await done({ ...object(key), method: 'PUT', headers: { 'content-type': type } }, bytes, longPatienceMs);
};
