import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClock } from '../../local/clock.ts';
import { createEngine } from '../../local/states/engine.ts';
import { memoryStore } from '../../local/states/store-memory.ts';
import { type Figure, figure, interleaved, rounds } from './figure.ts';

const run = promisify(execFile);

/** Seconds that the walk-through took by its own count, which begins when all is started. */
const walk = async (): Promise<number> => {
  const demo = join(import.meta.dirname, '..', 'demo.ts');
  const { stdout } = await run(process.execPath, [demo], { maxBuffer: 1e8 });
  const seconds = /virtual weeks in ([\d.]+) s/.exec(stdout)?.[1];
  if (seconds === undefined || !stdout.includes('Every line holds'))
    throw new Error(`the demo did not hold:\n${stdout.slice(-2000)}`);
  return Number(seconds);
};

const runs = 400;
const waitsOfRun = 5;
const dayMs = 86_400_000;

/** A chain of waits, each with an expression before it. */
const chain = (seconds: number): string => {
  const names = Array.from({ length: waitsOfRun }, (_, at) => at);
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Count 0',
    States: Object.fromEntries(
      names.flatMap((at) => [
        [`Count ${at}`, { Type: 'Pass', Assign: { n: '{% $states.input.n + 1 %}' }, Next: `Wait ${at}` }],
        [
          `Wait ${at}`,
          {
            Type: 'Wait',
            Seconds: seconds,
            ...(at + 1 < waitsOfRun ? { Next: `Count ${at + 1}` } : { End: true }),
          },
        ],
      ]),
    ),
  });
};

/** Milliseconds that the same events take when they are spread over that time. */
const skip = async (ms: number): Promise<number> => {
  const clock = createClock({ now: '2026-01-01T00:00:00.000Z' });
  const engine = createEngine({ clock, store: memoryStore(), services: async () => null });
  const { stateMachineArn } = await engine.createStateMachine({
    name: 'chain',
    definition: chain(ms / 1000 / (waitsOfRun + 1)),
  });
  const since = performance.now();
  for (let n = 0; n < runs; n += 1) {
    clock.at(clock.now().getTime() + ((ms / (waitsOfRun + 1)) * n) / runs, () => {
      void engine.startExecution({ stateMachineArn, input: JSON.stringify({ n }) });
    });
  }
  await clock.advance(ms);
  const took = performance.now() - since;
  const open = engine.listExecutions({ stateMachineArn, status: 'RUNNING' }).length;
  engine.close();
  if (open > 0) throw new Error(`${open} runs are not over at the end of their time`);
  return took;
};

export const benchSkipping = async (): Promise<Figure[]> => {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) seconds.push(await walk());
  await skip(dayMs);
  const pairs = await interleaved(
    () => skip(365 * dayMs),
    () => skip(dayMs),
  );
  return [
    figure(
      '9.1, seven virtual weeks',
      seconds,
      's',
      'at most 3',
      'all services, digests and letters included',
    ),
    figure(
      'a virtual year / a virtual day, same events',
      pairs.map(({ ours, theirs }) => ours / theirs),
      'x',
      'at most 1.1',
      `${runs * waitsOfRun} waits each`,
    ),
  ];
};
