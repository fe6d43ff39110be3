import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import { Aws, CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn } from './constructs/fn.ts';
import { type Ground, readsSecret, writesTable } from './ground.ts';

/**
 * Letters that come: SES puts each into the bucket under `mail/`, then calls the function. One rule set of an account and region
 * is the active one; who deploys makes it so (docs/integrations/mail.md).
 */
export const mailIn = (scope: Construct, ground: Ground): IFunction => {
  const { stage, files } = ground;
  const failures = deadLetters(scope, stage, 'mail-in');
  const made = fn(scope, ground, 'mail-in', {
    entry: 'functions/mail-in/receive.handler.ts',
    failures,
    // A letter of 40 MB is read in memory, and its files lie there beside it.
    memoryMegabytes: 1536,
    timeoutSeconds: 300,
    rights: [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readsSecret(ground, 'links'),
      {
        actions: ['s3:GetObject'],
        resources: [files.arnForObjects('mail/*')],
        because: 'SES names each letter itself.',
      },
      {
        actions: ['s3:PutObject'],
        resources: [files.arnForObjects('files/*')],
        because: 'What comes with a letter lies with its deal, whichever deal that is.',
      },
    ],
  });

  const set = new CfnReceiptRuleSet(scope, 'Letters', { ruleSetName: stage.prefix });
  const name = 'letters';
  const arn = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:receipt-rule-set/${stage.prefix}:receipt-rule/${name}`;
  const ses = 'ses.amazonaws.com';
  files.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal(ses)],
      actions: ['s3:PutObject'],
      resources: [files.arnForObjects('mail/*')],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': arn } },
    }),
  );
  const permission = new CfnPermission(scope, 'Call', {
    action: 'lambda:InvokeFunction',
    functionName: made.functionArn,
    principal: ses,
    sourceArn: arn,
  });
  const rule = new CfnReceiptRule(scope, 'Rule', {
    ruleSetName: set.ref,
    rule: {
      name,
      enabled: true,
      recipients: [stage.mailInDomain],
      scanEnabled: true,
      tlsPolicy: 'Optional', // whoever cannot encrypt is a client all the same
      actions: [
        { s3Action: { bucketName: files.bucketName, objectKeyPrefix: 'mail/' } },
        { lambdaAction: { functionArn: made.functionArn, invocationType: 'Event' } },
      ],
    },
  });
  // SES tries both when the rule is made, and refuses it where it may not.
  rule.addResourceDependency(permission);
  if (files.policy !== undefined) rule.node.addDependency(files.policy);
  new CfnOutput(scope, 'MX', {
    description: `The MX record of ${stage.mailInDomain}`,
    value: `10 inbound-smtp.${Aws.REGION}.amazonaws.com`,
  });
  return made;
};
