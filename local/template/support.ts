/** How the runtime treats a property: it acts on it, or the property means nothing on one machine, for a reason. */
export type PropertySupport = { as: 'run' } | { as: 'inert'; why: string };

/** How the runtime treats a resource type. Properties that are not listed are refused, except those of an inert type. */
export type TypeSupport =
  | { as: 'run'; properties: Record<string, PropertySupport> }
  | { as: 'inert'; why: string }
  | { as: 'refused'; why: string };

const run = (properties: string, inert: Record<string, string> = {}): TypeSupport => ({
  as: 'run',
  properties: Object.fromEntries([
    ...properties.split(' ').map((name) => [name, { as: 'run' }] as const),
    ...Object.entries(inert).flatMap(([names, why]) =>
      names.split(' ').map((name) => [name, { as: 'inert', why }] as const),
    ),
  ]),
});
const inert = (why: string): TypeSupport => ({ as: 'inert', why });
const refused = (why: string): TypeSupport => ({ as: 'refused', why });

const tags = { Tags: 'they label a bill' };
const encrypted = 'the data stays in a folder of this machine';
const noRights = 'everything runs as one user here; rights are proved by synthesis and in the cloud';
const watched = 'nobody is on call for a laptop; faults are printed';
const noCode = 'the source that `Metadata.Entry` names is imported as it is';
const noLogs = 'logs go to the terminal';
const noMachineSize = 'one process hosts all functions';
const noSignUp = 'the sign-in of the runtime knows the demo people and no passwords';

/** Every resource type and property of CloudFormation that the runtime knows; anything else stops it. */
export const support: Record<string, TypeSupport> = {
  'AWS::ApiGatewayV2::Api': run('Name ProtocolType CorsConfiguration', {
    Description: 'a comment',
    DisableExecuteApiEndpoint: 'there is one address only',
    ...tags,
  }),
  'AWS::ApiGatewayV2::Authorizer': run('ApiId AuthorizerType IdentitySource JwtConfiguration Name'),
  'AWS::ApiGatewayV2::Integration': run('ApiId IntegrationType IntegrationUri PayloadFormatVersion', {
    'TimeoutInMillis Description': 'the function has its own timeout',
    IntegrationMethod: 'a function is always called by POST',
  }),
  'AWS::ApiGatewayV2::Route': run(
    'ApiId RouteKey Target AuthorizationType AuthorizerId AuthorizationScopes',
    {
      OperationName: 'a comment',
    },
  ),
  'AWS::ApiGatewayV2::Stage': run('ApiId StageName AutoDeploy DefaultRouteSettings RouteSettings', {
    AccessLogSettings: noLogs,
    Description: 'a comment',
    ...tags,
  }),
  'AWS::CDK::Metadata': inert('it tells the CDK’s authors which constructs are used'),
  'AWS::CloudWatch::Alarm': inert(watched),
  'AWS::CloudWatch::CompositeAlarm': inert(watched),
  'AWS::CloudWatch::Dashboard': inert(watched),
  'AWS::Cognito::UserPool': inert(noSignUp),
  'AWS::Cognito::UserPoolClient': inert(
    'its id is the audience of the tokens; any page of this machine may sign in',
  ),
  'AWS::Cognito::UserPoolDomain': inert(noSignUp),
  'AWS::Cognito::UserPoolGroup': inert('the demo people say themselves which groups they are in'),
  'AWS::Cognito::UserPoolResourceServer': inert(noSignUp),
  'AWS::DynamoDB::Table': run(
    'TableName AttributeDefinitions KeySchema GlobalSecondaryIndexes LocalSecondaryIndexes StreamSpecification',
    {
      BillingMode: 'nothing is billed',
      TimeToLiveSpecification:
        'DynamoDB Local deletes by the wall clock, and time is virtual here; the service may be two days late, so readers check anyway',
      'DeletionProtectionEnabled PointInTimeRecoverySpecification ResourcePolicy ContributorInsightsSpecification':
        'a folder of this machine is protected and copied by its owner',
      'SSESpecification TableClass OnDemandThroughput': encrypted,
      ...tags,
    },
  ),
  'AWS::DynamoDB::GlobalTable': run(
    'TableName AttributeDefinitions KeySchema GlobalSecondaryIndexes LocalSecondaryIndexes StreamSpecification',
    {
      BillingMode: 'nothing is billed',
      TimeToLiveSpecification: 'DynamoDB Local deletes by the wall clock, and time is virtual here',
      Replicas: 'there is one region only',
      'SSESpecification WriteProvisionedThroughputSettings WriteOnDemandThroughputSettings': encrypted,
    },
  ),
  'AWS::Events::Archive': inert('nothing is replayed here; the table has every deal’s feed'),
  'AWS::Events::EventBus': run('Name', {
    'KmsKeyIdentifier DeadLetterConfig': encrypted,
    'Description LogConfig Policy': noLogs,
    ...tags,
  }),
  'AWS::Events::Rule': run('Name EventBusName EventPattern ScheduleExpression State Targets', {
    Description: 'a comment',
    RoleArn: noRights,
    ...tags,
  }),
  'AWS::IAM::ManagedPolicy': inert(noRights),
  'AWS::IAM::Policy': inert(noRights),
  'AWS::IAM::Role': inert(noRights),
  'AWS::KMS::Alias': inert(encrypted),
  'AWS::KMS::Key': inert(encrypted),
  'AWS::Lambda::Alias': inert('every alias is the source as it is now'),
  'AWS::Lambda::EventInvokeConfig': run(
    'FunctionName Qualifier MaximumRetryAttempts MaximumEventAgeInSeconds DestinationConfig',
  ),
  'AWS::Lambda::EventSourceMapping': run(
    'EventSourceArn FunctionName BatchSize BisectBatchOnFunctionError DestinationConfig Enabled FilterCriteria ' +
      'FunctionResponseTypes MaximumRecordAgeInSeconds MaximumRetryAttempts StartingPosition',
    {
      MaximumBatchingWindowInSeconds: 'a batch leaves with what is there',
      ParallelizationFactor: 'one batch at a time keeps the order that several would keep for each key',
      'KmsKeyArn Tags': encrypted,
    },
  ),
  'AWS::Lambda::Function': run('FunctionName Environment Timeout DeadLetterConfig', {
    'Code Handler Runtime Architectures PackageType': noCode,
    'MemorySize EphemeralStorage ReservedConcurrentExecutions SnapStart RuntimeManagementConfig':
      noMachineSize,
    'LoggingConfig TracingConfig': noLogs,
    'Role KmsKeyArn': noRights,
    Description: 'a comment',
    ...tags,
  }),
  'AWS::Lambda::LayerVersion': refused(
    'functions are imported from source and have no layers; import the module instead',
  ),
  'AWS::Lambda::Permission': inert(noRights),
  'AWS::Lambda::Version': inert('every version is the source as it is now'),
  'AWS::Logs::LogGroup': inert(noLogs),
  'AWS::Logs::ResourcePolicy': inert(noRights),
  'AWS::S3::Bucket': run('BucketName', {
    'BucketEncryption AccessControl OwnershipControls PublicAccessBlockConfiguration': noRights,
    'LifecycleConfiguration VersioningConfiguration': 'objects stay until the folder is deleted',
    CorsConfiguration: 'S3 answers every page of this machine',
    LoggingConfiguration: noLogs,
    ...tags,
  }),
  'AWS::S3::BucketPolicy': inert(noRights),
  'AWS::SES::ConfigurationSet': inert('its name goes with the letter; nothing leaves this machine'),
  'AWS::SES::ConfigurationSetEventDestination': run('ConfigurationSetName EventDestination'),
  'AWS::SES::EmailIdentity': run('EmailIdentity', {
    'DkimSigningAttributes DkimAttributes MailFromAttributes FeedbackAttributes ConfigurationSetAttributes':
      'nothing leaves this machine',
    ...tags,
  }),
  'AWS::SES::ReceiptRule': run('RuleSetName Rule', { After: 'there is one rule' }),
  'AWS::SES::ReceiptRuleSet': inert('the rules of every set are followed here'),
  'AWS::SNS::Subscription': run('TopicArn Protocol Endpoint RawMessageDelivery FilterPolicy'),
  'AWS::SNS::Topic': run('TopicName', {
    'DisplayName KmsMasterKeyId TracingConfig SignatureVersion': encrypted,
    ...tags,
  }),
  'AWS::SNS::TopicPolicy': inert(noRights),
  'AWS::SQS::Queue': run(
    'QueueName FifoQueue VisibilityTimeout DelaySeconds RedrivePolicy ContentBasedDeduplication',
    {
      'MessageRetentionPeriod MaximumMessageSize ReceiveMessageWaitTimeSeconds':
        'messages stay until they are received',
      'SqsManagedSseEnabled KmsMasterKeyId KmsDataKeyReusePeriodSeconds RedriveAllowPolicy': encrypted,
      ...tags,
    },
  ),
  'AWS::SQS::QueuePolicy': inert(noRights),
  'AWS::SSM::Parameter': inert('functions get their values by their environment'),
  'AWS::Scheduler::Schedule': run(
    'Name GroupName ScheduleExpression ScheduleExpressionTimezone StartDate EndDate State FlexibleTimeWindow Target',
    { Description: 'a comment', KmsKeyArn: encrypted },
  ),
  'AWS::Scheduler::ScheduleGroup': run('Name', tags),
  'AWS::SecretsManager::Secret': inert(
    'third parties are sandboxes here: what each shares with the company is put in at the start',
  ),
  'AWS::StepFunctions::StateMachine': run(
    'StateMachineName StateMachineType Definition DefinitionString DefinitionSubstitutions RoleArn',
    {
      LoggingConfiguration: noLogs,
      TracingConfiguration: noLogs,
      EncryptionConfiguration: encrypted,
      ...tags,
    },
  ),
  'AWS::StepFunctions::StateMachineAlias': run('Name RoutingConfiguration', {
    Description: 'a comment',
    DeploymentPreference: 'a new definition takes over at once',
  }),
  'AWS::StepFunctions::StateMachineVersion': run('StateMachineArn StateMachineRevisionId', {
    Description: 'a comment',
  }),
};

/** Why a property cannot be run; undefined when it can, or may be left out of account. */
export const refusalOf = (type: string, property: string): string | undefined => {
  const known = support[type];
  if (known?.as !== 'run' || known.properties[property] !== undefined) return undefined;
  return `the property is not run here; those that are: ${Object.keys(known.properties).join(', ')}`;
};
