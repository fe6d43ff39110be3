import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** What a function behind the HTTP API receives: payload format 2.0. */
export type HttpEvent = Omit<APIGatewayProxyEventV2, 'requestContext'> & {
  requestContext: APIGatewayProxyEventV2['requestContext'] & {
    authorizer?: { jwt: { claims: Record<string, string>; scopes: string[] | null } };
  };
};

/** Types whose bodies the API hands over as text; all others, forms among them, come in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.+-]+\+(json|xml)))/i;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Builds the event of one request.
 *
 * @param options.claims - of the verified token; the API gives functions every claim as text, a list as `[a b]`
 */
export const eventOf = (
  req: IncomingMessage,
  options: {
    routeKey: string;
    parameters: Record<string, string>;
    path: string;
    query: string;
    body: Buffer;
    claims: Record<string, unknown> | undefined;
    scopes: string[] | null;
    requestId: string;
    now: Date;
    account: string;
  },
): HttpEvent => {
  const { path, query, now, body, claims, routeKey } = options;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (name === 'cookie' || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const sourceIp = req.socket.remoteAddress ?? '127.0.0.1';
  headers['x-forwarded-for'] = headers['x-forwarded-for']
    ? `${headers['x-forwarded-for']}, ${sourceIp}`
    : sourceIp;
  headers['x-forwarded-port'] ??= String(req.socket.localPort ?? '');
  headers['x-forwarded-proto'] ??= 'http';
  const host = headers.host ?? 'localhost';
  const text = body.length > 0 && TEXT.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(req.headers.cookie !== undefined && { cookies: req.headers.cookie.split(/;\s*/) }),
    headers,
    ...(query !== '' && { queryStringParameters: queryOf(query) }),
    ...(Object.keys(options.parameters).length > 0 && { pathParameters: options.parameters }),
    requestContext: {
      accountId: options.account,
      apiId: 'local',
      ...(claims !== undefined && {
        authorizer: { jwt: { claims: claimsOf(claims), scopes: options.scopes } },
      }),
      domainName: host,
      domainPrefix: host.split(/[.:]/)[0] ?? host,
      http: {
        method: req.method ?? 'GET',
        path,
        protocol: `HTTP/${req.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: options.requestId,
      routeKey,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
};

/** A name given twice has its values joined by commas. */
const queryOf = (query: string): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = values[name] === undefined ? value : `${values[name]},${value}`;
  }
  return values;
};

const claimsOf = (claims: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : textOf(value),
    ]),
  );

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** `12/Mar/2026:19:03:58 +0000` */
const logTime = (at: Date): string => {
  const iso = at.toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[at.getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};
