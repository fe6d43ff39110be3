import { EventBus, type IEventBus, Match } from 'aws-cdk-lib/aws-events';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** The bus by name, for what does not stand in its stack. */
export const busName = (stage: Stage): string => stage.prefix;

export const busArn = (stage: Stage): string =>
  `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${busName(stage)}`;

/** The bus of domain events, all of them archived: a changed pipeline can be tried on what happened last year. prod keeps both. */
export const bus = (scope: Construct, stage: Stage): IEventBus => {
  const made = new EventBus(scope, 'Bus', { eventBusName: busName(stage) });
  const archive = made.archive('Archive', {
    archiveName: stage.prefix,
    description: 'Every domain event, to replay a period',
    eventPattern: { source: Match.prefix('voronka') },
    retention: Duration.days(stage.prod ? 400 : 30),
  });
  if (stage.prod) {
    // A bus with an archive cannot be deleted: the archive has a rule on it.
    archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
    made.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
  return made as IEventBus; // the library's own types are looser than exactOptionalPropertyTypes
};
