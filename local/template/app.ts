import { compilePattern } from '../bus/pattern.ts';
import type { Json } from '../bus/pattern-refused.ts';
import type { Rule } from '../bus/rule.ts';
import type { Cors } from '../http/cors.ts';
import type { Authorizer, Route, Throttle } from '../http/front.ts';
import { type AsyncPolicy, asyncDefaults } from '../lambda/asynchronous.ts';
import type { HostedFunction } from '../lambda/host.ts';
import type { ReceiptRule } from '../mail/inbound.ts';
import type { TableDefinition } from '../table/create.ts';
import type { Mapping } from '../table/mapping.ts';
import type { StreamRecord } from '../table/stream.ts';
import type { LoadedTemplate, Resource } from './load.ts';
import type { Part } from './parts.ts';
import { type Problem, UnsupportedTemplate } from './unsupported.ts';

/** What the parts of the runtime are told by the template, each in its own words. */
export type App = {
  tables: TableDefinition[];
  functions: (HostedFunction & {
    logicalId: string;
    environment: Record<string, string>;
    asynchronous: AsyncPolicy;
  })[];
  mappings: Mapping[];
  rules: Rule[];
  buses: string[];
  schedules: Record<string, unknown>[];
  scheduleGroups: string[];
  api: { routes: Route[]; cors?: Cors | undefined; throttle?: Throttle | undefined };
  buckets: string[];
  queues: { name: string; attributes: Record<string, string> }[];
  topics: { name: string; subscriptions: { queue: string; attributes: Record<string, string> }[] }[];
  mail: {
    identities: string[];
    outcomes: { configurationSet: string; types: string[] }[];
    /** for which letters that come where they are put, and who is called */
    receipts: ReceiptRule[];
  };
};

const lastOf = (arn: string): string => arn.split(':').at(-1) ?? arn;

/**
 * Puts the template into the words of the runtime's parts.
 *
 * @throws {UnsupportedTemplate} when resources do not fit together
 */
export const appOf = (template: LoadedTemplate): App => {
  const problems: Problem[] = [];
  const refuse = ({ logicalId, type }: Resource, property: string, reason: string) =>
    void problems.push({ logicalId, type, property, reason });

  const app: App = {
    tables: [...template.all('AWS::DynamoDB::Table'), ...template.all('AWS::DynamoDB::GlobalTable')].map(
      ({ properties, ref }) => ({ ...properties, TableName: ref }),
    ),
    functions: functionsOf(template, refuse),
    mappings: mappingsOf(template, refuse),
    rules: template.all('AWS::Events::Rule').map(ruleOf),
    buses: template.all('AWS::Events::EventBus').map(({ arn }) => arn),
    schedules: template
      .all('AWS::Scheduler::Schedule')
      .map(({ properties, logicalId }) => ({ Name: logicalId, ...properties })),
    scheduleGroups: template.all('AWS::Scheduler::ScheduleGroup').map(({ ref }) => ref),
    api: apiOf(template, refuse),
    buckets: template.all('AWS::S3::Bucket').map(({ ref }) => ref),
    queues: template.all('AWS::SQS::Queue').map(({ arn, properties }) => ({
      name: lastOf(arn),
      attributes: queueAttributes(properties),
    })),
    topics: template.all('AWS::SNS::Topic').map(({ arn }) => ({
      name: lastOf(arn),
      subscriptions: template
        .all('AWS::SNS::Subscription')
        .filter(({ properties }) => properties.TopicArn === arn && properties.Protocol === 'sqs')
        .map(({ properties }) => ({
          queue: lastOf(properties.Endpoint),
          attributes: {
            ...(properties.RawMessageDelivery === true ? { RawMessageDelivery: 'true' } : {}),
            ...(properties.FilterPolicy === undefined
              ? {}
              : { FilterPolicy: JSON.stringify(properties.FilterPolicy) }),
          },
        })),
    })),
    mail: {
      identities: template.all('AWS::SES::EmailIdentity').map(({ ref }) => ref),
      outcomes: template
        .all('AWS::SES::ConfigurationSetEventDestination')
        .filter(({ properties }) => properties.EventDestination.Enabled)
        .map(({ properties }) => ({
          configurationSet: properties.ConfigurationSetName,
          types: properties.EventDestination.MatchingEventTypes,
        })),
      receipts: template
        .all('AWS::SES::ReceiptRule')
        .filter(({ properties }) => properties.Rule.Enabled)
        .map(({ properties: { Rule } }) => {
          const [{ S3Action }, { LambdaAction }] = Rule.Actions;
          return {
            recipients: Rule.Recipients,
            bucket: S3Action.BucketName,
            prefix: S3Action.ObjectKeyPrefix,
            functionArn: LambdaAction.FunctionArn,
          };
        }),
    },
  };
  if (problems.length > 0) throw new UnsupportedTemplate(problems);
  return app;
};

type Refuse = (resource: Resource, property: string, reason: string) => void;

const functionsOf = (template: LoadedTemplate, refuse: Refuse): App['functions'] => {
  const configs = template.all('AWS::Lambda::EventInvokeConfig');
  return template.all('AWS::Lambda::Function').map((resource) => {
    const { logicalId, ref, arn, properties, metadata } = resource;
    const { Entry, Handler = 'handler' } = metadata;
    if (typeof Entry !== 'string') {
      refuse(
        resource,
        'Metadata.Entry',
        'names no source; give the path of the handler from the root of the repository',
      );
    }
    const config = configs.find(({ properties: { FunctionName } }) =>
      [ref, arn].includes(FunctionName),
    )?.properties;
    return {
      logicalId,
      name: ref,
      arn,
      entry: String(Entry),
      handler: String(Handler),
      timeoutSeconds: properties.Timeout,
      environment: properties.Environment?.Variables ?? {},
      asynchronous: {
        maximumRetryAttempts: config?.MaximumRetryAttempts ?? asyncDefaults.maximumRetryAttempts,
        maximumEventAgeSeconds: config?.MaximumEventAgeInSeconds ?? asyncDefaults.maximumEventAgeSeconds,
        onFailureArn: config?.DestinationConfig?.OnFailure?.Destination,
        dlqArn: properties.DeadLetterConfig?.TargetArn,
      },
    };
  });
};

const mappingsOf = (template: LoadedTemplate, refuse: Refuse): Mapping[] =>
  template.all('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const { logicalId, properties } = resource;
    const tableName = /:table\/([^/]+)\/stream\//.exec(properties.EventSourceArn)?.[1];
    if (tableName === undefined) {
      refuse(
        resource,
        'EventSourceArn',
        `${properties.EventSourceArn} is no stream of a table; queues are not read by functions here`,
      );
      return [];
    }
    if (properties.StartingPosition === undefined)
      refuse(resource, 'StartingPosition', 'is required for a stream');
    if (!properties.Enabled) return [];
    const filters = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
      compilePattern(JSON.parse(Pattern)),
    );
    const orInfinite = (value: number) => (value < 0 ? Number.POSITIVE_INFINITY : value);
    return {
      id: logicalId,
      tableName,
      functionName: properties.FunctionName,
      batchSize: properties.BatchSize ?? 100,
      startingPosition: properties.StartingPosition ?? 'TRIM_HORIZON',
      reportBatchItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      bisect: properties.BisectBatchOnFunctionError,
      maximumRetryAttempts: orInfinite(properties.MaximumRetryAttempts),
      maximumRecordAgeSeconds: orInfinite(properties.MaximumRecordAgeInSeconds),
      matches: (record: StreamRecord) =>
        filters.length === 0 || filters.some((matches) => matches(record as unknown as Json)),
      onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
    };
  });

const ruleOf = ({ ref, properties }: Resource<'AWS::Events::Rule'>): Rule => ({
  name: ref,
  busArn: properties.EventBusName,
  pattern: properties.EventPattern,
  schedule: properties.ScheduleExpression,
  state: properties.State,
  targets: properties.Targets.map((target) => ({
    id: target.Id,
    arn: target.Arn,
    input: target.Input,
    inputPath: target.InputPath,
    inputTransformer:
      target.InputTransformer === undefined
        ? undefined
        : {
            inputPathsMap: target.InputTransformer.InputPathsMap,
            inputTemplate: target.InputTransformer.InputTemplate,
          },
    dlqArn: target.DeadLetterConfig?.Arn,
    retry:
      target.RetryPolicy === undefined
        ? undefined
        : {
            ...(target.RetryPolicy.MaximumRetryAttempts === undefined
              ? {}
              : { maximumRetryAttempts: target.RetryPolicy.MaximumRetryAttempts }),
            ...(target.RetryPolicy.MaximumEventAgeInSeconds === undefined
              ? {}
              : { maximumEventAgeSeconds: target.RetryPolicy.MaximumEventAgeInSeconds }),
          },
  })),
});

const apiOf = (template: LoadedTemplate, refuse: Refuse): App['api'] => {
  const apis = template.all('AWS::ApiGatewayV2::Api');
  const [api, second] = apis;
  if (second !== undefined) refuse(second, '', 'is the second HTTP API; one address serves one of them');
  const integrations = new Map(
    template.all('AWS::ApiGatewayV2::Integration').map((one) => [one.ref, one.properties]),
  );
  const authorizers = new Map(
    template.all('AWS::ApiGatewayV2::Authorizer').map((one) => [one.ref, one.properties]),
  );

  const stage = template.all('AWS::ApiGatewayV2::Stage')[0]?.properties;

  const routes = template.all('AWS::ApiGatewayV2::Route').flatMap((resource): Route[] => {
    const { RouteKey, Target, AuthorizationType, AuthorizerId, AuthorizationScopes } = resource.properties;
    const [method = '', path = '$default'] = RouteKey === '$default' ? ['ANY'] : RouteKey.split(' ');
    const integration = integrations.get(Target.replace('integrations/', ''));
    if (integration === undefined) {
      refuse(resource, 'Target', `${Target} is no integration of the template`);
      return [];
    }
    const known = authorizers.get(AuthorizerId ?? '');
    if (AuthorizationType === 'JWT' && known === undefined) {
      refuse(resource, 'AuthorizerId', `${AuthorizerId} is no authorizer of the template`);
    }
    return [
      {
        method,
        path,
        functionArn: integration.IntegrationUri,
        authorizer: authorizerOf(known, AuthorizationScopes),
        throttle: throttleOf(stage?.RouteSettings[RouteKey]),
      },
    ];
  });

  const cors = api?.properties.CorsConfiguration;
  return {
    routes,
    cors:
      cors === undefined
        ? undefined
        : {
            allowOrigins: cors.AllowOrigins,
            allowMethods: cors.AllowMethods,
            allowHeaders: cors.AllowHeaders,
            exposeHeaders: cors.ExposeHeaders,
            maxAge: cors.MaxAge,
            allowCredentials: cors.AllowCredentials,
          },
    throttle: throttleOf(stage?.DefaultRouteSettings),
  };
};

const throttleOf = (
  settings: Part<'AWS::ApiGatewayV2::Stage'>['DefaultRouteSettings'],
): Throttle | undefined => {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst = rate } = settings ?? {};
  return rate === undefined || burst === undefined ? undefined : { rate, burst };
};

const authorizerOf = (
  known: Part<'AWS::ApiGatewayV2::Authorizer'> | undefined,
  scopes: string[] | undefined,
): Authorizer | undefined =>
  known === undefined
    ? undefined
    : { issuer: known.JwtConfiguration.Issuer, audience: known.JwtConfiguration.Audience, scopes };

const queueAttributes = (properties: Part<'AWS::SQS::Queue'>): Record<string, string> => {
  const { FifoQueue, VisibilityTimeout, DelaySeconds, RedrivePolicy, ContentBasedDeduplication } = properties;
  const all = { FifoQueue, VisibilityTimeout, DelaySeconds, RedrivePolicy, ContentBasedDeduplication };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
};
