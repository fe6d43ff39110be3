import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startTable } from '../../../local/table/process.ts';
import { tableShape } from './create.ts';
import { createDynamoClient } from './table-dynamo.ts';

/** Amazon's DynamoDB Local, running for one file of tests. */
export type DynamoLocal = {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** Makes a table of our shape; give each test file a name of its own. */
  createTable(name: string): Promise<void>;
  stop(): Promise<void>;
};

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Starts an empty server in memory; it ends with this process at the latest. */
export const startDynamoLocal = async (): Promise<DynamoLocal> => {
  const server = await startTable();
  const { endpoint } = server;
  const client = createDynamoClient({ endpoint, region: 'eu-central-1', credentials });
  return {
    endpoint,
    client,
    async createTable(TableName) {
      await client.send(new CreateTableCommand({ TableName, ...tableShape }));
      // A streamed table that has no row yet slows its whole server down, 15 times and more.
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: '-' }, sk: { S: '-' } } }));
    },
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
};
