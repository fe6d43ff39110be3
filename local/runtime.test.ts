import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createClock } from './clock.ts';
import { notes } from './lambda/fixtures/notes.template.ts';
import { type RuntimeOptions, startRuntime } from './runtime.ts';
import { sharedTable } from './table/shared.ts';

let server: Awaited<ReturnType<typeof sharedTable>>;
let worlds = 0;
beforeAll(async () => {
  server = await sharedTable();
});

const world = async (options: Partial<RuntimeOptions> = {}) => {
  worlds += 1;
  const runtime = await startRuntime({
    templates: [notes],
    clock: createClock({ now: '2026-10-01T09:00:00Z' }),
    table: { endpoint: server.endpoint, prefix: `${server.prefix}${worlds}-` },
    people: [],
    ...options,
  });
  onTestFinished(runtime.stop);
  const dynamo = new DynamoDBClient({});
  const write = (id: string) => fetch(`${runtime.urls.api}/notes/${id}`, { method: 'PUT', body: 'hello' });
  const kept = async () => {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: runtime.environment.TABLE_NAME }));
    return Items.map(({ pk }) => String(pk?.S)).sort();
  };
  const failures = async () => {
    const sqs = new SQSClient({});
    const QueueUrl = `${runtime.urls.storage}/000000000000/notes-failed`;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
  };
  return { runtime, write, kept, failures, clock: runtime.clock };
};

test('a template lives: HTTP, table, stream, bus and state machine', async () => {
  const { write, kept, clock } = await world();

  const response = await write('n1');
  await clock.settle();
  expect([response.status, await response.text()]).toEqual([201, 'n1']);
  expect(await kept()).toEqual(['n1', 'n1/heard']);
  await clock.advance(86_400_000);

  expect(await kept()).toEqual(['n1', 'n1/heard', 'n1/run']);
});

test('a function that throws once is tried again, on the stream and on the bus', async () => {
  const { runtime, write, kept, clock } = await world();
  runtime.faults.throw('notes-stream');
  runtime.faults.throw('notes-listener', { when: 'after' });

  await write('n1');
  await clock.settle();
  expect(await kept()).toEqual(['n1']);
  await clock.advance(300_000);

  expect(await kept()).toEqual(['n1', 'n1/heard']);
});

test('what is given up is in the dead-letter queue', async () => {
  const { runtime, write, clock, failures } = await world();
  runtime.faults.throwAlways('notes-stream');

  await write('n1');
  await clock.advance(3_600_000);
  runtime.faults.clear();
  runtime.faults.throwAlways('notes-listener');
  await write('n2');
  await clock.advance(3_600_000);

  expect(await failures()).toMatchObject([
    { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } },
    {
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { detail: { id: 'n2' } },
    },
  ]);
});

test('a restart goes on with what waits', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-runtime-'));
  const first = await world({ dir, table: undefined });
  await first.write('n1');
  await first.clock.settle();
  const { ports } = first.runtime;
  await first.runtime.stop();

  const clock = createClock({ now: '2026-10-01T12:00:00Z' });
  const second = await world({ dir, table: undefined, ports, clock });
  await clock.advanceTo('2026-10-02T08:59:59Z');
  expect(await second.kept()).toEqual(['n1', 'n1/heard']);
  await clock.advanceTo('2026-10-02T09:00:00Z');

  expect(await second.kept()).toEqual(['n1', 'n1/heard', 'n1/run']);
});

test('what was answered before a kill -9 has all its consequences after the restart', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-runtime-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lambda/fixtures/run-notes.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const api = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('the runtime did not come up')));
  });
  const answers = await Promise.all(
    ['n1', 'n2', 'n3'].map((id) => fetch(`${api}/notes/${id}`, { method: 'PUT', body: 'hello' })),
  );
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  const { kept, clock } = await world({ dir, table: undefined });
  await clock.settle();

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(await kept()).toEqual(['n1', 'n1/heard', 'n2', 'n2/heard', 'n3', 'n3/heard']);
  await clock.advance(86_400_000);
  expect((await kept()).filter((id) => id.endsWith('/run'))).toEqual(['n1/run', 'n2/run', 'n3/run']);
});

test('a runtime that cannot start says why and leaves nothing running', async () => {
  const Broken = {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: 'arn', DefinitionString: '{"StartAt":"a","States":{}}' },
  };
  const { Resources } = notes;

  await expect(world({ templates: [{ Resources: { ...Resources, Broken } }] })).rejects.toThrow(
    /StartAt|States/,
  );

  const { write } = await world();
  expect((await write('n1')).status).toBe(201);
});
