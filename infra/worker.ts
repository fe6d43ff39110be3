import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn } from './constructs/fn.ts';
import { listen } from './constructs/listen.ts';
import { type Right, role } from './constructs/rights.ts';
import { type Ground, writesTable } from './ground.ts';
import { makesSchedules, schedulerOf } from './notify.ts';
import type { Stage } from './stage.ts';

export type WorkerProps = {
  readonly entry: `functions/${string}.handler.ts`;
  /** whose calls it makes, and whose words it acts upon */
  readonly providers: readonly string[];
  /** beside those of every worker: the table, and schedules of its own next attempts */
  readonly rights: readonly Right[];
  /** once a day as well, with this for its event */
  readonly daily?: { readonly expression: string; readonly zone: string; readonly input: object };
  /** what else on the bus it is called for */
  readonly also?: EventPattern;
};

/**
 * A function that makes the calls of providers and acts upon what they say. It hears of both by the bus, and wakes itself
 * by one-time schedules: its name is one of `woken`.
 */
export const worker = (
  scope: Construct,
  ground: Ground,
  name: string,
  { entry, providers, rights, daily, also }: WorkerProps,
): IFunction => {
  const { stage, bus } = ground;
  const failures = deadLetters(scope, stage, name);
  const made = fn(scope, ground, name, {
    entry,
    failures,
    memoryMegabytes: 512,
    rights: [...writesTable(ground, 'g1', 'g2', 'g3'), ...makesSchedules(ground), ...rights],
  });
  listen(scope, {
    ruleName: `${stage.prefix}-${name}`,
    bus,
    pattern: {
      detailType: ['call.queued', 'call.given-up', 'outside.received'],
      detail: { data: { provider: [...providers] } },
    },
    to: made,
    failures,
  });
  if (daily !== undefined) everyDay(scope, stage, name, { made, failures, daily });
  if (also !== undefined)
    listen(new Construct(scope, 'Also'), {
      ruleName: `${stage.prefix}-${name}-also`,
      bus,
      pattern: also,
      to: made,
      failures,
    });
  return made;
};

const everyDay = (
  scope: Construct,
  stage: Stage,
  name: string,
  { made, failures, daily }: { made: IFunction; failures: IQueue; daily: NonNullable<WorkerProps['daily']> },
): void => {
  const runs = role(scope, 'ScheduleRole', {
    trusts: schedulerOf(),
    rights: [
      { actions: ['lambda:InvokeFunction'], resources: [made.functionArn] },
      { actions: ['sqs:SendMessage'], resources: [failures.queueArn] },
    ],
  });
  new CfnSchedule(scope, 'Daily', {
    name: `${stage.prefix}-${name}-daily`,
    scheduleExpression: daily.expression,
    scheduleExpressionTimezone: daily.zone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: made.functionArn,
      roleArn: runs.roleArn,
      input: JSON.stringify(daily.input),
      deadLetterConfig: { arn: failures.queueArn },
      retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3 * 3600 },
    },
  });
};
