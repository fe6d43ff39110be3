import {
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { sharedTable } from '../../../local/table/shared.ts';
import { tableShape } from './create.ts';
import { createDynamoClient } from './table-dynamo.ts';

/** Amazon's DynamoDB Local, as one file of tests uses it. */
export type DynamoLocal = {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** Makes a table of our shape; give each test file a name of its own. */
  createTable(name: string): Promise<void>;
  stop(): Promise<void>;
};

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The server that all files of a run share; what a file has made there goes with it. */
export const startDynamoLocal = async (): Promise<DynamoLocal> => {
  const { endpoint } = await sharedTable();
  const made: string[] = [];
  const client = createDynamoClient({ endpoint, region: 'eu-central-1', credentials });
  return {
    endpoint,
    client,
    async createTable(TableName) {
      await client.send(new CreateTableCommand({ TableName, ...tableShape }));
      made.push(TableName);
      // A streamed table that has no row yet slows its whole server down, 15 times and more.
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: '-' }, sk: { S: '-' } } }));
    },
    async stop() {
      for (const TableName of made) await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
};
