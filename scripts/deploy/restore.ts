import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { ttlAttribute } from '../../functions/shared/table/create.ts';

export type Restoring = {
  readonly client: DynamoDBClient;
  readonly from: string;
  readonly to: string;
  /** the last instant possible where absent */
  readonly at?: Date | undefined;
  readonly pollMs: number;
  readonly say: (line: string) => void;
};

const described = async (client: DynamoDBClient, table: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const active = async ({ client, to, pollMs }: Restoring): Promise<TableDescription> => {
  for (;;) {
    const table = await described(client, to);
    if (table?.TableStatus === 'ACTIVE') return table;
    await pause(pollMs);
  }
};

/** Expiry that is on already is no trouble: somebody began before. */
const expires = async ({ client, to }: Restoring): Promise<void> => {
  try {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: to,
        TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true },
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && /already enabled/i.test(error.message))) throw error;
  }
};

/** Restores a table to a new one that a stage can work on. Each step is passed over where it was done before. */
export const restore = async (restoring: Restoring): Promise<void> => {
  const { client, from, to, at, say } = restoring;
  if ((await described(client, to)) === undefined) {
    await client.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: from,
        TargetTableName: to,
        ...(at === undefined ? { UseLatestRestorableTime: true } : { RestoreDateTime: at }),
      }),
    );
    say(
      `${from} is being restored to ${to}, as it was ${at?.toISOString() ?? 'some minutes ago'}; this takes a while`,
    );
  }
  const table = await active(restoring);
  say(`${to} is there`);
  if (table.StreamSpecification?.StreamEnabled !== true)
    await client.send(
      new UpdateTableCommand({
        TableName: to,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
  await active(restoring);
  await expires(restoring);
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName: to,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  await client.send(new UpdateTableCommand({ TableName: to, DeletionProtectionEnabled: true }));
  await active(restoring);
  say('it has its stream, its expiry, its backups and its protection');
};
