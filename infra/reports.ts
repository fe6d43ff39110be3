import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { rowsReported } from '../functions/reports/changed-row.ts';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn } from './constructs/fn.ts';
import { role } from './constructs/rights.ts';
import { read, readRights } from './constructs/stream.ts';
import { type Ground, writesTable } from './ground.ts';
import { schedulerOf } from './notify.ts';

/** Aggregates and the feed, kept by the table's stream, and the digests made of them. */
export const reports = (scope: Construct, ground: Ground): IFunction[] => [
  aggregates(new Construct(scope, 'Aggregates'), ground),
  digests(new Construct(scope, 'Digests'), ground),
];

const aggregates = (scope: Construct, ground: Ground): IFunction => {
  const { stage, table } = ground;
  const failures = deadLetters(scope, stage, 'reports');
  const consumer = fn(scope, ground, 'reports', {
    entry: 'functions/reports/stream.handler.ts',
    traced: false,
    memoryMegabytes: 512,
    rights: [...writesTable(ground), ...readRights(table, failures)],
  });
  read(scope, { table, by: consumer, batch: 100, rows: rowsReported, failures });
  return consumer;
};

/** After the working day has begun for those who read them; Monday's weekly one comes after the daily one. */
const times = {
  daily: 'cron(30 8 * * ? *)',
  weekly: 'cron(45 8 ? * MON *)',
} as const;

const digests = (scope: Construct, ground: Ground): IFunction => {
  const { stage } = ground;
  const failures = deadLetters(scope, stage, 'digest');
  const digest = fn(scope, ground, 'digest', {
    entry: 'functions/notify/digest.handler.ts',
    memoryMegabytes: 512,
    failures,
    rights: writesTable(ground, 'g1', 'g2', 'g3'),
  });
  const runs = role(scope, 'SchedulesRole', {
    trusts: schedulerOf(),
    rights: [
      { actions: ['lambda:InvokeFunction'], resources: [digest.functionArn] },
      { actions: ['sqs:SendMessage'], resources: [failures.queueArn] },
    ],
  });
  for (const [kind, expression] of Object.entries(times)) {
    // The default group, not that of the reminders: `deliver` may delete what is in theirs.
    new CfnSchedule(scope, kind, {
      name: `${stage.prefix}-digest-${kind}`,
      scheduleExpression: expression,
      scheduleExpressionTimezone: 'Europe/Moscow',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: digest.functionArn,
        roleArn: runs.roleArn,
        input: JSON.stringify({ kind }),
        deadLetterConfig: { arn: failures.queueArn },
        retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3 * 3600 },
      },
    });
  }
  return digest;
};
