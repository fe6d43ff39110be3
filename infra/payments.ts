import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn } from './constructs/fn.ts';
import { listen } from './constructs/listen.ts';
import { role } from './constructs/rights.ts';
import { type Ground, readsSecret, writesTable } from './ground.ts';
import { makesSchedules, schedulerOf } from './notify.ts';

/** Before anybody is at work, after the gateway has closed its day: 06:10 in Moscow, whose time its shops keep. */
const daily = { expression: 'cron(10 6 * * ? *)', zone: 'Europe/Moscow' };

/** What the payment system is asked for and says: one function, called by the bus, by its own wake-ups and once a day. */
export const payments = (scope: Construct, ground: Ground): IFunction => {
  const { stage, bus } = ground;
  const failures = deadLetters(scope, stage, 'payments-work');
  const made = fn(scope, ground, 'payments-work', {
    entry: 'functions/payments/work.handler.ts',

    memoryMegabytes: 512,
    failures,
    rights: [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'robokassa'),
      ...makesSchedules(ground),
    ],
  });
  listen(scope, {
    ruleName: `${stage.prefix}-payments-work`,
    bus,
    pattern: {
      detailType: ['call.queued', 'outside.received'],
      detail: { data: { provider: ['robokassa'] } },
    },
    to: made,
    failures,
  });
  const runs = role(scope, 'ScheduleRole', {
    trusts: schedulerOf(),
    rights: [
      { actions: ['lambda:InvokeFunction'], resources: [made.functionArn] },
      { actions: ['sqs:SendMessage'], resources: [failures.queueArn] },
    ],
  });
  new CfnSchedule(scope, 'Daily', {
    name: `${stage.prefix}-reconcile-payments`,
    scheduleExpression: daily.expression,
    scheduleExpressionTimezone: daily.zone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: made.functionArn,
      roleArn: runs.roleArn,
      input: JSON.stringify({ reconcile: true }),
      deadLetterConfig: { arn: failures.queueArn },
      retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3 * 3600 },
    },
  });
  return made;
};
