import { EventBus, type IEventBus, Match } from 'aws-cdk-lib/aws-events';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** The bus of domain events, all of them archived: a changed pipeline can be tried on what happened last year. */
export const bus = (scope: Construct, stage: Stage): IEventBus => {
  const made = new EventBus(scope, 'Bus', { eventBusName: stage.prefix });
  made.archive('Archive', {
    archiveName: stage.prefix,
    description: 'Every domain event, to replay a period',
    eventPattern: { source: Match.prefix('voronka') },
    retention: Duration.days(stage.prod ? 400 : 30),
  });
  return made as IEventBus; // the library's own types are looser than exactOptionalPropertyTypes
};
