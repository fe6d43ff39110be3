import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClock } from '../../local/clock.ts';
import { createEngine } from '../../local/states/engine.ts';
import { memoryStore } from '../../local/states/store-memory.ts';
import { world } from '../../local/world.ts';
import { industrialGoods } from '../walkthroughs/industrial-goods.ts';
import { moscow } from '../walkthroughs/scenario.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { type Figure, figure, interleaved, rounds } from './figure.ts';

const run = promisify(execFile);

/** Seconds that the demo says of itself. */
const demo = async (said: RegExp, ...given: string[]): Promise<number> => {
  const file = join(import.meta.dirname, '..', 'demo.ts');
  const { stdout } = await run(process.execPath, [file, ...given], { maxBuffer: 1e8 });
  const seconds = said.exec(stdout)?.[1];
  if (seconds === undefined || !stdout.includes('Every line holds'))
    throw new Error(`the demo did not hold:\n${stdout.slice(-2000)}`);
  return Number(seconds);
};
/** Of one walk-through, which begins to count when all is started. */
const walk = () => demo(/virtual weeks in ([\d.]+) s/, 'industrial/goods', '--dynamodb');
/** Of all of them, with all that they need. */
const walkAll = () => demo(/walk-throughs hold, in ([\d.]+) s/);

const runs = 3000;
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
  (globalThis as { gc?: () => void }).gc?.();
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

/** Seconds of the same walk-through with the same functions and machines, without a single server. */
const walkInProcess = async (): Promise<number> => {
  const company = await world({ at: '2026-02-02 09:00' });
  const driver = worldDriver(company);
  const since = performance.now();
  for (const { at, play } of industrialGoods(driver)) {
    await driver.advanceTo(moscow(at));
    await play();
  }
  const took = (performance.now() - since) / 1000;
  await company.stop();
  return took;
};

export const benchSkipping = async (): Promise<Figure[]> => {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) seconds.push(await walk());
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await walkAll());
  const inProcess: number[] = [];
  for (let round = 0; round < rounds; round += 1) inProcess.push(await walkInProcess());
  await skip(365 * dayMs);
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
      'all walk-throughs of all companies',
      all,
      's',
      'at most 20',
      'the table in this process, every other part real',
    ),
    figure('9.1 on the table in this process, no servers', inProcess, 's', 'report'),
    figure(
      'a virtual year / a virtual day, same events',
      pairs.map(({ ours, theirs }) => ours / theirs),
      'x',
      'at most 1.1',
      `${runs * waitsOfRun} waits each`,
    ),
  ];
};
