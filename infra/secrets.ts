import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

const named = {
  Robokassa: 'Merchant logins and passwords of the payment gateway by pack, as JSON',
  Cdek: 'Accounts and secure passwords of the delivery service by pack, as JSON',
  Sms: 'Keys of the SMS gateways by pack, as JSON',
  Telegram: 'Token of the bot, and the secret that its calls bring along, as JSON',
} as const;

/** Secrets that functions read: those of third parties, and the key of links that nobody can guess. */
export type SecretName = 'robokassa' | 'cdek' | 'sms' | 'links';

/** ARNs of the secrets by the last part of their names. */
export type Secrets = Readonly<Record<SecretName, string>>;

/** Secrets of third parties, created empty: an operator writes the value, a function is granted it once it is used. prod keeps them. */
export const secrets = (scope: Construct, stage: Stage): Secrets => {
  const made = Object.entries(named).map(([id, description]) => {
    const secret = new CfnSecret(scope, id, { name: `${stage.prefix}/${id.toLowerCase()}`, description });
    // Third parties give some of them out once; whoever brings prod back finds them where they were.
    if (stage.prod) secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The third party gives the value out; it can be changed at their site only, by a person.',
    });
    return [id.toLowerCase(), secret.ref] as const;
  });
  return {
    ...(Object.fromEntries(made) as Record<Exclude<SecretName, 'links'>, string>),
    links: links(scope, stage),
  };
};

/** The key that addresses of clients' pages are made with: generated, and read by functions alone. */
const links = (scope: Construct, stage: Stage): string => {
  const secret = new CfnSecret(scope, 'Links', {
    name: `${stage.prefix}/links`,
    description: 'Key of the links that clients are sent',
    generateSecretString: {
      secretStringTemplate: '{}',
      generateStringKey: 'key',
      passwordLength: 64,
      excludePunctuation: true,
    },
  });
  // With another key no link works that a client has been sent.
  if (stage.prod) secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Links that clients hold are made with it; a new key would break every one of them.',
  });
  return secret.ref;
};
