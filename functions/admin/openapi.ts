import * as z from 'zod';
import { CompanyView } from '../../schemas/api/companies.ts';
import { ParcelView } from '../../schemas/api/delivery.ts';
import type { Endpoint } from '../../schemas/api/endpoint.ts';
import {
  api,
  CardView,
  DealView,
  FieldChanges,
  FileView,
  MessageView,
  TaskView,
} from '../../schemas/api/index.ts';
import { LetterView } from '../../schemas/api/intake.ts';
import { OutboxDetail, OutboxEntry } from '../../schemas/api/outbox.ts';
import { PaymentDone, PaymentView } from '../../schemas/api/payments.ts';
import { SearchHit } from '../../schemas/api/search.ts';
import { TrackingView } from '../../schemas/api/tracking.ts';
import { WebhookView, WebhookWithSecret } from '../../schemas/api/webhooks.ts';
import { Company, Contact, Product } from '../../schemas/contact.ts';
import { FileRef, Line } from '../../schemas/deal.ts';
import { FedEvent } from '../../schemas/fed-event.ts';
import { Comment, FeedEntry } from '../../schemas/feed.ts';
import { LedgerEntry } from '../../schemas/ledger.ts';
import { Notification } from '../../schemas/message.ts';
import { MigrationEffect, MigrationPlan, OutdatedDeal } from '../../schemas/migration.ts';
import { Money } from '../../schemas/money.ts';
import { DirectoryEntry, Setting } from '../../schemas/pack.ts';
import { Role, User } from '../../schemas/people.ts';
import { Due, Rung, Who } from '../../schemas/pipeline.ts';
import { Reminder } from '../../schemas/reminder.ts';
import { Text } from '../../schemas/text.ts';

type Json = { [name: string]: unknown };

const refusal = z.object({
  path: z.string().describe('the field of the form it belongs to, such as `fields.lossReason`'),
  code: z.string(),
  message: z.object({ ru: z.string(), en: z.string(), ro: z.string().optional() }),
});

/** RFC 9457; `type` is stable, a client may switch on it. */
const Problem = z.looseObject({
  type: z.string().describe('`urn:voronka:problem:…`, stable for ever'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  refusals: z.array(refusal).optional().describe('422: everything that stands in the way, at once'),
  retryAfterSeconds: z.number().optional(),
});

/** Shapes that have a name of their own in the document. */
const named: Readonly<Record<string, z.ZodType>> = {
  Deal: DealView,
  Parcel: ParcelView,
  Card: CardView,
  Task: TaskView,
  File: FileView,
  Payment: PaymentView,
  PaymentDone,
  Tracking: TrackingView,
  FileRef,
  FieldChanges,
  Line,
  FeedEntry,
  Comment,
  LedgerEntry,
  Money,
  Contact,
  Company,
  CompanyView,
  Product,
  Notification,
  OutgoingMessage: MessageView,
  User,
  Role,
  Setting,
  DirectoryEntry,
  SearchHit,
  Reminder,
  Letter: LetterView,
  MigrationPlan,
  MigrationEffect,
  OutdatedDeal,
  OutboxEntry,
  OutboxDetail,
  Event: FedEvent,
  Webhook: WebhookView,
  WebhookWithSecret,
  Text,
  Who,
  Due,
  Rung,
  Problem,
};

const shorter = ({ jsonSchema }: { jsonSchema: Json }): void => {
  // The format says the same as the pattern of a date, in one word.
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
};

/** A place of the document, and a shape that is described there with references to the named ones. */
const describe = (
  shapes: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Record<string, Json> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(named)) registry.add(shape, { id });
  for (const [id, shape] of Object.entries(shapes)) if (!registry.has(shape)) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    override: shorter as never,
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      if (id === '__shared') throw new Error('openapi: a shape refers to itself; give it a name in `named`');
      const { $schema: _, $id: __, ...rest } = schema as Json;
      return [id, rest];
    }),
  );
};

const endpoints = Object.entries(api) as [string, Endpoint][];
const shaped = endpoints.filter(([, { raw }]) => raw === undefined);

const isEmpty = (shape: z.ZodType): boolean =>
  shape instanceof z.ZodObject && Object.keys(shape.shape).length === 0;

const nameOf = (shape: z.ZodType): string | undefined =>
  Object.entries(named).find(([, one]) => one === shape)?.[0];

const reference = (id: string): Json => ({ $ref: `#/components/schemas/${id}` });

const parameters = ({ params, query, method }: Endpoint): Json[] => {
  const of = (shape: z.ZodType, place: 'path' | 'query'): Json[] => {
    const { properties = {}, required = [] } = z.toJSONSchema(shape, {
      io: 'input',
      override: shorter as never,
    });
    return Object.entries(properties).map(([name, schema]) => ({
      name,
      in: place,
      required: required.includes(name),
      schema,
    }));
  };
  const header = (name: string, description: string): Json => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  return [
    ...of(params, 'path'),
    ...of(query, 'query'),
    ...(method === 'POST'
      ? [
          header(
            'Idempotency-Key',
            '1 to 100 visible ASCII characters; a repeat with the same key changes nothing',
          ),
        ]
      : []),
    ...(method === 'PATCH'
      ? [header('If-Match', 'the version that was read, from the `etag`; 409 if it is older')]
      : []),
  ];
};

const problems = (endpoint: Endpoint): [string, string][] => [
  ['400', 'The request is not well formed'],
  ...(endpoint.public === true
    ? []
    : ([
        ['401', 'Nobody is signed in'],
        ['403', 'The right is missing'],
      ] as [string, string][])),
  ['404', 'There is no such thing, or none that the caller may see'],
  ...(endpoint.method === 'GET'
    ? []
    : ([
        ['409', 'It has changed since it was read'],
        ['422', 'Something is missing or not allowed here'],
      ] as [string, string][])),
];

/** Pages and callbacks: what they read and answer is another company's or a browser's, and no shape of ours. */
const rawOperation = (name: string, endpoint: Endpoint): Json => ({
  operationId: name,
  tags: [name.split('.')[0]],
  summary: endpoint.summary,
  security: [],
  parameters: parameters({ ...endpoint, method: 'GET', query: z.object({}) }),
  ...(endpoint.method === 'GET' ? {} : { requestBody: { content: { '*/*': {} } } }),
  responses: {
    default: { description: 'A page or a word; an error as plain text', content: { 'text/*': {} } },
  },
});

const operation = (name: string, endpoint: Endpoint): Json => {
  if (endpoint.raw !== undefined) return rawOperation(name, endpoint);
  const { body, answer, status = 200 } = endpoint;
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: endpoint.summary,
    ...(endpoint.public === true ? { security: [] } : {}),
    parameters: parameters(endpoint),
    ...(isEmpty(body)
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference(`${name}.body`) } },
          },
        }),
    responses: {
      [status]: {
        description: 'Done',
        content: { 'application/json': { schema: reference(nameOf(answer) ?? `${name}.answer`) } },
      },
      ...Object.fromEntries(
        problems(endpoint).map(([code, description]) => [
          code,
          { description, content: { 'application/problem+json': { schema: reference('Problem') } } },
        ]),
      ),
    },
  };
};

/** What an input shape calls differently from an answer of the same name: defaults need not be given. */
const inputNames = (schemas: Record<string, Json>): Record<string, Json> =>
  JSON.parse(
    JSON.stringify(schemas).replace(
      new RegExp(`"#/components/schemas/(${Object.keys(named).join('|')})"`, 'g'),
      '"#/components/schemas/$1.input"',
    ),
  );

const bodies = (): Record<string, Json> => {
  const shapes = Object.fromEntries(
    shaped.filter(([, { body }]) => !isEmpty(body)).map(([name, { body }]) => [`${name}.body`, body]),
  );
  const described = inputNames(describe(shapes, 'input'));
  const text = JSON.stringify(described);
  return Object.fromEntries(
    Object.entries(described).flatMap(([id, schema]) => {
      if (named[id] === undefined) return [[id, schema]];
      return text.includes(`"#/components/schemas/${id}.input"`) ? [[`${id}.input`, schema]] : [];
    }),
  );
};

const build = (): Json => {
  const answers = describe(
    Object.fromEntries(shaped.map(([name, { answer }]) => [`${name}.answer`, answer])),
    'output',
  );
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of endpoints)
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operation(name, endpoint),
    };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Voronka',
      version: '1',
      description:
        'Deals, tasks and money of a company. Money is an integer of minor units, an instant is ISO 8601 in UTC, a day is a day of the company.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ signedIn: [] }],
    paths,
    components: {
      securitySchemes: { signedIn: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { ...answers, ...bodies() },
    },
  };
};

let built: Json | undefined;

/** The API as an OpenAPI 3.1 document, made from the same shapes that parse the requests. */
export const openApi = (): Json => {
  built ??= build();
  return built;
};
