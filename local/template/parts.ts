import * as z from 'zod';

/** The properties of the resources that the runtime acts on. Strict to the last level: what is not here is refused. */

const text = z.string().min(1);
const whole = z.coerce.number().int();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
const destination = z.strictObject({ OnFailure: z.strictObject({ Destination: text }).optional() });

const key = z.array(z.strictObject({ AttributeName: text, KeyType: z.enum(['HASH', 'RANGE']) })).min(1);
const index = z.strictObject({
  IndexName: text,
  KeySchema: key,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(text).optional(),
  }),
});

const Table = z.object({
  TableName: text.optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: text, AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: key,
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z.strictObject({ StreamViewType: text }).optional(),
});

const EventTarget = z.strictObject({
  Id: text,
  Arn: text,
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: text }).optional(),
  RetryPolicy: z
    .strictObject({ MaximumRetryAttempts: whole.optional(), MaximumEventAgeInSeconds: whole.optional() })
    .optional(),
  RoleArn: z.string().optional(), // who may call whom is no question on one machine
});

const routeSettings = z.strictObject({
  ThrottlingRateLimit: z.number().optional(),
  ThrottlingBurstLimit: z.number().optional(),
  DetailedMetricsEnabled: z.boolean().optional(),
});

/** What each type's properties have to be; keys are those that `support` says are run. */
export const parts = {
  'AWS::ApiGatewayV2::Api': z.object({
    Name: text.optional(),
    ProtocolType: z.literal('HTTP'),
    CorsConfiguration: z
      .strictObject({
        AllowOrigins: z.array(text).optional(),
        AllowMethods: z.array(text).optional(),
        AllowHeaders: z.array(text).optional(),
        ExposeHeaders: z.array(text).optional(),
        MaxAge: whole.optional(),
        AllowCredentials: flag.optional(),
      })
      .optional(),
  }),
  'AWS::ApiGatewayV2::Authorizer': z.object({
    ApiId: text,
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
    JwtConfiguration: z.strictObject({ Issuer: text, Audience: z.array(text).min(1) }),
  }),
  'AWS::ApiGatewayV2::Integration': z.object({
    ApiId: text,
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: text,
    PayloadFormatVersion: z.literal('2.0'),
  }),
  'AWS::ApiGatewayV2::Route': z.object({
    ApiId: text,
    RouteKey: z.string().regex(/^(\$default|[A-Z]+ \/\S*)$/, 'a method and a path, or $default'),
    Target: z.string().regex(/^integrations\/\w+$/),
    AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
    AuthorizerId: text.optional(),
    AuthorizationScopes: z.array(text).optional(),
  }),
  'AWS::ApiGatewayV2::Stage': z.object({
    ApiId: text,
    StageName: z.literal('$default'),
    AutoDeploy: z.literal(true),
    DefaultRouteSettings: routeSettings.optional(),
    RouteSettings: z.record(z.string(), routeSettings).default({}),
  }),
  'AWS::DynamoDB::Table': Table,
  'AWS::DynamoDB::GlobalTable': Table,
  'AWS::Events::EventBus': z.object({ Name: text }),
  'AWS::Events::Rule': z.object({
    Name: text.optional(),
    EventBusName: text.default('default'),
    EventPattern: z.unknown().optional(),
    ScheduleExpression: text.optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z.array(EventTarget).default([]),
  }),
  'AWS::Lambda::EventInvokeConfig': z.object({
    FunctionName: text,
    Qualifier: text,
    MaximumRetryAttempts: whole.min(0).max(2).optional(),
    MaximumEventAgeInSeconds: whole.optional(),
    DestinationConfig: destination.optional(),
  }),
  'AWS::Lambda::EventSourceMapping': z.object({
    EventSourceArn: text,
    FunctionName: text,
    BatchSize: whole.min(1).optional(),
    BisectBatchOnFunctionError: flag.default(false),
    DestinationConfig: destination.optional(),
    Enabled: flag.default(true),
    FilterCriteria: z
      .strictObject({ Filters: z.array(z.strictObject({ Pattern: text })).default([]) })
      .optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    MaximumRecordAgeInSeconds: whole.default(-1),
    MaximumRetryAttempts: whole.default(-1),
    StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  }),
  'AWS::Lambda::Function': z.object({
    FunctionName: text.optional(),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
    Timeout: whole.default(3),
    DeadLetterConfig: z.strictObject({ TargetArn: text.optional() }).optional(),
  }),
  'AWS::S3::Bucket': z.object({ BucketName: text.optional() }),
  'AWS::SES::ConfigurationSetEventDestination': z.object({
    ConfigurationSetName: text,
    EventDestination: z.strictObject({
      Name: text.optional(),
      Enabled: flag.default(true),
      MatchingEventTypes: z.array(text),
      EventBridgeDestination: z.strictObject({ EventBusArn: text }),
    }),
  }),
  'AWS::SES::EmailIdentity': z.object({ EmailIdentity: text }),
  'AWS::SES::ReceiptRule': z.object({
    RuleSetName: text,
    Rule: z.strictObject({
      Name: text,
      Enabled: flag.default(false),
      Recipients: z.array(text).min(1),
      ScanEnabled: flag.optional(),
      TlsPolicy: z.enum(['Optional', 'Require']).optional(),
      Actions: z.tuple([
        z.strictObject({ S3Action: z.strictObject({ BucketName: text, ObjectKeyPrefix: text }) }),
        z.strictObject({
          LambdaAction: z.strictObject({ FunctionArn: text, InvocationType: z.literal('Event') }),
        }),
      ]),
    }),
  }),
  'AWS::SNS::Subscription': z.object({
    TopicArn: text,
    Protocol: z.enum(['sqs', 'email']),
    Endpoint: text,
    RawMessageDelivery: flag.optional(),
    FilterPolicy: z.record(z.string(), z.unknown()).optional(),
  }),
  'AWS::SNS::Topic': z.object({ TopicName: text.optional() }),
  'AWS::SQS::Queue': z.object({
    QueueName: text.optional(),
    FifoQueue: flag.optional(),
    VisibilityTimeout: whole.optional(),
    DelaySeconds: whole.optional(),
    ContentBasedDeduplication: flag.optional(),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: text, maxReceiveCount: whole }).optional(),
  }),
  'AWS::Scheduler::Schedule': z.looseObject({ Name: text.optional() }), // the scheduler itself reads it, strictly
  'AWS::Scheduler::ScheduleGroup': z.object({ Name: text.optional() }),
  'AWS::StepFunctions::StateMachine': z.object({
    StateMachineName: text.optional(),
    StateMachineType: z.literal('STANDARD').default('STANDARD'),
    Definition: z.record(z.string(), z.unknown()).optional(),
    DefinitionString: text.optional(),
    DefinitionSubstitutions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    RoleArn: text,
  }),
  'AWS::StepFunctions::StateMachineAlias': z.object({
    Name: text,
    RoutingConfiguration: z.tuple([z.strictObject({ StateMachineVersionArn: text, Weight: z.literal(100) })]),
  }),
  'AWS::StepFunctions::StateMachineVersion': z.object({
    StateMachineArn: text,
    StateMachineRevisionId: text.optional(),
  }),
} satisfies Record<string, z.ZodType>;

export type PartType = keyof typeof parts;
export type Part<T extends PartType> = z.output<(typeof parts)[T]>;
