import {
  AccountRecovery,
  CfnUserPoolGroup,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, CfnOutput, Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

export type Access = { readonly client: UserPoolClient; readonly issuer: string };

/** Who may sign in. What a person may do is decided by the roles in the table, not here. */
export const access = (scope: Construct, stage: Stage): Access => {
  const pool = new UserPool(scope, 'Users', {
    userPoolName: stage.prefix,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    mfa: stage.prod ? Mfa.REQUIRED : Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
    },
    deletionProtection: stage.prod,
    removalPolicy: stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  Validations.of(pool).acknowledge(
    {
      id: 'AwsSolutions-COG2',
      reason: 'In prod it is required; elsewhere it is offered, so that a machine can sign in to try things.',
    },
    {
      id: 'AwsSolutions-COG8',
      reason: 'The Plus plan costs more a month for 50 people than the rest of a small installation.',
    },
  );

  pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: `${stage.prefix}-${Aws.ACCOUNT_ID}` } });
  const client = pool.addClient('Web', {
    // No secret: a browser cannot keep one, so it proves itself by PKCE on the authorization code.
    generateSecret: false,
    authFlows: { userSrp: true },
    preventUserExistenceErrors: true,
    // Signed in once a working day; who is dismissed is refused at once, whatever token they hold.
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    // A refresh token is good once: one that was stolen and used ends with the next honest use.
    refreshTokenRotationGracePeriod: Duration.seconds(10),
    enableTokenRevocation: true,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: stage.origins.map((origin) => `${origin}/signed-in`),
      logoutUrls: [...stage.origins],
    },
  });
  // The first administrator is known before the table holds anybody.
  new CfnUserPoolGroup(scope, 'Administrators', {
    userPoolId: pool.userPoolId,
    groupName: 'administrators',
    description: 'May set up users, roles, pipelines and directories',
  });

  const issuer = Fn.join('', ['https://cognito-idp.', Aws.REGION, '.', Aws.URL_SUFFIX, '/', pool.userPoolId]);
  new CfnOutput(scope, 'Issuer', { value: issuer });
  new CfnOutput(scope, 'ClientId', { value: client.userPoolClientId });
  return { client, issuer };
};
