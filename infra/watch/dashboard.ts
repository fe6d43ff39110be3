import {
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Measure } from '../../functions/shared/measures.ts';
import type { Parts } from './alarms.ts';
import {
  age,
  allRuns,
  consumed,
  counted,
  countedByPipeline,
  fiveMinutes,
  lambdaThrottles,
  matched,
  ofApi,
  ofRuns,
  oldest,
  reputation,
  sumOf,
  tableThrottles,
  transitions,
  waiting,
} from './metrics.ts';

const graph = (title: string, left: readonly IMetric[], width = 8): GraphWidget =>
  new GraphWidget({ title, left: [...left], width, height: 6 });

const heading = (text: string): TextWidget =>
  new TextWidget({ markdown: `## ${text}`, width: 24, height: 1 });

/** What began less what ended since the left edge of the picture; the console's own list has the absolute number. */
const open = (stage: Parts['stage']): IMetric =>
  new MathExpression({
    expression: `RUNNING_SUM(${allRuns(stage, 'ExecutionsStarted')} - ${[
      'Succeeded',
      'Failed',
      'Aborted',
      'TimedOut',
    ]
      .map((end) => `FILL(${allRuns(stage, `Executions${end}`)}, 0)`)
      .join(' - ')})`,
    usingMetrics: {},
    label: 'open, more than at the left edge',
    period: fiveMinutes,
  });

/** Everything an operator looks at first, from what people do down to what it costs. */
export const dashboard = (scope: Construct, parts: Parts): void => {
  const { stage, http, failedRuns, table, queues, functions, readers } = parts;
  const counts = (...measures: Measure[]): IMetric[] => measures.map((measure) => counted(stage, measure));
  new Dashboard(scope, 'Dashboard', {
    dashboardName: stage.prefix,
    widgets: [
      [
        new TextWidget({
          markdown: `# ${stage.prefix}\nAlarms and what to do about each: docs/runbook.md of the repository. \`npm run ops -- --help\` lists and redrives queues and restarts runs.`,
          width: 24,
          height: 2,
        }),
      ],
      [heading('Deals')],
      [
        graph('Deals moved, by pipeline', [countedByPipeline(stage, 'DealsMoved')]),
        graph(
          'Deals created, moves refused, tasks late',
          counts('DealsCreated', 'MovesRefused', 'TasksLate'),
        ),
        graph(
          'Outside systems: what they said, what they were asked for',
          counts('CallbacksTaken', 'CallbacksFailed', 'CallsDone', 'CallsPutOff', 'CallsFailed'),
        ),
      ],
      [heading('Runs')],
      [
        graph('Runs: started and ended', [
          ...['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsAborted'].map((name) =>
            ofRuns(stage, name),
          ),
        ]),
        graph('Runs that failed', [matched(failedRuns), ofRuns(stage, 'ExecutionThrottled')]),
        graph('Runs: open', [open(stage)]),
      ],
      [heading('What waits')],
      [
        graph('Waiting to be redriven', queues.map(waiting)),
        graph('The oldest dead letter, seconds', queues.map(oldest)),
        graph('How far the stream is behind, milliseconds', readers.map(age)),
      ],
      [heading('API')],
      [
        graph(
          'Requests and failures',
          ['Count', '4xx', '5xx'].map((name) => ofApi(http, name)),
        ),
        graph(
          'Milliseconds',
          ['p50', 'p95', 'p99'].map((statistic) => ofApi(http, 'Latency', statistic)),
        ),
        new LogQueryWidget({
          title: 'Refused because there were too many (429)',
          logGroupNames: [`/aws/vendedlogs/api/${stage.prefix}`],
          view: LogQueryVisualizationType.LINE,
          queryString: 'filter status = 429 | stats count() as refused by bin(5m)',
          width: 8,
          height: 6,
        }),
      ],
      [heading('Mail')],
      [
        graph('Letters', counts('LettersSent', 'LettersFailed', 'LettersBounced', 'LettersComplained')),
        graph('What SES thinks of us, share of letters', [
          reputation('BounceRate'),
          reputation('ComplaintRate'),
        ]),
      ],
      [heading('Functions')],
      [
        graph(
          'Errors',
          functions.map((one) => one.metricErrors({ period: fiveMinutes })),
        ),
        graph(
          'p95, milliseconds',
          functions.map((one) => one.metricDuration({ period: fiveMinutes, statistic: 'p95' })),
        ),
        graph('Turned away', [lambdaThrottles(), sumOf('DynamoDB, the table', tableThrottles(table))]),
      ],
      [heading('What costs')],
      [
        graph('State transitions', [transitions()]),
        graph(
          'Invocations',
          functions.map((one) => one.metricInvocations({ period: fiveMinutes })),
        ),
        graph('Read and write units', consumed(table)),
      ],
    ],
  });
};
