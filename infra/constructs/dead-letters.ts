import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/**
 * Where what a function could not take is kept for 14 days: `voronka-<stage>-<name>-failed`.
 * `watch` gives every queue its alarm.
 *
 * Redrive: mend the cause, then for an event read the message's `requestPayload` (of a rule that could not reach the
 * function: the whole message) and invoke the function with it again; for a batch of the table's stream read
 * `DDBStreamBatchInfo`, whose sequence numbers can be read from the stream for 24 hours.
 */
export const deadLetters = (scope: Construct, stage: Stage, name: string): Queue => {
  const queue = new Queue(scope, 'Failed', {
    queueName: `${stage.prefix}-${name}-failed`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'It is a dead-letter queue itself; the rule sees only those named by a queue or a DeadLetterConfig.',
  });
  return queue;
};
