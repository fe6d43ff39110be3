import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/**
 * Where what a function could not take is kept for 14 days: `voronka-<stage>-<name>-failed`.
 * `watch` gives every queue its alarm.
 * `npm run ops -- redrive <name>-failed` gives it to the function again; docs/runbook.md says when.
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
