import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type CfnFunction, EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { HttpApi } from './api.ts';
import type { Stage } from './stage.ts';

export type Watched = { readonly stage: Stage; readonly http: HttpApi; readonly failedRuns: Rule };

const minutes = Duration.minutes;

/**
 * Alarms, all of them to one topic, and the dashboard. Queues, functions and stream readers are found in the stack
 * rather than handed over, so that none can be made without its alarm; therefore this concern comes last.
 */
export const watch = (scope: Construct, { stage, http, failedRuns }: Watched): void => {
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
  const all = Stack.of(scope).node.findAll();
  const queues = all.filter((one) => one instanceof Queue);
  const functions = all.filter((one) => one instanceof LambdaFunction);
  const readers = all.filter((one) => one instanceof EventSourceMapping).map(readerOf);

  const alarm = (name: string, mend: string, metric: IMetric, threshold: number): void => {
    new Alarm(scope, name, {
      alarmName: name,
      alarmDescription: mend,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  };

  for (const queue of queues) {
    alarm(
      nameOf(queue),
      'Something could not be processed and waits in this queue. Mend the cause, then redrive it.',
      waiting(queue),
      1,
    );
  }
  for (const one of functions) {
    alarm(
      `${nameOf(one)}-errors`,
      'The function throws; its log has the deal and the cause.',
      one.metricErrors({ period: minutes(5), statistic: Stats.SUM }),
      3,
    );
  }
  for (const one of readers) {
    alarm(
      `${nameOf(one)}-behind`,
      'Changes of the table wait for longer than five minutes: stages, reports and messages are late.',
      age(one),
      5 * 60_000,
    );
  }
  alarm(
    `${stage.prefix}-runs-failed`,
    'A run of a stage failed or timed out as a whole; the deal stands still until it is started again.',
    matched(failedRuns),
    1,
  );
  alarm(
    `${stage.prefix}-api-faults`,
    "The API answers with 5xx; the functions' logs have the cause.",
    ofApi(http, '5xx', Stats.SUM),
    5,
  );

  new Dashboard(scope, 'Dashboard', {
    dashboardName: stage.prefix,
    widgets: [
      [
        graph(
          'API: requests and failures',
          ['Count', '4xx', '5xx'].map((name) => ofApi(http, name, Stats.SUM)),
        ),
        graph(
          'API: milliseconds',
          ['p50', 'p95', 'p99'].map((statistic) => ofApi(http, 'Latency', statistic)),
        ),
      ],
      [
        graph(
          'Runs',
          ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsAborted'].map((name) =>
            ofRuns(stage, name),
          ),
        ),
        graph('Runs that failed', [matched(failedRuns)]),
      ],
      [
        graph('How far the stream is behind, milliseconds', readers.map(age)),
        graph('Waiting to be redriven', queues.map(waiting)),
      ],
      [
        graph(
          'Functions: errors',
          functions.map((one) => one.metricErrors({ period: minutes(5) })),
        ),
        graph(
          'Functions: p95, milliseconds',
          functions.map((one) => one.metricDuration({ period: minutes(5), statistic: 'p95' })),
        ),
      ],
    ],
  });
  new CfnOutput(scope, 'AlarmsTopic', { value: topic.topicArn });
};

/** The physical name as it was given; the construct itself answers with a reference. */
const nameOf = (one: Queue | LambdaFunction): string => {
  const made = one.node.defaultChild;
  const name = made instanceof CfnQueue ? made.queueName : (made as CfnFunction).functionName;
  if (name === undefined) throw new Error(`${one.node.path}: name it, its alarm is called after it`);
  return name;
};

const readerOf = (mapping: EventSourceMapping): LambdaFunction => {
  const reader = mapping.node.scope?.node.findAll().find((one) => one instanceof LambdaFunction);
  if (reader === undefined)
    throw new Error(`${mapping.node.path}: the function that reads stands beside its mapping`);
  return reader;
};

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12 });

const waiting = (queue: Queue): IMetric =>
  queue.metricApproximateNumberOfMessagesVisible({ period: minutes(5), statistic: Stats.MAXIMUM });

const age = (reader: LambdaFunction): IMetric =>
  reader.metric('IteratorAge', { period: minutes(5), statistic: Stats.MAXIMUM });

const matched = (rule: Rule): IMetric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'MatchedEvents',
    dimensionsMap: { RuleName: rule.ruleName },
    period: minutes(5),
    statistic: Stats.SUM,
  });

const ofApi = ({ id }: HttpApi, metricName: string, statistic: string): IMetric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: id },
    period: minutes(5),
    statistic,
    label: metricName === 'Latency' ? statistic : metricName,
  });

/** Summed over all machines: a line for each would be a line for each stage of each pipeline. */
const ofRuns = (stage: Stage, metricName: string): IMetric =>
  new MathExpression({
    expression: `SUM(SEARCH('{AWS/States,StateMachineArn} MetricName="${metricName}" ${stage.prefix}', 'Sum', 300))`,
    usingMetrics: {},
    label: metricName,
    period: minutes(5),
  });
