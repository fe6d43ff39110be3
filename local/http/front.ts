import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Cors, corsHeaders, preflightOf } from './cors.ts';
import { eventOf, type HttpEvent } from './event.ts';
import { type Reply, replyOf, said } from './reply.ts';
import { createRouter } from './router.ts';

/** Who may call a route: tokens of `issuer` for one of `audience`, with one of `scopes` if there are any. */
export type Authorizer = {
  issuer: string;
  audience: readonly string[];
  scopes?: readonly string[] | undefined;
};

export type Route = {
  method: string;
  path: string;
  functionArn: string;
  authorizer?: Authorizer | undefined;
  /** of its own; the API's where absent */
  throttle?: Throttle | undefined;
};

/** Requests a second in the long run, and at once. */
export type Throttle = { rate: number; burst: number };

export type Front = {
  /** For `http.createServer`. */
  listener(req: IncomingMessage, res: ServerResponse): void;
  /** Waits for the functions that are answering requests; false if there were none. For the clock's settling. */
  drain(): Promise<boolean>;
};

type FrontOptions = {
  api: { routes: readonly Route[]; cors?: Cors | undefined; throttle?: Throttle | undefined };
  invoke: (functionArn: string, event: HttpEvent) => Promise<unknown>;
  /** Rejects a token that is forged, expired, or meant for someone else. */
  verify: (token: string, authorizer: Authorizer) => Promise<Record<string, unknown>>;
  /** The real API takes 10 MB. */
  maxBodyBytes?: number;
  /** The real API waits 30 s for a function. */
  timeoutMs?: number;
  /** Time as functions see it; throttling and timeouts count real time. */
  now?: () => Date;
  /** Milliseconds of a clock that never goes back. */
  monotonicMs?: () => number;
  account?: string;
  /** Told why a caller got a 500. */
  onFault?: (fault: { error: unknown; route: string; requestId: string }) => void;
};

/** The HTTP API of the template: routes, authorizers, limits and CORS of the real one, over functions in this process. */
export const createFront = (options: FrontOptions): Front => {
  const {
    api,
    invoke,
    maxBodyBytes = 10 * 1024 * 1024,
    timeoutMs = 30_000,
    now = () => new Date(),
  } = options;
  const find = createRouter(api.routes);
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const usual = createThrottle(api.throttle, monotonicMs);
  const own = new Map(
    api.routes.flatMap((route) =>
      route.throttle === undefined ? [] : [[route, createThrottle(route.throttle, monotonicMs)]],
    ),
  );
  const inFlight = new Set<Promise<unknown>>();

  const run = async (route: string, requestId: string, work: () => Promise<unknown>): Promise<Reply> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<typeof LATE>((resolve) => {
      timer = setTimeout(() => resolve(LATE), timeoutMs);
    });
    const running = work();
    inFlight.add(running);
    try {
      const result = await Promise.race([running, late]);
      return result === LATE ? said(503, 'Service Unavailable') : replyOf(result);
    } catch (error) {
      // What a function without free concurrency gives the API.
      if (error instanceof Error && error.name === 'TooManyRequestsException')
        return said(503, 'Service Unavailable');
      options.onFault?.({ error, route, requestId });
      return said(500, 'Internal Server Error');
    } finally {
      clearTimeout(timer);
      running.catch(() => undefined).finally(() => inFlight.delete(running));
    }
  };

  const answerTo = async (req: IncomingMessage, requestId: string): Promise<Reply> => {
    const preflight = preflightOf(req, api.cors);
    if (preflight !== undefined) return preflight;
    const url = req.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const found = find(req.method ?? 'GET', path);
    if (found === undefined) return said(404, 'Not Found');
    if (!(own.get(found.route) ?? usual)()) return said(429, 'Too Many Requests');

    const { route, parameters } = found;
    const granted = route.authorizer && (await authorize(req, route.authorizer, options.verify));
    if (granted !== undefined && 'status' in granted) return granted;
    const body = await bodyOf(req, maxBodyBytes);
    if (body === undefined) return said(413, 'Request Entity Too Large');

    const routeKey = route.path === '$default' ? route.path : `${route.method} ${route.path}`;
    const event = eventOf(req, {
      routeKey,
      parameters,
      path,
      query: mark < 0 ? '' : url.slice(mark + 1),
      body,
      claims: granted?.claims,
      scopes: route.authorizer?.scopes?.length ? [...route.authorizer.scopes] : null,
      requestId,
      now: now(),
      account: options.account ?? '000000000000',
    });
    return run(routeKey, requestId, async () => invoke(route.functionArn, event));
  };

  return {
    listener: (req, res) => {
      const requestId = randomUUID();
      answerTo(req, requestId)
        .catch((error: unknown) => {
          options.onFault?.({ error, route: `${req.method} ${req.url}`, requestId });
          return said(500, 'Internal Server Error');
        })
        .then((reply) =>
          write(req, res, reply, { ...corsHeaders(req, api.cors), 'apigw-requestid': requestId }),
        );
    },
    drain: async () => {
      const found = inFlight.size > 0;
      await Promise.allSettled(inFlight);
      return found;
    },
  };
};

const LATE = Symbol('late');

const write = (
  req: IncomingMessage,
  res: ServerResponse,
  reply: Reply,
  more: Record<string, string>,
): void => {
  const bodiless = reply.status === 204 || reply.status === 304 || req.method === 'HEAD';
  res.writeHead(reply.status, {
    ...reply.headers,
    ...more,
    ...(reply.status !== 204 && { 'content-length': Buffer.byteLength(reply.body) }),
  });
  res.end(bodiless ? undefined : reply.body);
  // A body nobody reads would keep the connection from its next request.
  if (!req.readableEnded) req.resume();
};

const authorize = async (
  req: IncomingMessage,
  authorizer: Authorizer,
  verify: FrontOptions['verify'],
): Promise<{ claims: Record<string, unknown> } | Reply> => {
  const [, token] = /^(?:Bearer )?(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  if (token === undefined) return said(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  let claims: Record<string, unknown>;
  try {
    claims = await verify(token, authorizer);
  } catch {
    return said(401, 'Unauthorized', { 'www-authenticate': 'Bearer scope="" error="invalid_token"' });
  }
  const granted = String(claims.scope ?? claims.scp ?? '').split(' ');
  const wanted = authorizer.scopes ?? [];
  if (wanted.length === 0 || wanted.some((scope) => granted.includes(scope))) return { claims };
  const scope = `Bearer scope="${wanted.join(' ')}" error="insufficient_scope"`;
  return said(403, 'Forbidden', { 'www-authenticate': scope });
};

/** Undefined when it is longer than `maxBytes`. */
const bodyOf = async (req: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> => {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) resolve(undefined);
      else chunks.push(chunk);
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', reject);
  });
};

/** A bucket of `burst` tokens that fills at `rate` a second. */
const createThrottle = (throttle: Throttle | undefined, monotonicMs: () => number): (() => boolean) => {
  if (throttle === undefined) return () => true;
  let tokens = throttle.burst;
  let seen = monotonicMs();
  return () => {
    const at = monotonicMs();
    tokens = Math.min(throttle.burst, tokens + ((at - seen) / 1_000) * throttle.rate);
    seen = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
