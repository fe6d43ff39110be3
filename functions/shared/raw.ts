import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problem, TooLarge } from './errors.ts';
import { securityHeaders } from './security-headers.ts';

/** A request as it came, for an endpoint that reads it itself. Nothing of it is believed yet. */
export type RawRequest = {
  readonly bytes: Buffer;
  /** the bytes as UTF-8 */
  readonly text: string;
  /** without its parameters, in lower case: `application/x-www-form-urlencoded`; empty where none was sent */
  readonly contentType: string;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** of the address; names given twice are there twice */
  readonly query: URLSearchParams;
  readonly sourceIp: string;
};

/** What a raw endpoint answers. */
export type RawAnswer = {
  readonly status: number;
  /** `text/plain; charset=utf-8` */
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** of a page: the origins its forms may be sent to beside our own */
  readonly formsTo?: readonly string[];
};

/** Pages run no script and load nothing; only what is written in them says how they look. */
const pagePolicy = (formsTo: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    `form-action ${["'self'", ...formsTo].join(' ')}`,
    "frame-ancestors 'none'",
  ].join('; ');

/** @throws {TooLarge} for a body above the endpoint's limit */
export const rawRequest = (event: APIGatewayProxyEventV2, maxBytes: number): RawRequest => {
  const { body = '', isBase64Encoded, headers, rawQueryString } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes)
    throw new TooLarge(`body: ${bytes.length} bytes given, at most ${maxBytes} are read here`);
  return {
    bytes,
    text: bytes.toString('utf8'),
    contentType: (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    headers,
    query: new URLSearchParams(rawQueryString),
    sourceIp: event.requestContext.http.sourceIp,
  };
};

export const rawAnswer = ({
  status,
  contentType,
  body,
  headers = {},
  formsTo = [],
}: RawAnswer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    ...securityHeaders,
    ...(contentType.startsWith('text/html') ? { 'content-security-policy': pagePolicy(formsTo) } : {}),
    'content-type': contentType,
    ...headers,
  },
  body,
});

/** An error as text: whoever called gets to know what kind it is and nothing of what was sent. */
export const rawProblem = (error: unknown): RawAnswer => {
  const { status, title, retryAfterSeconds } = problem(error);
  return {
    status,
    contentType: 'text/plain; charset=utf-8',
    body: title,
    ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  };
};
