import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type Ground, readsSecret } from './ground.ts';
import { worker } from './worker.ts';

/** Messages to phones: one function for every gateway, since whose turn it is follows from what the one before said. */
export const sms = (scope: Construct, ground: Ground): IFunction =>
  worker(scope, ground, 'sms', {
    entry: 'functions/sms/work.handler.ts',
    providers: ['smsaero', 'smsc', 'sns'],
    also: { detailType: ['message.queued'], detail: { data: { channel: ['sms'] } } },
    rights: [
      ...readsSecret(ground, 'sms'),
      {
        actions: ['sns:Publish'],
        resources: ['*'],
        because: 'A message to a phone has no topic, and a phone number is no resource that could be named.',
      },
    ],
  });
