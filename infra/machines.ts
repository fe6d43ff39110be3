import { createHash } from 'node:crypto';
import { type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine, CfnStateMachineAlias, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { busArn, busName } from './bus.ts';
import { fnArn } from './constructs/fn.ts';
import { role } from './constructs/rights.ts';
import type { Stage } from './stage.ts';

/** One stage of a pipeline, compiled: `${Step}` stands for the step function's ARN, `${Bus}` for the bus. */
export type Machine = {
  readonly id: string;
  readonly pack: string;
  readonly pipeline: string;
  /** of the pipeline */
  readonly stage: string;
  readonly title: string;
  readonly comment: string;
  readonly definition: object;
};

/**
 * The machines of a pack: one a stage, `voronka-<stage>-<machine id>`, with a version of each definition and the alias `live`.
 *
 * A version outlives its successor: its construct is named by the definition, so a changed definition makes
 * a new version, and the old one stays for what still runs by it and for going back.
 */
export const machines = (
  scope: Construct,
  stage: Stage,
  pack: string,
  compiled: readonly Machine[],
): CfnStateMachine[] => {
  const logs = new LogGroup(scope, 'Logs', {
    // This prefix keeps the account's policy for log delivery from growing with every group, up to its limit.
    logGroupName: `/aws/vendedlogs/states/${stage.prefix}-${pack}`,
    retention: stage.logDays,
    removalPolicy: stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const stands = { Step: fnArn(stage, 'step'), Bus: busName(stage) };
  const runs = runsAs(scope, stage, compiled);
  return compiled.map((machine) => {
    const body = JSON.stringify({ Comment: machine.comment, ...machine.definition });
    const site = new Construct(scope, machine.id);
    const named = Object.entries(stands).filter(([name]) => body.includes(placeOf(name)));
    const made = new CfnStateMachine(site, 'Machine', {
      stateMachineName: `${stage.prefix}-${machine.id}`,
      stateMachineType: 'STANDARD',
      roleArn: runs.roleArn,
      definitionString: body,
      // Not even an empty map where nothing is named: CloudFormation's schema asks for one entry.
      ...(named.length === 0 ? {} : { definitionSubstitutions: Object.fromEntries(named) }),
      // Errors alone, without data: every event of every run stays readable in the console for 90 days anyway.
      loggingConfiguration: {
        level: 'ERROR',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      // On everywhere, so that no stage is wired otherwise than prod: if every run were sampled, the thirteen of a deal would
      // cost $0.065 a thousand deals, and the first 100,000 traces of a month are free.
      tracingConfiguration: { enabled: true },
      // Beside `product` and `stage`, which the stack gives to everything: what the console filters by, and the bill is split by.
      tags: [
        { key: 'pack', value: machine.pack },
        { key: 'pipeline', value: machine.pipeline },
        { key: 'pipeline-stage', value: machine.stage },
      ],
    });
    Validations.of(made).acknowledge({
      id: 'AwsSolutions-SF1',
      reason:
        'The history of a run is kept 90 days by the service; a second copy costs more than the transitions and would put personal data into logs.',
    });

    const version = new CfnStateMachineVersion(site, `Version${fingerprint(body)}`, {
      stateMachineArn: made.ref,
      description: machine.title,
    });
    version.applyRemovalPolicy(stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    new CfnStateMachineAlias(site, 'Alias', {
      name: 'live',
      description: 'The definition that new runs begin with',
      routingConfiguration: [{ stateMachineVersionArn: version.ref, weight: 100 }],
    });
    return made;
  });
};

/** How a definition names what is known at deploy only. */
const placeOf = (name: string): string => `\${${name}}`;

const fingerprint = (definition: string): string =>
  createHash('sha256').update(definition).digest('hex').slice(0, 8);

/** One role for all of a pack: every machine is made of the same steps. */
const runsAs = (scope: Construct, stage: Stage, compiled: readonly Machine[]): Role => {
  const publishes = compiled.some(({ definition }) => JSON.stringify(definition).includes(placeOf('Bus')));
  return role(scope, 'Role', {
    trusts: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    rights: [
      { actions: ['lambda:InvokeFunction'], resources: [fnArn(stage, 'step')] },
      ...(publishes ? [{ actions: ['events:PutEvents'], resources: [busArn(stage)] }] : []),
      {
        actions: [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
        ],
        resources: ['*'],
        because: 'CloudWatch Logs has no resources to name for setting up the delivery of logs.',
      },
      {
        actions: [
          'xray:PutTraceSegments',
          'xray:PutTelemetryRecords',
          'xray:GetSamplingRules',
          'xray:GetSamplingTargets',
        ],
        resources: ['*'],
        because: 'X-Ray has no resources to name for what sends traces.',
      },
    ],
  });
};
