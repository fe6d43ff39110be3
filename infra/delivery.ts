import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type Ground, readsSecret } from './ground.ts';
import { worker } from './worker.ts';

/** The calls of the delivery service, what it tells, and once a day, before people work, the question whether it still does. */
export const delivery = (scope: Construct, ground: Ground): IFunction =>
  worker(scope, ground, 'delivery-work', {
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
    daily: { expression: 'cron(40 6 * * ? *)', zone: 'Europe/Moscow', input: { daily: 'cdek' } },
  });
