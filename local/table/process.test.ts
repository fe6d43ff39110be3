import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTable } from './create.ts';
import { startTable, type Table, TableNotStarted } from './process.ts';
import { openStream } from './stream.ts';
import { createCall } from './wire.ts';

/** A process that starts a table in `dir`, says where, and waits to be killed. */
const parentOf = async (dir: string) => {
  const script = `
    import { startTable } from '${join(import.meta.dirname, 'process.ts')}';
    const table = await startTable({ dir: '${dir}' });
    console.log(JSON.stringify(table));
    setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const table = await new Promise<Pick<Table, 'endpoint' | 'pid'>>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString())));
  });
  const kill = () => new Promise((resolve) => void child.once('exit', resolve).kill('SIGKILL'));
  return { table, kill };
};

const notes = {
  TableName: 'notes',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

test('a killed parent takes its server along; rows and stream are there for the next one, and no two share a folder', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-table-'));
  const { table: first, kill } = await parentOf(dir);
  const call = createCall(first.endpoint);
  await createTable(call, notes);
  await call('DynamoDB_20120810.PutItem', { TableName: 'notes', Item: { pk: { S: 'n1' } } });
  await expect(startTable({ dir })).rejects.toThrow(TableNotStarted);
  call.close();
  await kill();

  const table = await startTable({ dir });
  const again = createCall(table.endpoint);
  const { reads } = await (await openStream(again, 'notes')).read();

  expect(() => process.kill(first.pid, 0)).toThrow('ESRCH');
  expect(reads.map(({ record }) => record.dynamodb.Keys.pk?.S)).toEqual(['#first-row', '#first-row', 'n1']);
  const changed = {
    ...notes,
    KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' as const }],
    AttributeDefinitions: [{ AttributeName: 'sk', AttributeType: 'S' as const }],
  };
  await expect(createTable(again, changed)).rejects.toThrow('has other keys than the template');
  again.close();
  await table.stop();
});
