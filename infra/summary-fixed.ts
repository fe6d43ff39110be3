/**
 * What of the template holds something that a deployment could lose, and the properties of each that the service cannot
 * change in place: a new value makes a new, empty resource (or, for a user pool, a deployment that fails).
 *
 * Everything else in the template can be made again from the template. The properties are those that CloudFormation's own
 * schemas call create-only, and those of a user pool and of a table's indexes that its reference says so of.
 */
export const fixed: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['ProtocolType'], // its address is told to payment and delivery services
  'AWS::Cognito::UserPool': ['AliasAttributes', 'Schema', 'UsernameAttributes', 'UsernameConfiguration'],
  'AWS::Cognito::UserPoolClient': ['GenerateSecret', 'UserPoolId'],
  'AWS::Cognito::UserPoolDomain': ['Domain', 'UserPoolId'],
  'AWS::Cognito::UserPoolGroup': ['GroupName', 'UserPoolId'],
  'AWS::DynamoDB::Table': ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::Events::Archive': ['ArchiveName', 'SourceArn'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix'],
  'AWS::SES::ConfigurationSet': ['Name'],
  'AWS::SES::EmailIdentity': ['EmailIdentity'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'], // people subscribe to it
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::Scheduler::ScheduleGroup': ['Name'], // its schedules are the reminders that are yet to come
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'], // runs end with their machine
};

/** The settings of a machine change with every edit of a pack and are held by golden machines of their own. */
export const onlyFixed: ReadonlySet<string> = new Set(['AWS::StepFunctions::StateMachine']);
