import type { IncomingMessage } from 'node:http';
import type { Reply } from './reply.ts';

/** The CORS configuration of an HTTP API. */
export type Cors = {
  allowOrigins?: readonly string[] | undefined;
  allowMethods?: readonly string[] | undefined;
  allowHeaders?: readonly string[] | undefined;
  exposeHeaders?: readonly string[] | undefined;
  maxAge?: number | undefined;
  allowCredentials?: boolean | undefined;
};

/** The API answers a preflight itself, whether or not a route takes OPTIONS. */
export const preflightOf = (req: IncomingMessage, cors: Cors | undefined): Reply | undefined => {
  const asked = req.headers['access-control-request-method'];
  if (
    cors === undefined ||
    req.method !== 'OPTIONS' ||
    req.headers.origin === undefined ||
    asked === undefined
  ) {
    return undefined;
  }
  const allowed = corsHeaders(req, cors);
  if (allowed['access-control-allow-origin'] === undefined) return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...allowed,
      'access-control-allow-methods': (cors.allowMethods ?? []).join(','),
      'access-control-allow-headers': (cors.allowHeaders ?? []).join(','),
      ...(cors.maxAge !== undefined && { 'access-control-max-age': String(cors.maxAge) }),
    },
    body: '',
  };
};

/** Headers added to every answer; a configured API overrides what a function says of CORS. */
export const corsHeaders = (req: IncomingMessage, cors: Cors | undefined): Record<string, string> => {
  const { origin } = req.headers;
  if (cors === undefined || origin === undefined) return {};
  const any = cors.allowOrigins?.includes('*') ?? false;
  if (!any && !cors.allowOrigins?.some((allowed) => covers(allowed, origin))) return {};
  return {
    'access-control-allow-origin': any && !cors.allowCredentials ? '*' : origin,
    ...(cors.allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.exposeHeaders?.length && { 'access-control-expose-headers': cors.exposeHeaders.join(',') }),
    vary: 'origin',
  };
};

const covers = (allowed: string, origin: string): boolean =>
  allowed === origin ||
  (['http://*', 'https://*'].includes(allowed) && origin.startsWith(allowed.slice(0, -1)));
