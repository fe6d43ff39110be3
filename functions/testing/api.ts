import './quiet.ts';

import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Endpoint, Service } from '../../schemas/api/endpoint.ts';
import { api } from '../../schemas/api/index.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { handler as admin } from '../admin/api.handler.ts';
import { handler as contacts } from '../contacts/api.handler.ts';
import { handler as deals } from '../deals/api.handler.ts';
import { handler as delivery } from '../delivery/api.handler.ts';
import { handler as ledger } from '../ledger/api.handler.ts';
import { handler as inbox } from '../notify/api.handler.ts';
import { handler as outbox } from '../outbox/api.handler.ts';
import { handler as reports } from '../reports/api.handler.ts';
import { useClock } from '../shared/clock.ts';
import { companyKey, configKey, contactKey } from '../shared/keys.ts';
import { useTable } from '../shared/ports.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { handler as tasks } from '../tasks/api.handler.ts';

/** What was answered: the status, the JSON, the version's tag, and all headers. */
export type Answer = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a body by comparing it
  body: any;
  etag: string | undefined;
  headers: Readonly<Record<string, unknown>>;
};

type Handler = (event: APIGatewayProxyEventV2WithJWTAuthorizer, context: never) => Promise<unknown>;

const handlers: Partial<Record<Service, unknown>> = {
  admin,
  contacts,
  deals,
  delivery,
  inbox,
  ledger,
  outbox,
  'reports-api': reports,
  tasks,
};

/** Those that few tests ask for, and that bring much along. */
const seldom: Partial<Record<Service, () => Promise<{ handler: unknown }>>> = {
  payments: () => import('../payments/api.handler.ts'),
  delivery: () => import('../delivery/api.handler.ts'),
  pages: () => import('../pages/api.handler.ts'),
};

const routes = (Object.values(api) as Endpoint[]).map(({ method, path, service }) => ({
  method,
  path,
  service,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** An event of API Gateway, payload 2.0, sent to the function that serves the route. */
export const send = async (
  user: string | undefined,
  method: string,
  address: string,
  {
    body,
    headers = {},
    claims,
  }: { body?: unknown; headers?: Record<string, string>; claims?: Record<string, string> } = {},
): Promise<Answer> => {
  const url = new URL(address, 'http://localhost');
  const route = routes.find((one) => one.method === method && one.pattern.test(url.pathname));
  if (route === undefined) throw new Error(`no route ${method} ${url.pathname}`);
  const query = Object.fromEntries(url.searchParams);
  const event = {
    version: '2.0',
    routeKey: `${method} ${route.path}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: { 'content-type': 'application/json', ...headers },
    pathParameters: { ...route.pattern.exec(url.pathname)?.groups },
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      http: { method, path: url.pathname, sourceIp: '127.0.0.1' },
      ...(user === undefined
        ? {}
        : { authorizer: { jwt: { claims: { sub: user, ...claims }, scopes: null } } }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  };
  const handle = (handlers[route.service] ?? (await seldom[route.service]?.())?.handler) as Handler;
  const answer = (await handle(
    event as unknown as APIGatewayProxyEventV2WithJWTAuthorizer,
    {} as never,
  )) as APIGatewayProxyStructuredResultV2;
  const etag = answer.headers?.etag;
  return {
    status: answer.statusCode ?? 200,
    body: String(answer.headers?.['content-type']).startsWith('text/')
      ? answer.body
      : JSON.parse(answer.body ?? 'null'),
    etag: typeof etag === 'string' ? etag : undefined,
    headers: answer.headers ?? {},
  };
};

/** Somebody at work: `pavel.post('/v1/deals', { … })`. */
export const as = (user: string | undefined) => ({
  get: (address: string) => send(user, 'GET', address),
  post: (address: string, body?: unknown, headers?: Record<string, string>) =>
    send(user, 'POST', address, { body, ...(headers && { headers }) }),
  patch: (address: string, body?: unknown, headers?: Record<string, string>) =>
    send(user, 'PATCH', address, { body, ...(headers && { headers }) }),
  put: (address: string, body?: unknown) => send(user, 'PUT', address, { body }),
});

const environment = {
  TABLE_NAME: 'test',
  BUS_NAME: 'test',
  BUCKET_NAME: 'files',
  MACHINE_ARN_PREFIX: 'arn:aws:states:eu-central-1:000000000000:stateMachine:test-',
  MAIL_FROM: 'crm@test.example',
  MAIL_CONFIGURATION_SET: 'test',
  MAIL_IN_DOMAIN: 'in.voronka.example',
  SCHEDULE_GROUP: 'test',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/test',
  DELIVER_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
  ALARM_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
  SECRET_PREFIX: 'test',
  PUBLIC_URL: 'https://crm.test.example',
};

const started = '2026-10-01T09:00:00.000Z';

/** Rows every test's company has: its people, one company and one contact. */
const rows: readonly Item[] = [
  ...industrial.people.map((user) => ({ ...configKey('user', user.id), row: 'user', ...user })),
  {
    ...companyKey('acme'),
    row: 'company',
    id: 'acme',
    name: 'Акме',
    extra: {},
    debtTotal: 0,
    version: 1,
    changedAt: started,
  },
  {
    ...contactKey('olga'),
    row: 'contact',
    id: 'olga',
    name: 'Ольга',
    email: 'olga@acme.example',
    language: 'ru',
    extra: {},
    version: 1,
    changedAt: started,
  },
];

/**
 * The demo company at work on a table, on a Thursday noon in Moscow. The clock stands; `later` puts it forward.
 */
export const office = async (table: Table) => {
  let now = new Date(started);
  useClock({ now: () => now });
  process.env = { ...environment, ...process.env };
  useTable(table);
  await table.batch(rows.map((put) => ({ put })));
  return {
    table,
    later: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    pavel: as('pavel'),
    semyon: as('semyon'),
    nina: as('nina'),
    galina: as('galina'),
    rita: as('rita'),
    artem: as('artem'),
    admin: as('admin'),
  };
};
