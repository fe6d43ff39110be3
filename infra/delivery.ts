import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { role } from './constructs/rights.ts';
import { type Ground, readsSecret } from './ground.ts';
import { schedulerOf } from './notify.ts';
import { worker } from './worker.ts';

/** Before the working day: by then CDEK tells of changes again, if it had stopped. */
const daily = 'cron(40 6 * * ? *)';

/** The calls of the delivery service, what it tells, and once a day the question whether it still does. */
export const delivery = (scope: Construct, ground: Ground): IFunction => {
  const { stage } = ground;
  const made = worker(scope, ground, 'delivery-work', {
    entry: 'functions/delivery/work.handler.ts',
    providers: ['cdek'],
    rights: [
      ...readsSecret(ground, 'cdek'),
      {
        actions: ['s3:PutObject'],
        resources: [ground.files.arnForObjects('files/*')],
        because: 'Waybills and labels become files of their deal, whichever deal that is.',
      },
    ],
  });
  const runs = role(scope, 'SchedulesRole', {
    trusts: schedulerOf(),
    rights: [{ actions: ['lambda:InvokeFunction'], resources: [made.functionArn] }],
  });
  new CfnSchedule(scope, 'Daily', {
    name: `${stage.prefix}-delivery-daily`,
    scheduleExpression: daily,
    scheduleExpressionTimezone: 'Europe/Moscow',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: made.functionArn,
      roleArn: runs.roleArn,
      input: JSON.stringify({ daily: 'cdek' }),
      // Another day comes.
      retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 3 * 3600 },
    },
  });
  return made;
};
