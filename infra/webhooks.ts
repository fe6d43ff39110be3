import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Ground, readsSecret } from './ground.ts';
import { worker } from './worker.ts';

/** Sends the numbered events to the systems that asked for them; what signs them follows from the deployment's own key. */
export const webhooks = (scope: Construct, ground: Ground): IFunction =>
  worker(new Construct(scope, 'Webhooks'), ground, 'webhooks', {
    entry: 'functions/webhooks/work.handler.ts',
    providers: ['webhook'],
    rights: readsSecret(ground, 'links'),
  });
