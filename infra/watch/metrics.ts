import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { CfnFunction, type IFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, type Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { type Measure, namespace } from '../../functions/shared/measures.ts';
import { indexes, indexName } from '../../functions/shared/table/create.ts';
import type { HttpApi } from '../api.ts';
import type { Stage } from '../stage.ts';

export const fiveMinutes = Duration.minutes(5);

type Looked = { readonly period?: Duration; readonly label?: string };

/** The physical name as it was given; the construct itself answers with a reference. */
export const nameOf = (one: Queue | LambdaFunction): string => {
  const made = one.node.defaultChild;
  const name =
    made instanceof CfnQueue ? made.queueName : made instanceof CfnFunction ? made.functionName : undefined;
  if (name === undefined) throw new Error(`${one.node.path}: name it, its alarm is called after it`);
  return name;
};

/** The name without the installation's: `workflow`, `workflow-failed`. */
export const shortName = (stage: Stage, one: Queue | LambdaFunction): string =>
  nameOf(one).slice(stage.prefix.length + 1);

/** What our functions count, over all pipelines. */
export const counted = (
  { name }: Stage,
  measure: Measure,
  { period = fiveMinutes, label }: Looked = {},
): Metric =>
  new Metric({
    namespace,
    metricName: measure,
    dimensionsMap: { stage: name },
    period,
    statistic: Stats.SUM,
    ...(label === undefined ? {} : { label }),
  });

/** The same, a line a pipeline. */
export const countedByPipeline = ({ name }: Stage, measure: Measure): IMetric =>
  new MathExpression({
    expression: `SEARCH('{${namespace},stage,pack,pipeline} MetricName="${measure}" stage="${name}"', 'Sum', 300)`,
    usingMetrics: {},
    label: '', // each line by what tells it from the others
    period: fiveMinutes,
  });

/** How many wait in a queue, and how long the oldest has. */
export const waiting = (queue: Queue): IMetric =>
  queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM });
export const oldest = (queue: Queue): IMetric =>
  queue.metricApproximateAgeOfOldestMessage({ period: fiveMinutes, statistic: Stats.MAXIMUM });

/** How far a reader of the stream is behind, milliseconds. */
export const age = (reader: LambdaFunction): IMetric =>
  reader.metric('IteratorAge', { period: fiveMinutes, statistic: Stats.MAXIMUM });

/** As many metrics as one expression of an alarm takes. */
const most = 10;

/** One figure of several metrics that may have none for a time. */
export const sumOf = (label: string, metrics: readonly IMetric[], period = fiveMinutes): IMetric => {
  if (metrics.length > most)
    throw new Error(`${label}: ${metrics.length} metrics, an alarm takes ${most}; make two alarms of it`);
  const named = Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric]));
  const expression = Object.keys(named)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics: named, label, period });
};

export const errorsOf = (one: IFunction): IMetric =>
  one.metricErrors({ period: fiveMinutes, statistic: Stats.SUM });

/** Calls of any function of the account that its limit of concurrency turned away. */
export const lambdaThrottles = (): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Throttles',
    period: fiveMinutes,
    statistic: Stats.SUM,
    label: 'Lambda, the account',
  });

const ofTable = (table: string, metricName: string, index?: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table, ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }) },
    period: fiveMinutes,
    statistic: Stats.SUM,
    label: index === undefined ? metricName : `${metricName} ${index}`,
  });

const places = [undefined, ...indexes.map(indexName)];

/** What the table and its indexes turned away. */
export const tableThrottles = (table: string): Metric[] =>
  places.flatMap((place) =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => ofTable(table, name, place)),
  );

/** What the table is billed for. */
export const consumed = (table: string): Metric[] =>
  places.flatMap((place) =>
    ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((name) => ofTable(table, name, place)),
  );

export const matched = (rule: Rule): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'MatchedEvents',
    dimensionsMap: { RuleName: rule.ruleName },
    period: fiveMinutes,
    statistic: Stats.SUM,
    label: 'failed or timed out',
  });

export const ofApi = ({ id }: HttpApi, metricName: string, statistic: string = Stats.SUM): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: id },
    period: fiveMinutes,
    statistic,
    label: metricName === 'Latency' ? statistic : metricName,
  });

/** Summed over all machines: a line for each would be a line for each stage of each pipeline. */
export const allRuns = (stage: Stage, metricName: string): string =>
  `SUM(SEARCH('{AWS/States,StateMachineArn} MetricName="${metricName}" ${stage.prefix}', 'Sum', 300))`;

export const ofRuns = (stage: Stage, metricName: string): IMetric =>
  new MathExpression({
    expression: allRuns(stage, metricName),
    usingMetrics: {},
    label: metricName,
    period: fiveMinutes,
  });

/** State transitions of the account, which are what Step Functions bills. */
export const transitions = (period = fiveMinutes): Metric =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'ConsumedCapacity',
    dimensionsMap: { ServiceMetric: 'StateTransition' },
    period,
    statistic: Stats.SUM,
    label: 'state transitions, the account',
  });

/** A share of the account's letters, 0 to 1, as SES itself judges a sender. */
export const reputation = (which: 'BounceRate' | 'ComplaintRate'): Metric =>
  new Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${which}`,
    period: Duration.hours(1),
    statistic: Stats.MAXIMUM,
    label: which,
  });
