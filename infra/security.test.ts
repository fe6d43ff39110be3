import { beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../schemas/api/endpoint.ts';
import { api } from '../schemas/api/index.ts';
import { aPack, ofType, type Resource, resourcesOf } from './testing.ts';

type Resources = Readonly<Record<string, Resource>>;

let resources: Resources;
let prod: Resources;
beforeAll(async () => {
  resources = await resourcesOf({ ...aPack, endpoints: api });
  prod = await resourcesOf({ ...aPack, endpoints: api }, 'prod');
});

const only = (type: string, of: Resources = resources): [string, Resource['Properties']] => {
  const [found, ...others] = ofType(of, type);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} or no ${type}`);
  return [found[0], found[1].Properties];
};
const said = (value: unknown): string => JSON.stringify(value);

/** Endpoints that check their caller themselves: by a signature, or by a link that nobody can guess. */
const checking = (Object.values(api) as Endpoint[]).filter(({ raw }) => raw !== undefined);

test('only the description of the API is served without a token, and what checks its caller itself', () => {
  const open = ofType(resources, 'AWS::ApiGatewayV2::Route').filter(
    ([, { Properties }]) => Properties.AuthorizationType !== 'JWT',
  );

  expect(
    open.map(([, { Properties }]) => [Properties.RouteKey, Properties.AuthorizationType]).sort(),
  ).toEqual(
    ['GET /v1/openapi.json', ...checking.map(({ method, path }) => `${method} ${path}`)]
      .map((key) => [key, 'NONE'])
      .sort(),
  );
  // A new kind of address that anybody may call is thought about here first.
  for (const { path } of checking)
    expect(path).toMatch(/^\/v1\/(webhooks|pay|track|unsubscribe|messages\/page)\//);
});

test('the authorizer takes tokens of this user pool, for this client', () => {
  const [, authorizer] = only('AWS::ApiGatewayV2::Authorizer');
  const [pool] = only('AWS::Cognito::UserPool');
  const [client] = only('AWS::Cognito::UserPoolClient');

  expect(authorizer.AuthorizerType).toBe('JWT');
  expect(said(authorizer.JwtConfiguration)).toContain(`"Ref":"${pool}"`);
  expect(authorizer.JwtConfiguration).toMatchObject({ Audience: [{ Ref: client }] });
});

test('every route is throttled, open ones by themselves: providers call in bursts, clients now and then', () => {
  const [, { DefaultRouteSettings, RouteSettings }] = only('AWS::ApiGatewayV2::Stage');

  const limits = (ThrottlingRateLimit: number, ThrottlingBurstLimit: number) => ({
    ThrottlingRateLimit,
    ThrottlingBurstLimit,
  });
  expect(DefaultRouteSettings).toEqual(limits(100, 200));
  expect(RouteSettings).toEqual({
    'GET /v1/openapi.json': limits(10, 20),
    ...Object.fromEntries(
      checking.map(({ method, path, callback }) => [
        `${method} ${path}`,
        callback ? limits(200, 500) : limits(50, 100),
      ]),
    ),
  });
});

test('other sites may not read answers: origins are named, and no credentials are sent along', () => {
  const [, { CorsConfiguration }] = only('AWS::ApiGatewayV2::Api');
  const [, bucket] = only('AWS::S3::Bucket');

  expect(CorsConfiguration).toMatchObject({ AllowOrigins: ['http://localhost:5173'] });
  expect(said(CorsConfiguration)).not.toMatch(/"\*"|AllowCredentials/);
  expect(said(bucket.CorsConfiguration)).toContain('"AllowedOrigins":["http://localhost:5173"]');
  expect(said(bucket.CorsConfiguration)).not.toContain('"*"');
});

test('nobody signs up by themselves, passwords are long, and in prod a second factor is required', () => {
  const [, pool] = only('AWS::Cognito::UserPool');
  const [, inProd] = only('AWS::Cognito::UserPool', prod);

  expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
  expect(pool.Policies).toMatchObject({ PasswordPolicy: { MinimumLength: 12 } });
  expect([pool.MfaConfiguration, inProd.MfaConfiguration]).toEqual(['OPTIONAL', 'ON']);
  expect(inProd.EnabledMfas).toEqual(['SOFTWARE_TOKEN_MFA']);
});

test('a browser signs in by code and PKCE, without a secret, and is not told who there is', () => {
  const [, client] = only('AWS::Cognito::UserPoolClient');

  expect(client).toMatchObject({
    AllowedOAuthFlows: ['code'],
    GenerateSecret: false,
    PreventUserExistenceErrors: 'ENABLED',
  });
  expect(client.ExplicitAuthFlows).not.toContain('ALLOW_USER_PASSWORD_AUTH');
});

test('an access token is good for an hour, a sign-in for a working day, and a refresh token once', () => {
  const [, client] = only('AWS::Cognito::UserPoolClient');

  expect(client).toMatchObject({
    AccessTokenValidity: 60,
    RefreshTokenValidity: 720,
    TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
    RefreshTokenRotation: { Feature: 'ENABLED' },
    EnableTokenRevocation: true,
  });
});

test('nothing outside the stacks may put events on the bus, and inside them only the workflow does', () => {
  const publishers = ofType(resources, 'AWS::IAM::Role').filter(([, role]) =>
    said(role).includes('events:PutEvents'),
  );

  expect(ofType(resources, 'AWS::Events::EventBusPolicy')).toEqual([]);
  expect(publishers.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
    'WorkflowOutboxWorkflowRole',
    'industrialRole',
  ]);
});

test('the table is encrypted, recoverable to any second, and in prod cannot be deleted by a slip', () => {
  const [, table] = only('AWS::DynamoDB::Table');
  const [, inProd] = only('AWS::DynamoDB::Table', prod);

  // DynamoDB encrypts every table; a specification could only choose the key.
  expect(said(table.SSESpecification ?? {})).not.toContain('"SSEEnabled":false');
  expect(table.PointInTimeRecoverySpecification).toMatchObject({ PointInTimeRecoveryEnabled: true });
  expect(inProd.DeletionProtectionEnabled).toBe(true);
});

test('files are encrypted, versioned, closed to the public and to plain HTTP', () => {
  const [id, bucket] = only('AWS::S3::Bucket');
  const [, policy] = only('AWS::S3::BucketPolicy');

  expect(said(bucket.BucketEncryption)).toMatch(/AES256|aws:kms/);
  expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  expect(bucket.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  expect(policy.Bucket).toEqual({ Ref: id });
  expect(policy.PolicyDocument).toMatchObject({
    Statement: [
      { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      // rights.test.ts has its words: SES puts letters down under mail/.
      { Effect: 'Allow', Principal: { Service: 'ses.amazonaws.com' } },
    ],
  });
});

test('letters leave by TLS or not at all', () => {
  const [, set] = only('AWS::SES::ConfigurationSet');

  expect(set.DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
});

test('no secret is in the template or in an environment value', () => {
  const secrets = ofType(resources, 'AWS::SecretsManager::Secret');
  const environments = ofType(resources, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => (Properties.Environment as { Variables: Record<string, unknown> }).Variables,
  );

  expect(secrets.length).toBeGreaterThan(0);
  for (const [, { Properties }] of secrets) expect(Object.keys(Properties)).not.toContain('SecretString');
  expect(
    secrets
      .filter(([, { Properties }]) => 'GenerateSecretString' in Properties)
      .map(([, { Properties }]) => Properties.Name),
  ).toEqual(['voronka-dev/links']);
  for (const variables of environments)
    expect(
      Object.keys(variables).filter((name) => /SECRET|PASSWORD|TOKEN|_KEY|CREDENTIAL/.test(name)),
    ).toEqual(['SECRET_PREFIX']); // the beginning of their names
  expect(said(resources)).not.toMatch(/AKIA[0-9A-Z]{16}|-----BEGIN|resolve:secretsmanager/);
});

test('logs hold no data of runs, and of a request neither address nor token', () => {
  const machines = ofType(resources, 'AWS::StepFunctions::StateMachine');
  const [, stage] = only('AWS::ApiGatewayV2::Stage');
  const { Format } = stage.AccessLogSettings as { Format: string };

  expect(machines.length).toBeGreaterThan(0);
  for (const [, { Properties }] of machines)
    expect(said(Properties.LoggingConfiguration)).not.toContain('"IncludeExecutionData":true');
  expect(Object.keys(JSON.parse(Format))).toContain('subject');
  expect(Format).not.toMatch(/sourceIp|authorization|userAgent|email|querystring/i);
});

test('functions are called by services of the main stack alone: none has an address, each permission names its caller', () => {
  const permissions = ofType(resources, 'AWS::Lambda::Permission');

  expect(ofType(resources, 'AWS::Lambda::Url')).toEqual([]);
  expect(permissions.length).toBeGreaterThan(0);
  for (const [, { Properties }] of permissions) {
    expect(Properties.Principal).toMatch(/^(apigateway|events|scheduler|ses)\.amazonaws\.com$/);
    expect(Properties.SourceArn).toBeDefined();
  }
});
