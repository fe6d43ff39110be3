import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { VoronkaError } from './errors.ts';

/** What was answered, whole; a status of 3xx is an answer as any other, nothing is followed. */
export type OutsideAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** the bytes as UTF-8 */
  text(): string;
};

export type OutsideOptions = {
  /** GET where absent */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** until the whole answer is there; 10 s where absent */
  readonly timeoutMs?: number;
  /** of the answer; 1 MiB where absent */
  readonly maxBytes?: number;
  /** what messages call it by; method, host and path where absent */
  readonly named?: string;
  /** finds the addresses of the host, for an address that others have given us; the system's own where absent */
  readonly lookup?: LookupFunction | undefined;
};

/**
 * No answer came, or none that could be read whole.
 *
 * `sent` says whether the other side may have acted: `no` where no connection came about, so that the same call may be made
 * again; `maybe` where it was cut off or took too long: look the thing up before it is sent again.
 */
export class Unreachable extends VoronkaError {
  readonly name = 'Unreachable';
  readonly type = 'unreachable';
  readonly title = 'Another system does not answer';
  readonly status = 503;
  readonly mends = 'time';
  readonly sent: 'no' | 'maybe';

  constructor(message: string, sent: 'no' | 'maybe', cause?: unknown) {
    super(message, { cause });
    this.sent = sent;
  }
}

/** For a host whose tests cannot wait for real time: an upper bound of every call's patience. */
let longestMs = Number.POSITIVE_INFINITY;
export const useOutsidePatience = (ms: number | undefined): void => {
  longestMs = ms ?? Number.POSITIVE_INFINITY;
};

const headersOf = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
};

/** Why a call failed, by its code alone: a message of the network may name what was asked. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'cut off';

/** A connection that stands is one that bytes may have gone through. */
const watched = (request: ClientRequest, isSecure: boolean): (() => 'no' | 'maybe') => {
  let sent: 'no' | 'maybe' = 'no';
  request.once('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      sent = 'maybe';
    });
  });
  return () => sent;
};

/**
 * Calls another company's system over HTTP: one call, never repeated, no redirect followed, with an end to how long it may
 * take and how much it may answer. What it answers is not believed yet: parse it.
 *
 * @throws {Unreachable} which names the method, the host and the path, never the query or the body: they may hold secrets
 */
export const outside = (url: string, options: OutsideOptions = {}): Promise<OutsideAnswer> => {
  const { method = 'GET', headers = {}, body, maxBytes = 1_048_576 } = options;
  const timeoutMs = Math.min(options.timeoutMs ?? 10_000, longestMs);
  const target = new URL(url);
  const named = options.named ?? `${method} ${target.origin}${target.pathname}`;
  const isSecure = target.protocol === 'https:';
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return new Promise((resolve, reject) => {
    const request = (isSecure ? secureRequest : plainRequest)(target, {
      method,
      // A kept connection may be gone when it is used again, and nobody could tell whether the call was.
      agent: false,
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
      headers: {
        'user-agent': 'Voronka',
        'accept-encoding': 'identity',
        ...headers,
        ...(bytes === undefined ? {} : { 'content-length': String(bytes.byteLength) }),
      },
    });
    const sent = watched(request, isSecure);
    const fail = (why: string, cause?: unknown) => {
      clearTimeout(timer);
      reject(new Unreachable(`${named}: ${why}`, sent(), cause));
      request.destroy();
    };
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
    request.on('error', (error) => fail(reasonOf(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', (error) => fail(reasonOf(error)));
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > maxBytes) fail(`the answer is longer than ${maxBytes} bytes`);
        else chunks.push(chunk);
      });
      response.on('end', () => {
        if (!response.complete) return fail('the answer was cut off');
        clearTimeout(timer);
        const whole = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: headersOf(response),
          bytes: whole,
          text: () => whole.toString('utf8'),
        });
      });
    });
    request.end(bytes);
  });
};
