import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { HttpApi } from './api.ts';
import type { Stage } from './stage.ts';
import { type Parts, type Watch, watches } from './watch/alarms.ts';
import { dashboard } from './watch/dashboard.ts';

export type Watched = { readonly stage: Stage; readonly http: HttpApi; readonly failedRuns: Rule };

/** Where the page of an alarm is. */
export const pageOf = (id: string): string => `docs/runbook.md#${id}`;

/**
 * Alarms, all of them to one topic, and the dashboard. Queues, functions and stream readers are found in the stack
 * rather than handed over, so that none can be made without its alarm; therefore this concern comes last.
 */
export const watch = (scope: Construct, { stage, http, failedRuns }: Watched): void => {
  const all = Stack.of(scope).node.findAll();
  const parts: Parts = {
    stage,
    http,
    failedRuns,
    table: stage.restored?.table ?? stage.prefix,
    queues: all.filter((one) => one instanceof Queue),
    functions: all.filter((one) => one instanceof LambdaFunction),
    readers: all.filter((one) => one instanceof EventSourceMapping).map(readerOf),
  };
  const topic = alarmsTopic(scope, stage);
  for (const one of watches(parts)) ring(scope, stage, topic, one);
  dashboard(scope, parts);
  new CfnOutput(scope, 'AlarmsTopic', { value: topic.topicArn });
};

const alarmsTopic = (scope: Construct, stage: Stage): Topic => {
  const topic = new Topic(scope, 'Alarms', { topicName: `${stage.prefix}-alarms`, enforceSSL: true });
  // The rule against plain HTTP takes the place of the default policy, by which alarms of the account may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return topic;
};

const ring = (
  scope: Construct,
  stage: Stage,
  topic: Topic,
  { id, says, periods = 1, ...at }: Watch,
): void => {
  const name = `${stage.prefix}-${id}`;
  const alarm = new Alarm(scope, name, {
    ...at,
    alarmName: name,
    alarmDescription: `${says} What to do: ${pageOf(id)}`,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic)); // whoever was woken wants to hear that it is over
};

const readerOf = (mapping: EventSourceMapping): LambdaFunction => {
  const reader = mapping.node.scope?.node.findAll().find((one) => one instanceof LambdaFunction);
  if (reader === undefined)
    throw new Error(`${mapping.node.path}: the function that reads stands beside its mapping`);
  return reader;
};
