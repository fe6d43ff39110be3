import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteScheduleCommand } from '@aws-sdk/client-scheduler';
import { schedulesOn } from './bellman.ts';
import type { Cloud } from './cloud.ts';

/** What outlasts a company's deals: its people and settings, and the rehearsal's clock. */
const stays = new Set(['CONFIG', 'AUDIT', 'REHEARSAL']);

/** Removes every row of deals, people told, letters and figures. @returns how many there were */
const sweep = async (dynamo: DynamoDBClient, table: string): Promise<number> => {
  const { Items = [] } = await dynamo.send(
    new ScanCommand({ TableName: table, ConsistentRead: true, ProjectionExpression: 'pk, sk' }),
  );
  const keys = Items.filter(({ pk }) => !stays.has(pk?.S ?? ''));
  for (let from = 0; from < keys.length; from += 25) {
    const DeleteRequests = keys.slice(from, from + 25).map((Key) => ({ DeleteRequest: { Key } }));
    await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [table]: DeleteRequests } }));
  }
  return keys.length;
};

/** Takes down what would be rung for deals that are gone. */
const unring = async ({ clients: { scheduler } }: Cloud): Promise<void> => {
  for (const { Name, GroupName, once } of await schedulesOn(scheduler))
    if (once) await scheduler.send(new DeleteScheduleCommand({ Name, GroupName }));
};

/** Empties the company and its providers, so that a walk-through begins as on the local runtime: twice in a row nothing may be left. */
export const clear = async (cloud: Cloud): Promise<void> => {
  const {
    clients: { dynamo },
    table,
  } = cloud;
  cloud.providers.begin();
  let quiet = 0;
  for (let turn = 0; quiet < 4; turn += 1) {
    if (turn > 100) throw new Error('the table does not come to rest: something goes on writing to it');
    quiet = (await sweep(dynamo, table)) === 0 ? quiet + 1 : 0;
    await pause(500); // the readers of the stream answer what was removed
  }
  await unring(cloud);
};
