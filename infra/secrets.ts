import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

const named = {
  Robokassa: 'Merchant login and the two passwords of the payment gateway, as JSON',
  Cdek: 'Account and secure password of the delivery service, as JSON',
  Sms: 'Key of the SMS gateway',
  Telegram: 'Token of the bot, and the secret that its calls bring along, as JSON',
} as const;

/** Secrets of third parties, created empty: an operator writes the value, a function is granted it once it is used. prod keeps them. */
export const secrets = (scope: Construct, stage: Stage): void => {
  for (const [id, description] of Object.entries(named)) {
    const secret = new CfnSecret(scope, id, { name: `${stage.prefix}/${id.toLowerCase()}`, description });
    // Third parties give some of them out once; whoever brings prod back finds them where they were.
    if (stage.prod) secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The third party gives the value out; it can be changed at their site only, by a person.',
    });
  }
};
