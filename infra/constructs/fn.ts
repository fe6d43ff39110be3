import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  CfnEventInvokeConfig,
  type CfnFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { codeOf } from './code.ts';
import { type Right, role } from './rights.ts';

export type FnProps = {
  /** The source file from the root of the repository; it exports `handler`. */
  readonly entry: `functions/${string}.handler.ts`;
  readonly rights: readonly Right[];
  readonly timeoutSeconds?: 29 | 60 | 300;
  readonly memoryMegabytes?: 256 | 512 | 1536;
  /** For a function that is invoked without anyone waiting: where events go that it failed on three times. */
  readonly failures?: IQueue;
  /** Whether its calls begin traces of their own; `false` for one that is called all the time and told of by its logs. */
  readonly traced?: boolean;
};

/** What every function gets alike. One map of environment values, so that one process can host them all. */
export type Shared = { readonly stage: Stage; readonly environment: Readonly<Record<string, string>> };

const titled = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

/** The physical name of a function, known before it is made: what it calls may be named in its own environment. */
export const fnName = (stage: Stage, name: string): string => `${stage.prefix}-${name}`;

export const fnArn = (stage: Stage, name: string): string =>
  `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${fnName(stage, name)}`;

/** The one way to make a function: its role, its log group, its tracing and its last resort. */
export const fn = (parent: Construct, shared: Shared, name: string, props: FnProps): LambdaFunction => {
  const { stage, environment } = shared;
  const { traced = true } = props;
  const scope = new Construct(parent, titled(name));
  const functionName = fnName(stage, name);
  const logGroup = new LogGroup(scope, 'Logs', {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logDays,
    removalPolicy: stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const made = new LambdaFunction(scope, 'Function', {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: codeOf(scope, props.entry),
    handler: 'index.handler',
    memorySize: props.memoryMegabytes ?? 256,
    timeout: Duration.seconds(props.timeoutSeconds ?? 60),
    environment: { ...environment },
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
    tracing: traced ? Tracing.ACTIVE : Tracing.PASS_THROUGH,
    // Immutable: what a function may do is what its file says, no construct adds to it behind its back.
    role: role(scope, 'Role', {
      trusts: new ServicePrincipal('lambda.amazonaws.com'),
      rights: [...ownRights(logGroup, traced, props.failures), ...props.rights],
    }).withoutPolicyUpdates(),
  });
  const resource = made.node.defaultChild as CfnFunction;
  resource.addMetadata('Entry', props.entry);
  resource.addMetadata('Handler', 'handler');
  // The CDK waits for the role's policies too, which stand in the role itself; that `Role` names it is enough.
  resource.addDeletionOverride('DependsOn');

  if (props.failures !== undefined) {
    new CfnEventInvokeConfig(scope, 'Async', {
      functionName: made.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 6 * 3600,
      destinationConfig: { onFailure: { destination: props.failures.queueArn } },
    });
  }
  return made;
};

const ownRights = (logGroup: LogGroup, traced: boolean, failures: IQueue | undefined): Right[] => [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn], // ends with ":*": the streams of the one group
  },
  ...(traced
    ? [
        {
          actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
          resources: ['*'],
          because: 'X-Ray has no resources to name for what sends traces.',
        },
      ]
    : []),
  ...(failures === undefined ? [] : [{ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }]),
];
