import { type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export type Listening = {
  readonly ruleName: string;
  /** The account's default bus when left out: AWS services speak only there. */
  readonly bus?: IEventBus;
  readonly pattern: EventPattern;
  readonly to: IFunction;
  readonly failures: IQueue;
};

/** A rule that hands the events of a pattern to a function, and those it cannot deliver to the function's failures. */
export const listen = (scope: Construct, { ruleName, bus, pattern, to, failures }: Listening): Rule =>
  new Rule(scope, 'Rule', {
    ruleName,
    ...(bus === undefined ? {} : { eventBus: bus }),
    eventPattern: pattern,
    targets: [
      new LambdaFunction(to, {
        deadLetterQueue: failures,
        retryAttempts: 20,
        maxEventAge: Duration.hours(6),
      }),
    ],
  });
