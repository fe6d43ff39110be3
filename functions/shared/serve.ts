import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { Endpoint, Raw, Service } from '../../schemas/api/endpoint.ts';
import { type Api, api, type EndpointName } from '../../schemas/api/index.ts';
import type { Company } from '../access/company.ts';
import { firstAdministrator } from '../access/first-administrator.ts';
import { type Reader, readerOf } from '../access/rights.ts';
import { clock } from './clock.ts';
import { BadInput, Forbidden, NotFound, problem, Unauthorised, VoronkaError } from './errors.ts';
import { log } from './log.ts';
import { observed } from './observed.ts';
import { theCompany } from './ports.ts';
import { type RawAnswer, type RawRequest, rawAnswer, rawProblem, rawRequest } from './raw.ts';
import { securityHeaders } from './security-headers.ts';

type Of<S extends Service> = { [N in EndpointName]: Api[N]['service'] extends S ? N : never }[EndpointName];

/** One request, parsed and signed in. */
export type Call<N extends EndpointName> = {
  readonly params: z.output<Api[N]['params']>;
  readonly query: z.output<Api[N]['query']>;
  readonly body: z.output<Api[N]['body']>;
  readonly reader: Reader;
  readonly company: Company;
  readonly now: Date;
  /** of the `Idempotency-Key` header, made this person's and this command's own */
  readonly key: string | undefined;
  /** of the `If-Match` header */
  readonly version: number | undefined;
};

/** One request of a raw endpoint: its path is parsed, of what came nothing is believed yet. */
export type RawCall<N extends EndpointName> = Pick<Call<N>, 'params' | 'company' | 'now'> & {
  readonly raw: RawRequest;
};

/** An endpoint of shapes parses and answers JSON, a raw one reads bytes and answers a page or a word. */
export type Handlers<S extends Service> = {
  [N in Of<S>]: Api[N] extends Raw
    ? (call: RawCall<N>) => Promise<RawAnswer>
    : (call: Call<N>) => Promise<z.input<Api[N]['answer']>>;
};

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Answer = APIGatewayProxyStructuredResultV2;

/** Deals, texts and lines of goods fit in a fraction of this; files go elsewhere. */
const maxBodyBytes = 262_144;

/** How much the widest of shapes that are too small for it has room for. */
const roomOf = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map((issue) => (issue.code === 'too_big' ? Number(issue.maximum) : 0)));

/** What is wrong with a value of several possible shapes: what the shape it comes nearest to misses. */
const nearest = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const [near] = issue.errors
    .filter((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0))
    .sort((one, other) => one.length - other.length || roomOf(other) - roomOf(one));
  if (near === undefined) return [issue];
  return near.slice(0, 5).flatMap((one) => nearest({ ...one, path: [...issue.path, ...one.path] }));
};

const parsed = <T extends z.ZodType>(shape: T, given: unknown, where: string): z.output<T> => {
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(nearest).map((issue) => ({
    path: [where, ...issue.path].join('.'),
    message: issue.message,
  }));
  throw new BadInput(problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    details: { problems },
  });
};

const jsonBody = (event: Event): unknown => {
  if (event.body === undefined || event.body === '') return {};
  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
  if (Buffer.byteLength(text) > maxBodyBytes)
    throw new BadInput(
      `body: ${Buffer.byteLength(text)} bytes given, at most ${maxBodyBytes} are read; send files by /v1/deals/{id}/files`,
    );
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadInput('body: not JSON; send a JSON object with content-type application/json', { cause });
  }
};

const readerIn = (event: Event, company: Company): Reader => {
  const claims = event.requestContext.authorizer?.jwt?.claims ?? {};
  const { sub: subject, token_use: use } = claims;
  if (typeof subject !== 'string')
    throw new Unauthorised('no token; sign in and send it as Authorization: Bearer …');
  // An identity token says who somebody is to the page that asked; it is read by more parties than an access token.
  if (use !== undefined && use !== 'access')
    throw new Unauthorised(`this is a token for ${use}; send the access token of the same sign-in`);
  const user = company.users.get(subject);
  if (user?.active === true) return readerOf(user, company);
  const first = user === undefined ? firstAdministrator(claims, company) : undefined;
  if (first !== undefined) return first;
  throw new Forbidden(
    'you are signed in, but nobody of that name works here; ask an administrator to add you',
  );
};

const versionIn = (header: string | undefined): number | undefined => {
  if (header === undefined) return undefined;
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1];
  if (digits === undefined)
    throw new BadInput(`If-Match: given ${header}; send the version you read, such as "7"`);
  return Number(digits);
};

const nobody: Reader = {
  user: { id: 'nobody', name: 'nobody', roles: [], language: 'en', channels: [], active: false } as never,
  roles: [],
  homes: new Map(),
};

const answerTo = (endpoint: Endpoint, value: unknown): Answer => {
  const version =
    typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  return {
    statusCode: endpoint.status ?? 200,
    headers: {
      ...securityHeaders,
      'content-type': 'application/json',
      ...(typeof version === 'number' ? { etag: `"${version}"` } : {}),
    },
    body: JSON.stringify(value),
  };
};

/** Errors as RFC 9457 problem details; what we broke is logged and not shown. */
const problems = (isRaw: (route: string) => boolean): middy.MiddlewareObj<Event, Answer> => ({
  onError: (request) => {
    const body = problem(request.error);
    const route = request.event.routeKey;
    if (body.status >= 500) log.error({ route, error: request.error }, 'request failed');
    else log.info({ route, type: body.type }, 'request refused');
    if (isRaw(route)) {
      request.response = rawAnswer(rawProblem(request.error));
      return;
    }
    request.response = {
      statusCode: body.status,
      headers: {
        ...securityHeaders,
        'content-type': 'application/problem+json',
        ...(request.error instanceof VoronkaError && request.error.retryAfterSeconds !== undefined
          ? { 'retry-after': String(request.error.retryAfterSeconds) }
          : {}),
      },
      body: JSON.stringify(body),
    };
  },
});

/** A Lambda handler for all endpoints of one service: finds the endpoint, parses, signs in, answers. */
export const serve = <S extends Service>(service: S, handlers: Handlers<S>) => {
  const routes = new Map(
    (Object.entries(api) as [EndpointName, Endpoint][])
      .filter(([, endpoint]) => endpoint.service === service)
      .map(([name, endpoint]) => [`${endpoint.method} ${endpoint.path}`, { name, endpoint }]),
  );
  const handle = async (event: Event): Promise<Answer> => {
    const route = routes.get(event.routeKey);
    if (route === undefined) throw new NotFound(`no route ${event.routeKey}`);
    const { name, endpoint } = route;
    const company = await theCompany();
    const params = parsed(endpoint.params, event.pathParameters ?? {}, 'path');
    // The map pairs each name with the handler of that name; only the compiler cannot follow it through the lookup.
    const handler = handlers[name as Of<S>] as unknown as (call: unknown) => Promise<unknown>;
    if (endpoint.raw !== undefined) {
      const raw = rawRequest(event, endpoint.raw.maxBytes);
      return rawAnswer((await handler({ params, raw, company, now: clock.now() })) as RawAnswer);
    }
    const reader = endpoint.public === true ? nobody : readerIn(event, company);
    const header = event.headers['idempotency-key'];
    if (header !== undefined && !/^[\x21-\x7e]{1,100}$/.test(header))
      throw new BadInput('Idempotency-Key: send 1 to 100 visible ASCII characters');
    const call = {
      params,
      query: parsed(endpoint.query, event.queryStringParameters ?? {}, 'query'),
      body: parsed(endpoint.body, jsonBody(event), 'body'),
      reader,
      company,
      now: clock.now(),
      key: header === undefined ? undefined : `${reader.user.id}:${name}:${header}`,
      version: versionIn(event.headers['if-match']),
    };
    return answerTo(endpoint, await handler(call));
  };
  return observed<Event, Answer>(
    middy<Event, Answer>(handle).use(problems((route) => routes.get(route)?.endpoint.raw !== undefined)),
  );
};
