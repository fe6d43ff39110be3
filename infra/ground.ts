import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Aws } from 'aws-cdk-lib/core';
import { arnVariable } from '../functions/calls/workers.ts';
import { indexName } from '../functions/shared/table/create.ts';
import type { Index } from '../functions/shared/table/port.ts';
import type { Access } from './access.ts';
import { fnArn } from './constructs/fn.ts';
import type { Right } from './constructs/rights.ts';
import type { Mail } from './mail.ts';
import { type Reminders, woken } from './notify.ts';
import type { SecretName, Secrets } from './secrets.ts';
import type { Stage } from './stage.ts';

/** What stands before the first function is made: every function may be told of it, none of it knows a function. */
export type Ground = {
  readonly stage: Stage;
  readonly table: ITable;
  readonly files: Bucket;
  readonly access: Access;
  readonly bus: IEventBus;
  readonly mail: Mail;
  readonly reminders: Reminders;
  readonly secrets: Secrets;
  /** origin of the HTTP API */
  readonly publicUrl: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** ARN of a resource of the Step Functions of this stage. */
export const machineArn = (stage: Stage, kind: 'stateMachine' | 'execution', rest: string): string =>
  `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}:${stage.prefix}-${rest}`;

/**
 * The one map of environment values. Machines and functions are told by name, not by reference: machines
 * call functions and functions start machines, which no order of creation could satisfy.
 */
export const environmentOf = (ground: Omit<Ground, 'environment'>): Record<string, string> => {
  const { stage, table, files, access, bus, mail, reminders, publicUrl } = ground;
  return {
    STAGE: stage.name,
    LOG_LEVEL: 'info',
    TABLE_NAME: table.tableName,
    BUCKET_NAME: files.bucketName,
    BUS_NAME: bus.eventBusName,
    ISSUER: access.issuer,
    MACHINE_PREFIX: stage.prefix,
    MACHINE_ARN_PREFIX: machineArn(stage, 'stateMachine', ''),
    MAIL_FROM: mail.from,
    MAIL_CONFIGURATION_SET: mail.configurationSet,
    MAIL_IN_DOMAIN: stage.mailInDomain,
    SCHEDULE_GROUP: reminders.group,
    SCHEDULE_ROLE_ARN: reminders.role.roleArn,
    ...Object.fromEntries(woken.map((name) => [arnVariable(name), fnArn(stage, name)])),
    SECRET_PREFIX: stage.prefix,
    PUBLIC_URL: publicUrl,
  };
};

const reading = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const writing = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
];

const queries = ({ table }: Ground, indexes: readonly Index[]): Right[] =>
  indexes.length === 0
    ? []
    : [
        {
          actions: ['dynamodb:Query'],
          resources: indexes.map((index) => `${table.tableArn}/index/${indexName(index)}`),
        },
      ];

/** Reads rows of the table, and queries those of its indexes that are named. No one may scan. */
export const readsTable = (ground: Ground, ...indexes: Index[]): Right[] => [
  { actions: reading, resources: [ground.table.tableArn] },
  ...queries(ground, indexes),
];

/** Reads and writes rows of the table, and queries those of its indexes that are named. */
export const writesTable = (ground: Ground, ...indexes: Index[]): Right[] => [
  { actions: [...reading, ...writing], resources: [ground.table.tableArn] },
  ...queries(ground, indexes),
];

/** Reads secrets of the deployment, each named. */
export const readsSecret = ({ secrets }: Ground, ...names: readonly SecretName[]): Right[] => [
  { actions: ['secretsmanager:GetSecretValue'], resources: names.map((name) => secrets[name]) },
];
