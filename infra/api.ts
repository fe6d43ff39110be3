import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws, CfnOutput, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Endpoint, Service } from '../schemas/api/endpoint.ts';
import { fn } from './constructs/fn.ts';
import type { Right } from './constructs/rights.ts';
import { type Ground, readsSecret, readsTable, writesTable } from './ground.ts';
import type { Stage } from './stage.ts';

export type Endpoints = Readonly<
  Record<string, Pick<Endpoint, 'method' | 'path' | 'service' | 'public' | 'callback' | 'raw'>>
>;
export type HttpApi = { readonly id: string; readonly functions: readonly IFunction[] };

/** The HTTP API itself, and the origin it is reached under. It knows no function, so that every function may be told of it. */
export const address = (scope: Construct, stage: Stage): { made: CfnApi; publicUrl: string } => {
  const made = new CfnApi(scope, 'Http', {
    name: stage.prefix,
    protocolType: 'HTTP',
    corsConfiguration: {
      allowOrigins: [...stage.origins],
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: ['authorization', 'content-type', 'if-match', 'idempotency-key'],
      exposeHeaders: ['etag', 'location', 'retry-after'],
      maxAge: 3600,
    },
  });
  return {
    made,
    publicUrl: stage.domain === undefined ? made.attrApiEndpoint : `https://${stage.domain.name}`,
  };
};

/** What the HTTP API serves: one function a service, one route an endpoint, a bearer token wherever an endpoint is not public. */
export const api = (scope: Construct, ground: Ground, made: CfnApi, endpoints: Endpoints): HttpApi => {
  const { stage, access } = ground;
  const authorizer = new CfnAuthorizer(scope, 'SignedIn', {
    apiId: made.ref,
    name: 'signed-in',
    authorizerType: 'JWT',
    identitySource: ['$request.header.Authorization'],
    jwtConfiguration: { issuer: access.issuer, audience: [access.client.userPoolClientId] },
  });
  const functions = services(scope, ground);
  const integrations = new Map(
    Object.entries(functions).map(([service, by]) => [service, integrationOf(scope, made, service, by)]),
  );
  const routes = Object.entries(endpoints).map(
    ([name, { method, path, service, public: open, callback, raw }]) => {
      const integration = integrations.get(service);
      if (integration === undefined) {
        throw new Error(
          `endpoint ${name}: no service "${service}"; services are ${[...integrations.keys()].join(', ')}`,
        );
      }
      const route = new CfnRoute(scope, `Route ${name}`, {
        apiId: made.ref,
        routeKey: `${method} ${path}`,
        target: `integrations/${integration.ref}`,
        ...(open
          ? { authorizationType: 'NONE' }
          : { authorizationType: 'JWT', authorizerId: authorizer.ref }),
      });
      if (open) {
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'The endpoint is declared public in schemas/api: it shows nothing of a company, or checks its caller itself.',
        });
      }
      return { limits: callback ? callbacks : raw ? pages : open ? documents : undefined, route };
    },
  );
  served(scope, stage, made, routes);
  new CfnOutput(scope, 'Url', { value: made.attrApiEndpoint });
  return { id: made.ref, functions: Object.values(functions) };
};

const services = (scope: Construct, ground: Ground): Record<Service, IFunction> => {
  const service = (name: Service, folder: string, rights: readonly Right[]): IFunction =>
    fn(scope, ground, name, {
      entry: `functions/${folder}/api.handler.ts`,
      timeoutSeconds: 29, // the gateway itself gives up at 30
      memoryMegabytes: 512,
      rights,
    });
  return {
    deals: service('deals', 'deals', [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'links'),
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resources: [ground.files.arnForObjects('files/*')],
        because:
          'It signs links to the files of any deal, after it has checked the right to that deal, and erases those of a person.',
      },
      {
        actions: ['s3:DeleteObject'],
        resources: [ground.files.arnForObjects('mail/*')],
        because: 'It erases letters of a person as they came.',
      },
    ]),
    tasks: service('tasks', 'tasks', [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      {
        actions: ['s3:GetObject'],
        resources: [ground.files.arnForObjects('files/*')],
        because: 'A task that asks for photos is closed once they lie there, whichever deal they belong to.',
      },
    ]),
    ledger: service('ledger', 'ledger', writesTable(ground, 'g1', 'g2', 'g3')),
    contacts: service('contacts', 'contacts', writesTable(ground, 'g1', 'g2', 'g3')),
    admin: service('admin', 'admin', writesTable(ground, 'g1', 'g2', 'g3')),
    inbox: service('inbox', 'notify', writesTable(ground, 'g1', 'g2', 'g3')),
    'reports-api': service('reports-api', 'reports', readsTable(ground, 'g1', 'g2', 'g3')),
    payments: service('payments', 'payments', [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'robokassa', 'links'),
    ]),
    delivery: service('delivery', 'delivery', [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'cdek'),
    ]),
    outbox: service('outbox', 'outbox', [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'links', 'sms'),
    ]),
    pages: service('pages', 'pages', [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'robokassa', 'links'),
      {
        actions: ['s3:GetObject'],
        resources: [ground.files.arnForObjects('files/*')],
        because: 'A client reads the documents of the deal whose link they hold, whichever deal that is.',
      },
    ]),
  };
};

const integrationOf = (scope: Construct, { ref }: CfnApi, service: string, by: IFunction): CfnIntegration => {
  new CfnPermission(scope, `Call ${service}`, {
    action: 'lambda:InvokeFunction',
    functionName: by.functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: Fn.join('', [
      `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:`,
      ref,
      '/*/*',
    ]),
  });
  return new CfnIntegration(scope, `To ${service}`, {
    apiId: ref,
    integrationType: 'AWS_PROXY',
    integrationUri: by.functionArn,
    payloadFormatVersion: '2.0',
  });
};

/** Requests a second in the long run, and at once. */
type Limits = { readonly throttlingRateLimit: number; readonly throttlingBurstLimit: number };

/** A person's clicks never come near these; a loop gone wild or a scan does. Public routes have far less. */
const usual: Limits = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };
const documents: Limits = { throttlingRateLimit: 10, throttlingBurstLimit: 20 };
/** All clients together look at their orders. */
const pages: Limits = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };
/** A provider that was away tells everything at once; a callback that is turned away comes again, but late. */
const callbacks: Limits = { throttlingRateLimit: 200, throttlingBurstLimit: 500 };

const served = (
  scope: Construct,
  stage: Stage,
  { ref }: CfnApi,
  routes: readonly { readonly limits: Limits | undefined; readonly route: CfnRoute }[],
): void => {
  const logs = new LogGroup(scope, 'AccessLogs', {
    logGroupName: `/aws/vendedlogs/api/${stage.prefix}`,
    retention: stage.logDays,
    removalPolicy: stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const gate = new CfnStage(scope, 'Stage', {
    apiId: ref,
    stageName: '$default',
    autoDeploy: true,
    defaultRouteSettings: usual,
    routeSettings: Object.fromEntries(
      routes.flatMap(({ route, limits }) =>
        limits === undefined
          ? []
          : [
              [
                route.routeKey,
                {
                  ThrottlingRateLimit: limits.throttlingRateLimit,
                  ThrottlingBurstLimit: limits.throttlingBurstLimit,
                },
              ],
            ],
      ),
    ),
    accessLogSettings: {
      destinationArn: logs.logGroupArn,
      // No address and no token: the caller is the subject, the rest is found by the request's id.
      format: JSON.stringify({
        requestId: '$context.requestId',
        at: '$context.requestTimeEpoch',
        route: '$context.routeKey',
        path: '$context.path',
        status: '$context.status',
        milliseconds: '$context.responseLatency',
        subject: '$context.authorizer.claims.sub',
        error: '$context.error.message',
        integrationError: '$context.integrationErrorMessage',
      }),
    },
  });
  // Settings of a route that is not there yet are refused.
  for (const { route } of routes.filter((one) => one.limits !== undefined)) gate.addResourceDependency(route);
};
