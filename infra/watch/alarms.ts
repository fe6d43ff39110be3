import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { HttpApi } from '../api.ts';
import type { Stage } from '../stage.ts';
import {
  age,
  counted,
  errorsOf,
  fiveMinutes,
  lambdaThrottles,
  matched,
  ofApi,
  reputation,
  shortName,
  sumOf,
  tableThrottles,
  transitions,
  waiting,
} from './metrics.ts';

/** An alarm: it rings when `metric` is at `threshold` or above for so many periods. */
export type Watch = {
  /** its page in the runbook, and the end of its name */
  readonly id: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods?: number;
};

/** What there is to watch. */
export type Parts = {
  readonly stage: Stage;
  readonly http: HttpApi;
  readonly failedRuns: Rule;
  readonly table: string;
  readonly queues: readonly Queue[];
  readonly functions: readonly LambdaFunction[];
  readonly readers: readonly LambdaFunction[];
};

/** Fewer requests than this say nothing by how many of them are refused. */
const enoughRequests = 100;

/** Functions that clients and other companies' systems talk to, by the ends of their names: their failures are money and parcels. */
const outward = new Set([
  ...['payments', 'delivery', 'pages'],
  ...['deliver', 'mail-events', 'port', 'payments-work', 'delivery-work', 'sms', 'mail-in', 'webhooks'],
]);

const refusedShare = (http: HttpApi): IMetric =>
  new MathExpression({
    expression: `IF(requests >= ${enoughRequests}, 100 * refused / requests, 0)`,
    usingMetrics: { requests: ofApi(http, 'Count'), refused: ofApi(http, '4xx') },
    label: 'percent refused',
    period: fiveMinutes,
  });

/** Every alarm. Each is something that a person can do something about; what that is has a page in the runbook. */
export const watches = ({ stage, http, failedRuns, table, queues, functions, readers }: Parts): Watch[] => {
  const serving = new Set<unknown>(http.functions);
  const errors = (isServing: boolean, isOutward: boolean): IMetric[] =>
    functions
      .filter((one) => serving.has(one) === isServing && outward.has(shortName(stage, one)) === isOutward)
      .map(errorsOf);
  return [
    ...queues.map(
      (queue): Watch => ({
        id: shortName(stage, queue),
        says: 'Something could not be processed and waits in this queue for 14 days.',
        metric: waiting(queue),
        threshold: 1,
      }),
    ),
    ...readers.map(
      (reader): Watch => ({
        id: `${shortName(stage, reader)}-behind`,
        says: 'Changes of the table have waited for five minutes: what follows from them is late.',
        metric: age(reader),
        threshold: 5 * 60_000,
      }),
    ),
    {
      id: 'runs-failed',
      says: 'A run of a stage failed or timed out as a whole: its deal stands still.',
      metric: matched(failedRuns),
      threshold: 1,
    },
    {
      id: 'background-errors',
      says: 'Functions that nobody waits for throw. They are called again, and then give up.',
      metric: sumOf('errors', errors(false, false)),
      threshold: 3,
    },
    {
      id: 'outside-errors',
      says: 'Functions that bring letters, money and parcels in and out throw. They are called again, and then give up.',
      metric: sumOf('errors', errors(false, true)),
      threshold: 3,
    },
    {
      id: 'api-crashes',
      says: 'Functions behind the API end without an answer: out of time, out of memory, or not to be loaded.',
      metric: sumOf('crashes', errors(true, false)),
      threshold: 3,
    },
    {
      id: 'pages-crashes',
      says: 'Functions that clients and providers call end without an answer: out of time, out of memory, or not to be loaded.',
      metric: sumOf('crashes', errors(true, true)),
      threshold: 3,
    },
    {
      id: 'api-faults',
      says: 'The API answers with 5xx.',
      metric: ofApi(http, '5xx'),
      threshold: 5,
    },
    {
      id: 'api-refusals',
      says: `More than half of at least ${enoughRequests} requests in five minutes are refused (4xx).`,
      metric: refusedShare(http),
      threshold: 50,
    },
    {
      id: 'api-slow',
      says: 'One request in twenty has taken three seconds or longer for a quarter of an hour.',
      metric: ofApi(http, 'Latency', 'p95'),
      threshold: 3_000,
      periods: 3,
    },
    {
      id: 'lambda-throttled',
      says: "The account's limit of concurrent functions turns calls away.",
      metric: lambdaThrottles(),
      threshold: 10,
    },
    {
      id: 'table-throttled',
      says: 'DynamoDB turns reads or writes of the table away.',
      metric: sumOf('throttled', tableThrottles(table)),
      threshold: 10,
    },
    {
      id: 'callbacks-failing',
      says: 'What an outside system says cannot be taken.',
      metric: counted(stage, 'CallbacksFailed', { period: Duration.minutes(15) }),
      threshold: 5,
    },
    {
      id: 'letters-failing',
      says: 'Letters are given up: they will not arrive.',
      metric: counted(stage, 'LettersFailed', { period: Duration.hours(1) }),
      threshold: 5,
    },
    {
      id: 'mail-bounces',
      says: 'Five of a hundred letters of this account bounce; at ten SES may stop sending.',
      metric: reputation('BounceRate'),
      threshold: 0.05,
    },
    {
      id: 'mail-complaints',
      says: 'One letter of a thousand is reported as spam; at five of a thousand SES may stop sending.',
      metric: reputation('ComplaintRate'),
      threshold: 0.001,
    },
    {
      id: 'runs-restless',
      says: 'State transitions of this account are far above what people cause: something goes in a circle, and costs.',
      metric: transitions(Duration.hours(1)),
      threshold: 50_000,
    },
  ];
};
