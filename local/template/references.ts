import { arn, place } from './place.ts';

/** What `Ref` and `Fn::GetAtt` can ask of a resource. */
export type Asked = {
  logicalId: string;
  /** A resolved property of the resource itself; undefined when it is left out. */
  text(property: string): string | undefined;
  /** Where the local SQS answers. */
  sqsOrigin: string;
};

type Answers = { ref: (asked: Asked) => string; atts?: Record<string, (asked: Asked) => string> };

const named =
  (property: string) =>
  ({ text, logicalId }: Asked): string =>
    text(property) ?? logicalId;

const id = ({ logicalId }: Asked): string => logicalId;

/** A resource whose `Ref` is its name and whose `Arn` is made of it. */
const byName = (property: string, arnOf: (name: string) => string): Answers => {
  const name = named(property);
  return { ref: name, atts: { Arn: (asked) => arnOf(name(asked)) } };
};

/** A resource whose `Ref` is its ARN. */
const byArn = (property: string, arnOf: (name: string) => string, att = 'Arn'): Answers => {
  const name = named(property);
  return { ref: (asked) => arnOf(name(asked)), atts: { [att]: (asked) => arnOf(name(asked)) } };
};

const tableArn = (name: string) => arn('dynamodb', `table/${name}`);
const table: Answers = {
  ref: named('TableName'),
  atts: {
    Arn: (asked) => tableArn(named('TableName')(asked)),
    StreamArn: (asked) => `${tableArn(named('TableName')(asked))}/stream/local`,
  },
};

const bucketName = (asked: Asked) => asked.text('BucketName') ?? asked.logicalId.toLowerCase();
const queueName = named('QueueName');
const poolId = ({ logicalId }: Asked) => `${place.region}_${logicalId}`;
const machine = byArn('StateMachineName', (name) => arn('states', `stateMachine:${name}`));
const topic = byArn('TopicName', (name) => arn('sns', name), 'TopicArn');

/** The ARN under which the engine's machine answers; a version is known by its logical id until it is published. */
const aliasArn = (asked: Asked): string => {
  const version =
    asked.text('RoutingConfiguration.0.StateMachineVersionArn') ??
    asked.text('DeploymentPreference.StateMachineVersionArn');
  return `${(version ?? '').split(':').slice(0, 7).join(':')}:${asked.text('Name') ?? asked.logicalId}`;
};

const busName = named('Name');

/** The answers for each resource type, in the words of CloudFormation's reference. */
export const references: Record<string, Answers> = {
  'AWS::ApiGatewayV2::Api': {
    ref: id,
    atts: {
      ApiId: id,
      ApiEndpoint: (asked) => `https://${asked.logicalId}.execute-api.${place.region}.amazonaws.com`,
    },
  },
  'AWS::ApiGatewayV2::Authorizer': { ref: id, atts: { AuthorizerId: id } },
  'AWS::ApiGatewayV2::Integration': { ref: id, atts: { IntegrationId: id } },
  'AWS::ApiGatewayV2::Route': { ref: id, atts: { RouteId: id } },
  'AWS::ApiGatewayV2::Stage': { ref: named('StageName') },
  'AWS::CDK::Metadata': { ref: id },
  'AWS::CloudWatch::Alarm': byName('AlarmName', (name) => arn('cloudwatch', `alarm:${name}`)),
  'AWS::CloudWatch::CompositeAlarm': byName('AlarmName', (name) => arn('cloudwatch', `alarm:${name}`)),
  'AWS::CloudWatch::Dashboard': { ref: named('DashboardName') },
  'AWS::Cognito::UserPool': {
    ref: poolId,
    atts: {
      Arn: (asked) => arn('cognito-idp', `userpool/${poolId(asked)}`),
      ProviderName: (asked) => `cognito-idp.${place.region}.amazonaws.com/${poolId(asked)}`,
      ProviderURL: (asked) => `https://cognito-idp.${place.region}.amazonaws.com/${poolId(asked)}`,
      UserPoolId: poolId,
    },
  },
  'AWS::Cognito::UserPoolClient': { ref: id, atts: { ClientId: id, Name: named('ClientName') } },
  'AWS::Cognito::UserPoolDomain': { ref: named('Domain') },
  'AWS::Cognito::UserPoolGroup': { ref: named('GroupName') },
  'AWS::Cognito::UserPoolResourceServer': { ref: named('Identifier') },
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::Archive': byName('ArchiveName', (name) => arn('events', `archive/${name}`)),
  'AWS::Events::EventBus': {
    ref: busName,
    atts: { Arn: (asked) => arn('events', `event-bus/${busName(asked)}`), Name: busName },
  },
  'AWS::Events::Rule': byName('Name', (name) => arn('events', `rule/${name}`)),
  'AWS::IAM::ManagedPolicy': byArn(
    'ManagedPolicyName',
    (name) => `arn:aws:iam::${place.account}:policy/${name}`,
    'PolicyArn',
  ),
  'AWS::IAM::Policy': { ref: named('PolicyName'), atts: { Id: id } },
  'AWS::IAM::Role': {
    ref: named('RoleName'),
    atts: { Arn: (asked) => `arn:aws:iam::${place.account}:role/${named('RoleName')(asked)}`, RoleId: id },
  },
  'AWS::KMS::Alias': { ref: named('AliasName') },
  'AWS::KMS::Key': { ref: id, atts: { Arn: (asked) => arn('kms', `key/${asked.logicalId}`), KeyId: id } },
  'AWS::Lambda::Alias': {
    ref: (asked) => `${functionArn(asked.text('FunctionName') ?? '')}:${named('Name')(asked)}`,
    atts: { AliasArn: (asked) => `${functionArn(asked.text('FunctionName') ?? '')}:${named('Name')(asked)}` },
  },
  'AWS::Lambda::EventInvokeConfig': { ref: id },
  'AWS::Lambda::EventSourceMapping': { ref: id, atts: { Id: id } },
  'AWS::Lambda::Function': byName('FunctionName', functionArn),
  'AWS::Lambda::Permission': { ref: id },
  'AWS::Lambda::Version': {
    ref: (asked) => `${functionArn(asked.text('FunctionName') ?? '')}:1`,
    atts: {
      FunctionArn: (asked) => `${functionArn(asked.text('FunctionName') ?? '')}:1`,
      Version: () => '1',
    },
  },
  'AWS::Logs::LogGroup': byName('LogGroupName', (name) => arn('logs', `log-group:${name}:*`)),
  'AWS::Logs::ResourcePolicy': { ref: named('PolicyName') },
  'AWS::S3::Bucket': {
    ref: bucketName,
    atts: {
      Arn: (asked) => `arn:aws:s3:::${bucketName(asked)}`,
      DomainName: (asked) => `${bucketName(asked)}.s3.amazonaws.com`,
      RegionalDomainName: (asked) => `${bucketName(asked)}.s3.${place.region}.amazonaws.com`,
    },
  },
  'AWS::S3::BucketPolicy': { ref: id },
  'AWS::SES::ConfigurationSet': { ref: named('Name') },
  'AWS::SES::ConfigurationSetEventDestination': { ref: id, atts: { Id: id } },
  'AWS::SES::EmailIdentity': {
    ref: named('EmailIdentity'),
    atts: Object.fromEntries(
      [1, 2, 3].flatMap((n) => [
        [`DkimDNSTokenName${n}`, (asked: Asked) => `token${n}._domainkey.${asked.text('EmailIdentity')}`],
        [`DkimDNSTokenValue${n}`, () => `token${n}.dkim.amazonses.com`],
      ]),
    ),
  },
  'AWS::SES::ReceiptRule': { ref: id },
  'AWS::SES::ReceiptRuleSet': { ref: named('RuleSetName') },
  'AWS::SNS::Subscription': { ref: (asked) => `${asked.text('TopicArn')}:${asked.logicalId}` },
  'AWS::SNS::Topic': { ref: topic.ref, atts: { ...topic.atts, TopicName: named('TopicName') } },
  'AWS::SNS::TopicPolicy': { ref: id },
  'AWS::SQS::Queue': {
    ref: (asked) => `${asked.sqsOrigin}/${place.account}/${queueName(asked)}`,
    atts: {
      Arn: (asked) => arn('sqs', queueName(asked)),
      QueueName: queueName,
      QueueUrl: (asked) => `${asked.sqsOrigin}/${place.account}/${queueName(asked)}`,
    },
  },
  'AWS::SQS::QueuePolicy': { ref: id },
  'AWS::SSM::Parameter': {
    ref: named('Name'),
    atts: { Value: (asked) => asked.text('Value') ?? '', Type: (asked) => asked.text('Type') ?? 'String' },
  },
  'AWS::Scheduler::Schedule': byName('Name', (name) => arn('scheduler', `schedule/default/${name}`)),
  'AWS::Scheduler::ScheduleGroup': byName('Name', (name) => arn('scheduler', `schedule-group/${name}`)),
  'AWS::SecretsManager::Secret': {
    ref: (asked) => arn('secretsmanager', `secret:${named('Name')(asked)}`),
    atts: { Id: (asked) => arn('secretsmanager', `secret:${named('Name')(asked)}`) },
  },
  'AWS::StepFunctions::StateMachine': {
    ...machine,
    atts: { ...machine.atts, Name: named('StateMachineName') },
  },
  'AWS::StepFunctions::StateMachineAlias': { ref: aliasArn, atts: { Arn: aliasArn } },
  'AWS::StepFunctions::StateMachineVersion': {
    ref: (asked) => `${asked.text('StateMachineArn')}:${asked.logicalId}`,
    atts: { Arn: (asked) => `${asked.text('StateMachineArn')}:${asked.logicalId}` },
  },
};

function functionArn(name: string): string {
  return name.startsWith('arn:') ? name : arn('lambda', `function:${name}`);
}
