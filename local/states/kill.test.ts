import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { createEngine } from './engine.ts';
import { sqliteStore } from './store-sqlite.ts';

const NOW = '2026-01-05T08:00:00.000Z';

const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: '{% $states.context.Task.Token %}' },
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 60, End: true },
  },
});

/** Starts executions and answers their tokens without end, saying on stdout what was acknowledged. */
const busy = (file: string): string => `
  import { createClock } from ${JSON.stringify(new URL('../clock.ts', import.meta.url).href)};
  import { createEngine } from ${JSON.stringify(new URL('./engine.ts', import.meta.url).href)};
  import { sqliteStore } from ${JSON.stringify(new URL('./store-sqlite.ts', import.meta.url).href)};
  import { writeSync } from 'node:fs';
  const tokens = new Map();
  const engine = createEngine({
    clock: createClock({ now: ${JSON.stringify(NOW)} }),
    store: sqliteStore(${JSON.stringify(file)}),
    services: async (call) => void tokens.set(call.executionArn, call.taskToken),
  });
  const { stateMachineArn } = await engine.createStateMachine({ name: 'm', definition: ${JSON.stringify(definition)} });
  for (let n = 0; ; n += 1) {
    const { executionArn } = await engine.startExecution({ stateMachineArn, name: 'n' + n });
    writeSync(1, 'started ' + executionArn + '\\n');
    await engine.idle();
    if (n % 2) continue;
    await engine.sendTaskSuccess({ taskToken: tokens.get(executionArn), output: String(n) });
    writeSync(1, 'answered ' + executionArn + '\\n');
  }
`;

test('a killed process loses nothing that it acknowledged', { timeout: 20_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'voronka-kill-'));
  const file = join(folder, 'states.sqlite');
  const victim = spawn(process.execPath, ['--input-type=module', '-e', busy(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: victim.stdout })) {
    said.push(line);
    if (said.length === 200) victim.kill('SIGKILL');
  }

  const again: string[] = [];
  const clock = createClock({ now: NOW });
  const engine = createEngine({
    clock,
    store: sqliteStore(file),
    services: async (call) => void again.push(call.executionArn),
  });
  await clock.settle();

  const of = (word: string) =>
    said.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  expect(of('answered').length).toBeGreaterThan(50);
  for (const arn of of('started')) expect(engine.describeExecution(arn).status).toBe('RUNNING');
  for (const arn of of('answered')) {
    const history = engine.getExecutionHistory(arn).map((event) => event.type);
    expect(history.filter((type) => type === 'TaskSucceeded')).toHaveLength(1);
    expect(again).not.toContain(arn);
  }
  await clock.advance(60_000);
  for (const arn of of('answered')) expect(engine.describeExecution(arn).status).toBe('SUCCEEDED');
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});
