import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  CfnEmailIdentity,
} from 'aws-cdk-lib/aws-ses';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Right } from './constructs/rights.ts';
import type { Stage } from './stage.ts';

export type Mail = {
  readonly from: string;
  readonly configurationSet: string;
  /** What a function needs to send a letter. */
  readonly rights: readonly Right[];
};

/** The domain that letters leave from, and the way back for what became of each. */
export const mail = (scope: Construct, stage: Stage): Mail => {
  const identity = new CfnEmailIdentity(scope, 'Identity', {
    emailIdentity: stage.mailDomain,
    dkimSigningAttributes: { nextSigningKeyLength: 'RSA_2048_BIT' },
    mailFromAttributes: {
      mailFromDomain: `bounce.${stage.mailDomain}`,
      behaviorOnMxFailure: 'USE_DEFAULT_VALUE',
    },
  });
  // A new identity has other keys: the domain's DNS would have to be written anew before a letter leaves.
  if (stage.prod) identity.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const set = new CfnConfigurationSet(scope, 'Letters', {
    name: stage.prefix,
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: true },
    sendingOptions: { sendingEnabled: true },
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  new CfnConfigurationSetEventDestination(scope, 'WhatBecameOfThem', {
    configurationSetName: set.ref,
    eventDestination: {
      name: 'bus',
      enabled: true,
      // Each is a call of a function. SEND is worth one though the delivery writes "sent" itself: where that call died before it
      // could, the next attempt is a minute away, and DELIVERY may take hours; the client would get the letter twice.
      // Delays say nothing that a message keeps. Opens are left out: a privacy proxy opens every letter.
      matchingEventTypes: ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'],
      // SES accepts no other bus than the account's default one.
      eventBridgeDestination: {
        eventBusArn: `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`,
      },
    },
  });
  const arn = (rest: string) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;
  return {
    from: `no-reply@${stage.mailDomain}`,
    configurationSet: set.ref,
    rights: [
      {
        actions: ['ses:SendEmail'],
        resources: [arn(`identity/${identity.ref}`), arn(`configuration-set/${set.ref}`)],
      },
    ],
  };
};
