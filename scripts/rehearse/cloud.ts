import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { configKey } from '../../functions/shared/keys.ts';
import { createDynamoTable } from '../../functions/shared/table/table-dynamo.ts';
import { clockKey } from '../../infra/rehearsal-clock.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { packs } from '../../statemachines/packs/index.ts';
import type { Outputs } from '../deploy/cdk.ts';
import { commanded } from './command.ts';
import { account, clientOf, type Emulator } from './emulator.ts';
import { gaps } from './gaps.ts';
import { executionsOn, putAliases } from './machines.ts';
import type { Providers } from './providers.ts';
import { prefix, stage } from './stage.ts';

/** The app as it stands on the emulator, and what a rehearsal needs of it. */
export type Cloud = {
  readonly emulator: Emulator;
  readonly providers: Providers;
  readonly outputs: Outputs;
  /** the HTTP API, as the emulator addresses it */
  readonly api: string;
  readonly table: string;
  readonly clients: {
    readonly dynamo: DynamoDBClient;
    readonly sfn: SFNClient;
    readonly lambda: LambdaClient;
    readonly events: EventBridgeClient;
    readonly scheduler: SchedulerClient;
  };
  /** a person's access token, by the id the packs know them by */
  tokenOf(person: string): Promise<string>;
  /** a token that is good for so many seconds */
  briefToken(person: string, seconds: number): Promise<string>;
  /** persons' ids in the user pool and in the packs */
  readonly subjects: ReadonlyMap<string, string>;
  /** what the sandboxes of providers take, where an operator would write it */
  putSecrets(): Promise<void>;
  /** puts an object down, as a service of the provider does */
  putObject(bucket: string, key: string, body: Buffer): Promise<void>;
  /** the bucket of files and letters */
  readonly bucket: string;
  /** the company's time, as it was last set */
  now(): string;
  /** sets the company's time */
  setClock(instant: string): Promise<void>;
  invoke(fn: string, event: unknown): Promise<{ failed: boolean; answer: string }>;
  /** calls a function without waiting, as a rule of the bus does: it is tried again, and ends among the dead letters */
  callAsBusDoes(fn: string, event: unknown): Promise<void>;
  putEvent(event: { source: string; type: string; detail: unknown; bus?: string }): Promise<void>;
  openRuns(): Promise<string[]>;
  letters(): Promise<Letter[]>;
};

/** A letter as the emulator keeps it. */
export type Letter = {
  readonly id: string;
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
};

/** `seconds` after which the machines ask again: nobody else moves the emulator's time. */
export const patience = 1;

/** The folder of what is deployed. */
export const assemblyOf = ({ folder }: Emulator): string => join(folder, 'cdk.out');

const Schedules = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** Gives the schedules the time zones of the template, which the emulator's CloudFormation drops. */
const mendSchedules = async (emulator: Emulator, scheduler: SchedulerClient): Promise<void> => {
  const template = JSON.parse(await readFile(join(assemblyOf(emulator), 'Voronka.template.json'), 'utf8'));
  for (const { Type, Properties } of Object.values(Schedules.parse(template).Resources)) {
    if (Type !== 'AWS::Scheduler::Schedule') continue;
    const Name = String(Properties?.Name);
    const { ScheduleExpression, FlexibleTimeWindow, Target } = await scheduler.send(
      new GetScheduleCommand({ Name }),
    );
    const ScheduleExpressionTimezone = String(Properties?.ScheduleExpressionTimezone);
    await scheduler.send(
      new UpdateScheduleCommand({
        Name,
        ScheduleExpression,
        ScheduleExpressionTimezone,
        FlexibleTimeWindow,
        Target,
      }),
    );
  }
};

const without = gaps.flatMap(({ leaveOut }) => leaveOut ?? []);

/** What the app is asked for by the CDK's context, so that it fits the emulator. */
export const asked = (providers: string): Readonly<Record<string, string>> => ({
  'voronka:patience': String(patience),
  'voronka:around': 'infra/rehearsal-clock.ts',
  'voronka:sandboxes': providers,
  'voronka:publicUrl': providers,
  ...(without.length === 0 ? {} : { 'voronka:without': without.join(',') }),
});

/** How the app is synthesized for the emulator. */
export const given = (emulator: Emulator, providers: Pick<Providers, 'url'>) => ({
  stage,
  nag: false,
  outdir: assemblyOf(emulator),
  context: asked(providers.url),
});

/** Makes what is deployed: the whole app. */
export const prepare = async (emulator: Emulator, providers: Providers): Promise<void> => {
  await synthesize(given(emulator, providers));
};

/** The deployment as an operator does it; what was prepared is not made a second time. */
const asPrepared = (emulator: Emulator) => ({ CDK_APP: assemblyOf(emulator) });

export const yes = ['--stage', stage, '--yes', stage];

/** Deploys what was prepared, or what has changed of it. @returns the stack's outputs */
export const deploy = async (emulator: Emulator, more: readonly string[] = []): Promise<Outputs> => {
  const text = await commanded(emulator, 'deploy', [...yes, ...more], asPrepared(emulator));
  return Object.fromEntries(
    [...text.matchAll(/^(\w+) {2,}(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
};

/** Takes everything down again. */
export const remove = (emulator: Emulator): Promise<string> =>
  commanded(emulator, 'deploy', ['--remove', ...yes], asPrepared(emulator));

const password = 'Rehearsal-2026!';

/** The demo people of the packs in the user pool and in the table. @returns their ids, pool's by packs' */
const employ = async (
  cognito: CognitoIdentityProviderClient,
  dynamo: DynamoDBClient,
  pool: string,
): Promise<Map<string, string>> => {
  const people = packs.flatMap(({ people }) => people);
  const subjects = new Map<string, string>();
  for (const { id, email = `${id}@${stage}.example`, roles } of people) {
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: pool,
        Username: email,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    const subject = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
    if (subject === undefined) throw new Error(`the user pool gave ${email} no subject`);
    subjects.set(id, subject);
    await cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: pool,
        Username: email,
        Password: password,
        Permanent: true,
      }),
    );
    if (roles.includes('admin'))
      await cognito.send(
        new AdminAddUserToGroupCommand({ UserPoolId: pool, Username: email, GroupName: 'administrators' }),
      );
  }
  const subjectOf = (id: string): string => subjects.get(id) ?? id;
  await createDynamoTable({ name: prefix, client: dynamo }).batch(
    people.map(({ head, ...user }) => {
      const put = {
        ...user,
        id: subjectOf(user.id),
        ...(head === undefined ? {} : { head: subjectOf(head) }),
      };
      return { put: { ...configKey('user', put.id), row: 'user', ...put } };
    }),
  );
  return subjects;
};

/** Opens the deployed app: its people, its clock, its addresses. */
export const open = async (emulator: Emulator, providers: Providers, outputs: Outputs): Promise<Cloud> => {
  const config = { ...clientOf(emulator), maxAttempts: 4 };
  const dynamo = new DynamoDBClient(config);
  const sfn = new SFNClient(config);
  const lambda = new LambdaClient(config);
  const events = new EventBridgeClient(config);
  const scheduler = new SchedulerClient(config);
  const cognito = new CognitoIdentityProviderClient(config);
  await putAliases(sfn);
  await mendSchedules(emulator, scheduler);

  const pool = String(outputs.AccessIssuer).split('/').at(-1) ?? '';
  const client = String(outputs.AccessClientId);
  const subjects = await employ(cognito, dynamo, pool);
  // People sign in by SRP in a browser; a script signs them in by the administrator's flow.
  const settle = (validity: { AccessTokenValidity: number; seconds: boolean }) =>
    cognito.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: pool,
        ClientId: client,
        ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        AccessTokenValidity: validity.AccessTokenValidity,
        TokenValidityUnits: { AccessToken: validity.seconds ? 'seconds' : 'hours' },
      }),
    );
  await settle({ AccessTokenValidity: 1, seconds: false });
  const people = new Map(packs.flatMap((pack) => pack.people).map((user) => [user.id as string, user]));
  const tokens = new Map<string, Promise<string>>();
  const signIn = async (person: string): Promise<string> => {
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool,
        ClientId: client,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: people.get(person)?.email ?? `${person}@${stage}.example`,
          PASSWORD: password,
        },
      }),
    );
    const token = AuthenticationResult?.AccessToken;
    if (token === undefined) throw new Error(`the user pool gave ${person} no access token`);
    return token;
  };

  const id = /^https?:\/\/([^.]+)\./.exec(String(outputs.ApiUrl))?.[1];
  const api = `${emulator.url}/_aws/execute-api/${id}/$default`;
  let now = '';
  providers.callAt(api);
  const putSecrets = async (): Promise<void> => {
    const secretsManager = new SecretsManagerClient(config);
    for (const [SecretId, value] of Object.entries(providers.secrets))
      if (!SecretId.endsWith('/links'))
        await secretsManager.send(
          new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }),
        );
    secretsManager.destroy();
  };
  await putSecrets();
  const configuration = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: `${prefix}-mail-in` }),
  );
  return {
    emulator,
    providers,
    outputs,
    api,
    putSecrets,
    table: prefix,
    clients: { dynamo, sfn, lambda, events, scheduler },
    subjects,
    tokenOf(person) {
      const token = tokens.get(person) ?? signIn(person);
      tokens.set(person, token);
      return token;
    },
    async briefToken(person, seconds) {
      await settle({ AccessTokenValidity: seconds, seconds: true });
      try {
        return await signIn(person);
      } finally {
        await settle({ AccessTokenValidity: 1, seconds: false });
      }
    },
    async putObject(to, key, body) {
      const answer = await fetch(`${emulator.url}/${to}/${key}`, {
        method: 'PUT',
        body: new Uint8Array(body),
      });
      if (!answer.ok) throw new Error(`the emulator’s bucket answers ${answer.status} to ${key}`);
    },
    bucket: String(configuration.Environment?.Variables?.BUCKET_NAME),
    now: () => now,
    async setClock(instant) {
      now = instant;
      await dynamo.send(
        new PutItemCommand({ TableName: prefix, Item: { ...clockKey, now: { S: instant } } }),
      );
      await providers.setClock(instant);
    },
    async invoke(fn, event) {
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: `${prefix}-${fn}`, Payload: JSON.stringify(event) }),
      );
      return { failed: FunctionError !== undefined, answer: Payload?.transformToString() ?? '' };
    },
    async callAsBusDoes(fn, event) {
      await lambda.send(
        new InvokeCommand({
          FunctionName: `${prefix}-${fn}`,
          InvocationType: 'Event',
          Payload: JSON.stringify(event),
        }),
      );
    },
    async putEvent({ source, type, detail, bus }) {
      const { Entries } = await events.send(
        new PutEventsCommand({
          Entries: [
            {
              Source: source,
              DetailType: type,
              Detail: JSON.stringify(detail),
              ...(bus === undefined ? {} : { EventBusName: bus }),
            },
          ],
        }),
      );
      const problem = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (problem !== undefined)
        throw new Error(`the bus took no ${type}: ${problem.ErrorCode} ${problem.ErrorMessage}`);
    },
    async openRuns() {
      const running = await executionsOn(sfn, { statusFilter: 'RUNNING', maxResults: 1000 });
      return running.map(({ name = '' }) => name).sort();
    },
    async letters() {
      const response = await fetch(`${emulator.url}/_ministack/ses/messages`);
      const { messages } = (await response.json()) as { messages: Record<string, Record<string, unknown>[]> };
      return (messages[account] ?? []).map((one) => ({
        id: String(one.MessageId),
        from: String(one.Source),
        to: one.To as string[],
        subject: String(one.Subject),
        text: String(one.BodyText),
      }));
    },
  };
};
